"""Mailed links of the integrations (送ったリンク): pages that stay."""

from todoke.notices.link_purpose import StandingAddress

PARTNER = StandingAddress(
    page="office:partner",
    title="連携先への知らせが止まったお知らせ(職員あて)",
    reason="知らせをまた送りはじめる入口",
    may="何も開かない。職員のログインと権限を求める",
)
