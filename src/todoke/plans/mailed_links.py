"""Mailed links メールのリンク: where a section reports its paper of the month."""

from todoke.notices.link_purpose import StandingAddress

PAPER_REPORT = StandingAddress(
    page="board:paper-report",
    title="紙の使用量のお知らせ",
    reason="職員の仕事の入口。毎月、まだ報告のない課に知らせる",
    may="何も開かない。ログインと二要素認証を求め、その人の課の報告だけを書ける",
)
