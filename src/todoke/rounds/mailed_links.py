"""Mailed links of the rounds (送ったリンク): pages that stay."""

from todoke.notices.link_purpose import StandingAddress

ROUND_SHEET = StandingAddress(
    page="office:round-sheet",
    title="棚卸の催促(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインと権限を求める",
)
