"""Mailed links メールのリンク: where people see by which providers they sign in."""

from todoke.notices.link_purpose import StandingAddress

IDENTITIES = StandingAddress(
    page="portal:identities",
    title="サインインの方法を加えた・外したお知らせ",
    reason="身に覚えのないときに、方法を確かめて外す入口",
    may="何も開かない。ログインを求め、その人の方法だけを見せる",
)
