"""Mailed links of admissions (送ったリンク): the page of a family, for whoever is signed in as that family."""

from todoke.notices.link_purpose import StandingAddress

FAMILY = StandingAddress(
    page="portal:admission",
    title="利用調整の結果のお知らせ",
    reason="家庭が結果と理由を読む入口",
    may="何も開かない。申し込んだ家庭のログインを求める",
)
