"""All versions of a form share one table: a question keeps its column by its id, under its newest label."""

from datetime import date
from typing import Any

from tests.cast.formbuilder import question, small
from todoke.formbuilder.answer_table.answer_cells import cell_of, joined_cell, reader_of
from todoke.formbuilder.answer_table.answer_columns import AnswerTableColumns, columns_of
from todoke.formbuilder.document.parser import read_document


def columns(*versions: dict[str, Any]) -> AnswerTableColumns:
    return columns_of([read_document(version) for version in versions])


def options(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "label": label} for value, label in pairs]


def test_labels_are_the_newest_and_what_only_older_versions_asked_is_marked_and_last() -> None:
    newest = small({**question("phone"), "label": "電話"}, question("note"))
    oldest = small(question("fax"), {**question("phone"), "label": "電話番号"})
    assert [column.heading for column in columns(newest, oldest).single] == ["電話", "設問note", "(旧版)設問fax"]


def test_a_name_has_a_column_for_each_part_and_information_has_none() -> None:
    found = columns(small(question("name", "name", label="氏名"), question("lead", "information")))
    assert [column.heading for column in found.single] == [
        "氏名 氏",
        "氏名 名",
        "氏名 氏(フリガナ)",
        "氏名 名(フリガナ)",
    ]
    assert found.questions() == {"name": "氏名"}


def test_a_my_number_never_has_a_column() -> None:
    definition = small(question("name", "name"), question("number", "my_number"))
    definition["my_number_basis"] = "番号法別表"
    assert "number" not in columns(definition).questions()


def test_an_option_of_an_older_version_keeps_its_label_and_a_newer_label_wins() -> None:
    newest = small(question("plan", "choice", options=options(("a", "平日だけ"), ("b", "毎日"))))
    oldest = small(question("plan", "choice", options=options(("a", "平日"), ("c", "土曜だけ"))))
    (plan,) = columns(newest, oldest).single
    assert [cell_of(plan, [("", value, value)]) for value in ("a", "c", "gone")] == ["平日だけ", "土曜だけ", "gone"]


def test_cells_are_numbers_days_and_texts_as_typed() -> None:
    yen, born, phone = columns(
        small(question("yen", "money"), question("born", "date"), question("phone", "phone"))
    ).single
    assert cell_of(yen, [("", "３，０００円", "3000")]) == 3000
    assert cell_of(yen, [("", "9" * 16, "9" * 16)]) == "9" * 16
    assert cell_of(born, [("", "平成2年5月3日", "1990-05-03")]) == date(1990, 5, 3)
    assert cell_of(born, [("", "不明", "")]) == "不明"
    assert cell_of(phone, [("", "０９０ー１２３４", "0901234")]) == "０９０ー１２３４"
    assert cell_of(phone, []) is None


def test_a_repeated_group_is_apart_or_in_one_cell_line_by_line() -> None:
    definition = small(question("name", "name"))
    definition["pages"][0]["groups"].append(
        {"id": "kids", "title": "", "repeat": {"noun": "お子さん"}, "questions": [question("kid")]}
    )
    (group,) = columns(definition).groups
    answers = {("kid", 1): [("", "太郎", "太郎")], ("kid", 4): [("", "花子", "花子")]}
    joined = joined_cell("kid", reader_of(group.columns[0]), answers, [1, 4])
    assert (group.title, joined) == ("お子さん", "1: 太郎\n2: 花子")


def test_chosen_columns_alone_remain() -> None:
    found = columns(small(question("a"), question("b")))
    assert [column.question for column in found.only(["b"]).single] == ["b"]
