"""Mailed links of the points (送ったリンク): a person's own points."""

from todoke.notices.link_purpose import StandingAddress

POINTS = StandingAddress(
    page="portal:points",
    title="ポイントの期限のお知らせ",
    reason="期限の前に、残りを確かめて使う入口",
    may="何も開かない。ログインを求め、その人のポイントだけを見せる",
)
