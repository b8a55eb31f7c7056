"""Mailed links of the guidance (送ったリンク): pages that stay."""

from todoke.notices.link_purpose import StandingAddress

UNSUBSCRIBE = StandingAddress(
    page="portal:notices",
    title="一斉のお知らせの配信停止",
    reason="受け取りをやめる道は、いつまでも残す",
    may="何も開かない。ログインを求め、その人の受け取りの設定だけを、押して変える",
)
QUESTION = StandingAddress(
    page="portal:question",
    title="LINEで聞いた質問への返事",
    reason="聞いた人が答えの候補を読む入口。質問ごとに違う乱数",
    may="その質問の答えの候補を読み、役に立ったかを答える。ほかの質問も、人のことも開かない",
)
