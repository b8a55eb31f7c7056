"""Mailed links of the systems (送ったリンク): pages that stay."""

from todoke.notices.link_purpose import StandingAddress

INCIDENT = StandingAddress(
    page="board:incident",
    title="障害のお知らせ(職員あて)",
    reason="復旧の後も経過を見るときに使う",
    may="何も開かない。職員のログインと権限を求める",
)
CHANGES = StandingAddress(
    page="board:changes",
    title="停止・変更のお知らせ(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインと権限を求める",
)
MY_DEVICES = StandingAddress(
    page="office:my-devices",
    title="借りた機器の返却のお知らせ(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインを求め、その人が借りている機器だけを見せる",
)
AUTOMATION = StandingAddress(
    page="board:automation",
    title="自動化が止まった・動かなかったお知らせ(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインと権限を求める",
)
SUBSCRIPTION = StandingAddress(
    page="board:subscription",
    title="利用契約で決めることのお知らせ(職員あて)",
    reason="職員の仕事の入口",
    may="何も開かない。職員のログインと権限を求める",
)
