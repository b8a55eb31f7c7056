"""Mailed links of the voices (送ったリンク): whether somebody follows a call, and public pages that stay."""

from datetime import datetime

from django.apps import apps

from todoke.notices.link_purpose import Ending, LinkPurpose, StandingAddress


def _ending_of_following(pk: int, issued_at: datetime) -> Ending | None:
    followers = apps.get_model("voices", "ConsultationFollower").objects
    return None if followers.filter(pk=pk).exists() else Ending.WITHDRAWN


FOLLOW = LinkPurpose(
    code="follow",
    title="意見募集の知らせの受取",
    page="portal:consultation-following",
    reader="知らせを受け取りたい人が画面で入力したアドレス",
    span="確かめるリンクは3日、知らせに付くリンクは1年",
    ends="受取をやめたとき、募集が終わって30日たったとき、または期限",
    may="その意見募集の知らせ(延長と結果)を、押して受け取る。または、押してやめる",
    ending=_ending_of_following,
)
CONSULTATION = StandingAddress(
    page="portal:consultation",
    title="意見の受付、意見募集の延長と結果のお知らせ",
    reason="意見を出した人や知らせを受け取る人が、案と結果を読む入口",
    may="公開のページを読む。何も変えない",
)
PROPOSAL = StandingAddress(
    page="office:my-proposal",
    title="職員提案の封を開いたお知らせ(職員あて)",
    reason="提案した職員がその後を見る入口",
    may="職員のログインを求める。開くと提案を読み、紹介の前なら取り下げられる",
)
BURST = StandingAddress(
    page="office:consultation",
    title="意見の集中のお知らせ(職員あて)",
    reason="担当部署の職員が受付を確かめる入口",
    may="何も開かない。職員のログインと権限を求める",
)
