"""A table is read, explored and named; of people never fewer than five are shown, nor what would reveal them."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import cast
from tests.cast import tables
from todoke.accounts.actors import System
from todoke.insights.models import Dashboard, DataTable, RateRecord, SavedChart
from todoke.insights.models.data_table import erase_expired
from todoke.insights.tables.chart_question import ChartQuestion
from todoke.insights.tables.table_import import import_table
from todoke.runtime.refusals import Closed, NotAllowed, Refused, Unreadable

pytestmark = pytest.mark.django_db
AGES = {"title": "利用者", "is_of_people": True, "person_column": "利用者番号"}


def test_columns_get_their_kinds_from_their_values() -> None:
    found = import_table(tables.visits())
    assert {each.name: each.kind for each in found.columns} == {
        "来庁日": "day", "窓口": "text", "待ち時間(分)": "number", "人数": "number", "電子申請": "number",
    }  # fmt: skip
    assert found.rows == 30


def test_numbers_with_signs_days_of_an_era_and_codes_are_told_apart() -> None:
    content = 'コード,金額,届出日,割合\n001,"1,200",令和7年4月1日,12.5%\n002,△30,令和7年5月2日,8%\n'.encode("cp932")
    kinds = {each.name: each.kind for each in import_table(content).columns}
    assert kinds == {"コード": "text", "金額": "number", "届出日": "day", "割合": "number"}


def test_a_month_without_rows_is_a_gap_and_not_zero() -> None:
    table = tables.upload(cast.clerk())
    found = table.explore(tables.asked(table, by="来庁日", drawing="lines"))
    assert found.points == ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09"]
    assert found.series == [("", [6, 6, 6, 6, None, 6])]
    assert "値のない時点が1" in found.sentence(over_time=True)


def test_means_medians_and_rates_are_of_the_named_columns() -> None:
    table = tables.upload(cast.clerk())
    mean = table.explore(tables.asked(table, by="窓口", figure="mean", of="待ち時間(分)"))
    assert dict(mean.bar_rows) == {"1番": 17.0, "2番": 18.0}
    rate = table.explore(tables.asked(table, by="窓口", figure="rate", of="電子申請", over="人数"))
    assert dict(rate.bar_rows) == {"1番": 60.0, "2番": 60.0}
    assert rate.unit == "%"


def test_an_empty_denominator_gives_a_gap_and_not_zero() -> None:
    table = tables.upload(cast.clerk(), "課,件数,全体\nA,3,0\nB,1,4\n".encode())
    found = table.explore(tables.asked(table, by="課", figure="rate", of="件数", over="全体"))
    assert dict(found.bar_rows) == {"B": 25.0, "A": None}


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"by": "ない列"}, "ありません"), ({}, "何ごとに見るか"), ({"by": "窓口", "figure": "sum"}, "数の項目を選んで"),
        ({"by": "窓口", "figure": "rate", "of": "人数"}, "分母"),
        ({"by": "窓口", "figure": "mean", "of": "窓口"}, "数の項目から"),
        ({"by": "窓口", "figure": "none"}, "もう一度選んで"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_says_what_to_choose(given: dict[str, str], said: str) -> None:
    table = tables.upload(cast.clerk())
    with pytest.raises(Unreadable, match=said):
        tables.asked(table, **given)


def test_small_groups_of_people_are_hidden_with_what_gives_them_away() -> None:
    table = tables.upload(cast.clerk(), tables.people(), **AGES)
    found = table.explore(tables.asked(table, by="年代", also="住所", drawing="table"))
    shown = {
        (point, name): cell for point, cells in found.lines for (name, _), cell in zip(found.series, cells, strict=True)
    }
    assert len(found.hidden) == 4
    assert shown["30歳未満", "区外"] == "x"
    assert shown["60歳以上", "区内"] == "29件"


def test_a_group_of_fewer_than_five_people_is_put_together_with_the_next() -> None:
    rows = "年代,方法\n" + "20代,電話\n" * 3 + "30代,電話\n" * 6 + "40代,窓口\n" * 20 + "40代,電話\n" * 20
    table = tables.upload(cast.clerk(), rows.encode(), is_of_people=True)
    found = table.explore(tables.asked(table, by="年代", also="方法", drawing="table"))
    assert found.points == ["40代", "そのほか(人数の少ない区分)"]
    assert "20代" not in str(found.lines)


def test_a_filter_that_leaves_fewer_than_five_people_is_refused() -> None:
    table = tables.upload(cast.clerk(), tables.people(), **AGES)
    few = {"column1": "年代", "value1": "30歳未満", "column2": "住所", "value2": "区外"}
    with pytest.raises(Refused, match="5人未満"):
        table.explore(tables.asked(table, by="住所", **few))


def test_a_filter_that_leaves_out_fewer_than_five_people_is_refused() -> None:
    rows = "年代,区分\n" + "30代,申請\n" * 40 + "40代,取下げ\n" * 3
    table = tables.upload(cast.clerk(), rows.encode(), is_of_people=True)
    with pytest.raises(Refused, match="5人未満"):
        table.explore(tables.asked(table, by="年代", column1="区分", value1="申請"))


def test_one_person_with_many_rows_is_one_person() -> None:
    rows = "番号,種類\n" + "A1,相談\n" * 12 + "".join(f"B{n},申請\n" for n in range(12))
    table = tables.upload(cast.clerk(), rows.encode(), is_of_people=True, person_column="番号")
    found = table.explore(tables.asked(table, by="種類"))
    assert [cells for _, cells in found.lines] == [["x"], ["x"]]


def test_the_key_of_a_person_is_no_grouping() -> None:
    table = tables.upload(cast.clerk(), tables.people(), **AGES)
    with pytest.raises(Unreadable, match="個人を表す番号"):
        tables.asked(table, by="利用者番号")


@pytest.mark.parametrize("word", SavedChart.WORDS)
def test_no_word_of_a_chart_can_be_left_off(word: str) -> None:
    by = cast.clerk()
    table = tables.upload(by)
    question = tables.asked(table, by="窓口")
    with pytest.raises(Refused, match="省けません"):
        SavedChart.name_it(table, question, by=by, **(tables.WORDS | {word: " "}))
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedChart.objects.create(table=table, question=question.plain(), **(tables.WORDS | {word: ""}))


def test_a_question_is_kept_as_it_was_asked() -> None:
    table = tables.upload(cast.clerk())
    question = tables.asked(
        table, by="来庁日", also="窓口", figure="mean", of="待ち時間(分)", column1="窓口", value1="1番"
    )
    assert ChartQuestion.stored(question.plain()) == question


def test_another_section_sees_a_chart_only_where_it_is_shared() -> None:
    by, other = cast.clerk(), cast.staff("他課", "other@example.lg.jp", section=cast.department("税務課", "2010"))
    table = tables.upload(by)
    chart = SavedChart.name_it(table, tables.asked(table, by="窓口"), by=by, **tables.WORDS)
    assert not DataTable.objects.visible_to(other).exists()
    assert not SavedChart.objects.visible_to(other).exists()
    board = Dashboard.begin(title="待ち時間", department=cast.present(table.department), audience="all", by=by)
    board.add(chart, by=by)
    assert SavedChart.objects.visible_to(other).get() == chart
    with pytest.raises(NotAllowed):
        table.require_taking(by=other)


def test_the_office_series_can_be_drawn_by_everybody_on_the_staff() -> None:
    RateRecord.objects.create(key="possible", on=date(2026, 5, 31), numerator=3, denominator=4)
    by, table = cast.clerk(), DataTable.at("rates")
    found = table.explore(tables.asked(table, by="月", figure="mean", of="割合", drawing="lines"))
    assert (found.points, found.series) == (["2026-05"], [("", [75.0])])
    chart = SavedChart.name_it(table, tables.asked(table, by="月", figure="mean", of="割合"), by=by, **tables.WORDS)
    assert chart.table.series == "rates"


def test_a_table_is_erased_on_its_day_and_its_chart_says_so() -> None:
    by = cast.clerk()
    table = tables.upload(by)
    chart = SavedChart.name_it(table, tables.asked(table, by="窓口"), by=by, **tables.WORDS)
    assert erase_expired(cast.present(table.expires_on), by=System()) == 0
    assert erase_expired(cast.present(table.expires_on) + timedelta(days=1), by=System()) == 1
    with pytest.raises(Closed, match="消しました"):
        SavedChart.objects.get(pk=chart.pk).show()
