"""Mailed links of the meetings (送ったリンク): pages that stay."""

from todoke.notices.link_purpose import StandingAddress

COMMITMENT = StandingAddress(
    page="board:commitment",
    title="宿題のお知らせ(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインと権限を求める",
)
