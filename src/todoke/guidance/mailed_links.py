"""Mailed links of the guidance (送ったリンク): pages that stay."""

from todoke.notices.link_purpose import StandingAddress

UNSUBSCRIBE = StandingAddress(
    page="portal:notices",
    title="一斉のお知らせの配信停止",
    reason="受け取りをやめる道は、いつまでも残す",
    may="何も開かない。ログインを求め、その人の受け取りの設定だけを、押して変える",
)
