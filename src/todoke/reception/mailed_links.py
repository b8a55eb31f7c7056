"""Mailed links of the reception (送ったリンク): the page of a booking, of a draw, and one's own bookings."""

from todoke.notices.link_purpose import StandingAddress

BOOKING = StandingAddress(
    page="portal:booking",
    title="予約のページ",
    reason="予約した人が、確かめ、変え、取り消す入口。256ビットの乱数で、予約ごとに違う",
    may="その予約だけを見て、確定、変更、取消をする。ほかの予約も、ほかの人のことも開かない",
)
LOTTERY = StandingAddress(
    page="portal:lottery",
    title="抽選の結果のお知らせ",
    reason="公開のページ",
    may="だれでも読める抽選のページが開くだけ",
)
CHECK = StandingAddress(
    page="portal:booking-check",
    title="使用承認書の二次元コード",
    reason="入口で、承認書がいまも有効かを確かめる",
    may="有効かどうか、施設、日時だけを見せる。名前は出ない",
)
MINE = StandingAddress(
    page="portal:my-bookings",
    title="空きの案内",
    reason="登録した団体が自分の予約を見る入口",
    may="何も開かない。ログインを求め、その人の予約と空き待ちだけを見せる",
)
ENROLMENT = StandingAddress(
    page="portal:enrolment",
    title="講座の申込みのページ",
    reason="申し込んだ人が、確定し、席か補欠の順を確かめ、辞退する入口。256ビットの乱数で、申込みごとに違う",
    may="その申込みだけを見て、確定し、受講料を納め、辞退する。ほかの申込みも、ほかの人のことも開かない",
)
