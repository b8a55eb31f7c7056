"""Words for a time become dates as the office means them."""

from datetime import date

import pytest

from todoke.meetings.minutes.due import find_due

JUNE = date(2021, 6, 4)
CASES = [
    ("今月末までに提出します。", "今月末まで", date(2021, 6, 30)),
    ("年度内に終える予定です。", "年度内", date(2022, 3, 31)),
    ("年度末までに報告します。", "年度末まで", date(2022, 3, 31)),
    ("来年度の早い時期に検討します。", "来年度", date(2023, 3, 31)),
    ("来年度から実施します。", "来年度から", date(2022, 4, 1)),
    ("９月中に公表します。", "９月中", date(2021, 9, 30)),
    ("2月に募集します。", "2月", date(2022, 2, 28)),
    ("令和４年１月１５日までに提出します。", "令和４年１月１５日まで", date(2022, 1, 15)),
    ("10月上旬に開催します。", "10月上旬", date(2021, 10, 10)),
    ("来週金曜日に送ります。", "来週金曜日", date(2021, 6, 11)),
    ("2週間以内に回答します。", "2週間以内", date(2021, 6, 18)),
    ("年内に策定します。", "年内", date(2021, 12, 31)),
    ("今年度第3四半期に着手します。", "今年度第3四半期", date(2021, 12, 31)),
    ("来月中に配付します。", "来月中", date(2021, 7, 31)),
    ("次回ご報告いたします。", "次回", None),
    ("後日お示しします。", "後日", None),
    ("準備が整い次第、公開します。", "準備が整い次第", None),
    ("検討してまいります。", "", None),
    ("9999年度末までに実施します。", "9999年度末まで", None),
    ("0000年度から実施します。", "", None),
]


@pytest.mark.parametrize(("sentence", "text", "on"), CASES)
def test_due_words_mean_the_date_that_the_office_means(sentence: str, text: str, on: date | None) -> None:
    due = find_due(sentence, JUNE)
    assert (due.text, due.on) == (text, on)


def test_the_next_meeting_is_a_date_once_it_is_known() -> None:
    assert find_due("次回ご報告いたします。", JUNE, date(2021, 9, 3)).on == date(2021, 9, 3)
