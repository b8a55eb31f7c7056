"""Mailed links of the voices (送ったリンク): public pages that stay."""

from todoke.notices.link_purpose import StandingAddress

CONSULTATION = StandingAddress(
    page="portal:consultation",
    title="意見募集の結果のお知らせ",
    reason="意見を出した人が結果を読む入口",
    may="公開のページを読む。何も変えない",
)
