"""Mailed links of the offers (送ったリンク): pages that stay."""

from todoke.notices.link_purpose import StandingAddress

PUBLICATION = StandingAddress(
    page="studio:publication",
    title="公開の確認(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインと権限を求める",
)

RELEASE_DRAFT = StandingAddress(
    page="studio:offer",
    title="オンライン受付の条件の確認(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインと権限を求める",
)
