"""Days that cannot be true are not taken: by the kind of day, by another day, and read back in words."""

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from tests.cast.formbuilder import question, small
from todoke.formbuilder.answers.inputs import date_parts, form_field, join_date, read_back
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.schema_reader import InvalidDefinition
from todoke.formbuilder.document.structure import DayKind
from todoke.formbuilder.publication.publish_checks import publish_defects
from todoke.japanese import days

ON = date(2026, 11, 29)


def told(answers: dict[str, str], *questions: dict[str, Any]) -> list[tuple[str, bool]]:
    """What is said of the answers, and whether it only asks."""
    journey = Journey(read_document(small(*questions)), {AnswerKey(key): text for key, text in answers.items()}, ON)
    return [(problem.message, problem.warning) for problem in journey.problems()]


def day(kind: str = "", text: str = "", **more: Any) -> list[tuple[str, bool]]:
    return told({"a": text}, question("a", "date", **({"day": kind} if kind else {}), **more))


@pytest.mark.parametrize("text", ["令和8年11月30日", "令和50年1月1日", "2027年1月1日"])
def test_nobody_is_born_in_the_future(text: str) -> None:
    ((message, warning),) = day("birth", text)
    assert message.startswith("生まれた日が、まだ来ていない日です(")
    assert not warning


@pytest.mark.parametrize("text", ["明治6年1月1日", "1906年11月28日"])
def test_nobody_is_older_than_120(text: str) -> None:
    ((message, warning),) = day("birth", text)
    assert message.startswith("120年より前の日です")
    assert not warning


def test_the_oldest_and_the_youngest_may_be_born() -> None:
    assert day("birth", "明治39年11月29日") == []
    assert day("birth", "令和8年11月29日") == []


def test_a_label_that_asks_for_a_birth_needs_no_declaration() -> None:
    document = read_document(small(question("a", "date", label="犬の生年月日")))
    assert document.question("a").day is DayKind.BIRTH
    assert day("", "令和20年1月1日", label="犬の生年月日")
    assert day("any", "明治10年1月1日", label="先祖の生年月日") == []


def test_what_happened_is_not_to_come() -> None:
    assert day("past", "令和8年11月29日") == []
    assert day("past", "令和20年1月1日") == [
        ("まだ来ていない日です(2038年1月1日(金))。実際にあった日を入力してください。", False)
    ]


def test_what_is_to_come_has_not_passed_but_a_paper_may_be_entered_late() -> None:
    assert day("future", "令和8年11月29日") == []
    assert day("future", "令和5年4月1日") == [
        ("もう過ぎた日です(2023年4月1日(土))。年と月日を確かめてください。", False)
    ]
    ((_, warning),) = day("future", "令和8年11月20日")
    assert warning
    assert day("future", "令和50年1月1日")[0][1] is False


def test_a_day_far_ahead_is_asked_about() -> None:
    ((message, warning),) = day("", "令和50年1月1日")
    assert message.startswith("ずっと先の日です(2068年1月1日(日))")
    assert warning


def test_a_dog_is_not_kept_before_it_was_born() -> None:
    questions = (
        question("born", "date", label="犬の生年月日"),
        question("kept", "date", day="past", not_before="born"),
    )
    assert told({"born": "令和8年1月5日", "kept": "令和8年1月5日"}, *questions) == []
    assert told({"born": "令和8年1月5日", "kept": "令和8年1月4日"}, *questions) == [
        (
            "「犬の生年月日」の日(2026年1月5日(月))より前の日です(2026年1月4日(日))。どちらの日も確かめてください。",
            False,
        )
    ]
    assert told({"born": "きのう", "kept": "令和8年1月4日"}, *questions)[0][0].startswith("実在する日付")


def test_four_digits_under_an_era_are_a_western_year() -> None:
    parts = {"era": "令和", "year": "2026", "month": "11", "day": "20"}
    assert join_date(parts) == "2026年11月20日"
    assert date_parts("2026年11月20日") == {**parts, "era": "西暦"}
    assert join_date({**parts, "year": "8"}) == "令和8年11月20日"


def test_a_year_without_an_era_asks_for_one() -> None:
    text = join_date({"era": "", "year": "45", "month": "3", "day": "1"})
    assert day("birth", text) == [("元号(令和・平成・昭和など)を選ぶか、西暦を4桁で入力してください。", False)]
    assert date_parts(text)["era"] == ""
    western = join_date({"era": "西暦", "year": "26", "month": "3", "day": "1"})
    assert day("", western)[0][0].startswith("実在する日付")
    assert date_parts(western)["era"] == "西暦"


def test_a_day_is_read_back_in_words() -> None:
    assert read_back("令和8年11月20日") == "2026年11月20日(金)ですね。"
    assert read_back("令和8年2月30日") == ""
    with translation.override("en"):
        assert read_back("2026年11月20日") == "That is Friday 20 November 2026."


def test_no_era_is_chosen_for_a_birth_and_the_western_year_first_in_english() -> None:
    document = read_document(small(question("a", "date", label="生年月日"), question("b", "date")))
    first = {key: str(form_field(document.question(key), None).widget.render(key, None)) for key in ("a", "b")}
    assert first["a"].index('value=""') < first["a"].index("令和")
    assert 'value=""' not in first["b"].partition("</select>")[0]
    with translation.override("en"):
        html = str(form_field(document.question("a"), None).widget.render("a", None))
    assert html.index("Western year") < html.index("Reiwa (from 2019)")


def test_the_kind_of_a_day_stands_on_a_date_only_and_the_other_day_exists() -> None:
    with pytest.raises(InvalidDefinition):
        read_document(small(question("a", "number", day="past")))
    document = read_document(small(question("a", "date", not_before="gone")))
    assert "この日より前" in str(publish_defects(document, ON)[0])


@pytest.mark.parametrize(
    "written", ["㋿8年4月1日", "R8年4月1日", "令和8年4月1日(水)", "R8.4.1", "２０２６年４月１日", "20260401"]
)
def test_a_day_shown_in_its_boxes_is_the_day_that_was_written(written: str) -> None:
    parts = date_parts(written)
    assert parts["era"] in {"令和", "西暦"}
    assert days.parse_date(join_date(parts)) == date(2026, 4, 1)
