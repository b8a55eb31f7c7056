import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cast.admissions import RULES
from todoke.admissions.points import plain_evaluator
from todoke.admissions.points.published_table import HONESTY, changes_between, how_counted, sections_of
from todoke.admissions.points.real_tables import table, table_names
from todoke.admissions.points.rule_reader import read_rules, spread
from todoke.formbuilder.document.schema_reader import InvalidDefinition

pytestmark = pytest.mark.sqlite


@pytest.mark.parametrize("name", table_names())
def test_every_table_reads_and_names_its_source(name: str) -> None:
    rules = read_rules(table(name))
    assert rules.source
    assert rules.notes
    assert sum(len(section.rows) for section in sections_of(rules)) >= len(list(rules.rows()))


def two_rows_of_one_name(rules: dict[str, Any]) -> None:
    rules["base"][0]["rows"][1]["id"] = "work_20"


def a_fact_nobody_knows(rules: dict[str, Any]) -> None:
    rules["base"][0]["rows"][0]["when"]["question"] = "work_weeks"


def a_bonus_on_a_fact_nobody_knows(rules: dict[str, Any]) -> None:
    rules["facility_rows"][0]["fact"] = "cousin_at"


def a_tie_that_compares_nothing(rules: dict[str, Any]) -> None:
    rules["ties"][0]["fact"] = ""


def a_tax_for_some_months_only(rules: dict[str, Any]) -> None:
    rules["ties"][0]["by_month"] = {"4": "income"}


def fixed_points_without_a_number(rules: dict[str, Any]) -> None:
    rules["single"] = "fixed"


def ranks_closer_than_the_adjustments(rules: dict[str, Any]) -> None:
    rules["ranks"], rules["step"] = ["A", "B"], 9
    for row in rules["base"][0]["rows"]:
        row.pop("points")
        row["rank"] = "A"


@pytest.mark.parametrize(
    ("fault", "place"),
    [
        (two_rows_of_one_name, "rows"),
        (a_fact_nobody_knows, "rows.work_20"),
        (a_bonus_on_a_fact_nobody_knows, "facility_rows.sibling"),
        (a_tie_that_compares_nothing, "ties.income"),
        (a_tax_for_some_months_only, "ties.income.by_month"),
        (fixed_points_without_a_number, "single_points"),
        (ranks_closer_than_the_adjustments, "step"),
    ],
)
def test_a_document_that_would_count_wrongly_is_refused_at_its_place(
    fault: Callable[[dict[str, Any]], None], place: str
) -> None:
    rules = copy.deepcopy(RULES)
    fault(rules)
    with pytest.raises(InvalidDefinition) as refused:
        read_rules(rules)
    assert refused.value.place == place


def test_the_widest_difference_of_adjustments_is_what_a_rank_must_exceed() -> None:
    assert spread(read_rules(RULES)) == 5 + 2 + 3


def test_the_published_table_says_each_condition_in_words() -> None:
    rows = sections_of(read_rules(RULES))[0].rows
    assert rows[0].when == "「1か月の就労日数」が20以上であるとき"
    assert rows[0].points == "20"


def test_a_changed_a_new_and_a_lost_row_are_said_in_words() -> None:
    after = copy.deepcopy(RULES)
    rows = after["base"][0]["rows"]
    rows[0]["points"] = 22
    rows[2] |= {"id": "work_10", "label": "月10日以上の就労"}
    after["combine"] = "lower"
    assert changes_between(read_rules(RULES), read_rules(after)) == [
        "新しい行: 月10日以上の就労(12点)",
        "なくなる行: 月12日以上の就労(12点)",
        "点数が変わる行: 月20日以上の就労(20点から22点)",
        "数え方が変わる: 保護者が二人のとき: 保護者のうち低い方",
    ]


def test_whoever_lets_the_wish_rank_decide_is_told_what_that_does() -> None:
    rules = RULES | {"ties": [{"id": "wish", "label": "希望順位", "uses_wish_rank": True}]}
    assert HONESTY in how_counted(read_rules(rules))


def test_the_second_program_shares_no_code_with_the_first() -> None:
    assert "todoke" not in Path(plain_evaluator.__file__).read_text().split('"""', 2)[2]
