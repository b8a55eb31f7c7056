"""Mailed links of the voices (送ったリンク): public pages that stay."""

from todoke.notices.link_purpose import StandingAddress

CONSULTATION = StandingAddress(
    page="portal:consultation",
    title="意見募集の結果のお知らせ",
    reason="意見を出した人が結果を読む入口",
    may="公開のページを読む。何も変えない",
)
PROPOSAL = StandingAddress(
    page="office:my-proposal",
    title="職員提案の封を開いたお知らせ(職員あて)",
    reason="提案した職員がその後を見る入口",
    may="職員のログインを求める。開くと提案を読み、紹介の前なら取り下げられる",
)
