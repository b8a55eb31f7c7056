"""Mailed links of the inventory (送ったリンク): pages that stay."""

from todoke.notices.link_purpose import StandingAddress

LISTING_REQUEST = StandingAddress(
    page="office:listing-request",
    title="手続の登録の依頼(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインと権限を求める",
)
