"""Columns of another service's table find their questions by their words, and their cells become answers."""

import pytest

from todoke.formbuilder.document.parser import read_document
from todoke.integrations.imports.column_targets import (
    NOT_TAKEN,
    NUMBER,
    RECEIVED_AT,
    ColumnTarget,
    UnfitCell,
    answers_of,
    guess_targets,
    targets_of,
)

QUESTIONS = [
    {"id": "name", "kind": "name", "label": "申請者の氏名"},
    {"id": "email", "kind": "email", "label": "メールアドレス", "required": "no"},
    {"id": "way", "kind": "choice", "label": "受取方法", "options": [
        {"value": "post", "label": "郵送"}, {"value": "counter", "label": "窓口"}]},
    {"id": "kinds", "kind": "choices", "label": "証明書の種類", "options": [
        {"value": "a", "label": "住民票"}, {"value": "b", "label": "戸籍"}]},
    {"id": "agree", "kind": "yes_no", "label": "代理ですか"},
    {"id": "number", "kind": "my_number", "label": "個人番号", "required": "no"},
    {"id": "paper", "kind": "file", "label": "本人確認書類", "required": "no"},
]  # fmt: skip
CHILDREN = {
    "id": "children", "title": "子ども", "repeat": {"noun": "子ども", "least": 0, "most": 5},
    "questions": [{"id": "child", "kind": "short_text", "label": "子どもの名前"}],
}  # fmt: skip
TARGETS = targets_of(
    read_document(
        {"schema": 1, "title": "請求", "pages": [{"id": "p", "title": "p", "groups": [
            {"id": "g", "title": "", "questions": QUESTIONS}, CHILDREN]}]}
    )
)  # fmt: skip


def target(name: str) -> ColumnTarget:
    return next(each for each in TARGETS if each.name == name)


def test_no_column_goes_to_an_individual_number_or_a_paper() -> None:
    assert not {each.name for each in TARGETS} & {"number", "paper"}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("回答番号", NUMBER), ("送信日時", RECEIVED_AT), ("申請者の氏名", "name__whole"),
        ("申請者の氏名_姓", "name__family"), ("申請者の氏名(フリガナ)", "name__whole_kana"),
        ("メール アドレス", "email"), ("受取方法", "way"), ("子どもの名前", "child-1"),
        ("更新者", NOT_TAKEN), ("ステータス", NOT_TAKEN),
    ],
)  # fmt: skip
def test_a_heading_is_guessed_by_its_words_or_left(heading: str, name: str) -> None:
    assert guess_targets([heading], TARGETS) == {heading: name}


def test_no_two_headings_are_guessed_to_go_to_one_place() -> None:
    found = guess_targets(["メールアドレス", "メールアドレス(確認)", "メール"], TARGETS)
    taken = [name for name in found.values() if name]
    assert len(taken) == len(set(taken))
    assert found["メールアドレス"] == "email"


@pytest.mark.parametrize(
    ("name", "cell", "typed"),
    [
        ("name__whole", " 山田 花子 ", {"name__family": "山田", "name__given": "花子"}),
        ("way", "窓口", {"way": "counter"}),
        ("kinds", "住民票,戸籍", {"kinds": ["a", "b"]}),
        ("kinds", "住民票\n戸籍", {"kinds": ["a", "b"]}),
        ("agree", "はい", {"agree": "yes"}),
        ("agree", "なし", {"agree": "no"}),
        ("email", "", {}),
    ],
)
def test_a_cell_becomes_what_a_person_would_type(name: str, cell: str, typed: dict[str, object]) -> None:
    assert target(name).typed(cell) == typed


@pytest.mark.parametrize(("name", "cell"), [("name__whole", "山田花子"), ("way", "持参"), ("agree", "たぶん")])
def test_a_cell_that_is_no_answer_is_said_by_its_heading(name: str, cell: str) -> None:
    with pytest.raises(UnfitCell):
        target(name).typed(cell)
    assert [heading for heading, _ in answers_of({"列": cell}, {"列": target(name)})[1]] == ["列"]
