"""A document finds its parts by their ids, and says conditions and formulas in the words of its labels."""

import pytest

from todoke.formbuilder.document.conditions import Condition
from todoke.formbuilder.document.formulas import Formula
from todoke.formbuilder.document.structure import (
    Document,
    FormPage,
    Group,
    Option,
    Question,
    QuestionKind,
    Repeat,
    Required,
)

WAY = Question("way", QuestionKind.CHOICE, "受け取り方", options=(Option("post", "郵送"), Option("counter", "窓口")))
COPIES = Question("copies", QuestionKind.NUMBER, "通数")
NOTE = Question("note", QuestionKind.SHORT_TEXT, "確認欄", required=Required.STAFF)
CHILDREN = Group("children", "お子さん", (Question("birth", QuestionKind.DATE, "生年月日"),), repeat=Repeat("子"))
DOCUMENT = Document(
    "交付申請",
    (
        FormPage("p1", "一", (Group("g1", "申請の内容", (WAY, COPIES)),)),
        FormPage("p2", "二", (CHILDREN,)),
        FormPage("p3", "三", (Group("g3", "", (NOTE,)),)),
    ),
)


def test_parts_are_found_by_their_ids() -> None:
    assert DOCUMENT.question("copies") is COPIES
    assert DOCUMENT.page("p2").title == "二"
    assert DOCUMENT.group("children") is CHILDREN
    assert list(DOCUMENT.by_id) == ["way", "copies", "birth", "note"]
    for find in (DOCUMENT.question, DOCUMENT.page, DOCUMENT.group):
        with pytest.raises(KeyError):
            find("gone")


def test_a_page_that_only_staff_fill_in_is_not_for_applicants() -> None:
    assert [page.id for page in DOCUMENT.pages_for_applicants()] == ["p1", "p2"]


def test_a_document_knows_whether_it_asks_for_files() -> None:
    assert not DOCUMENT.asks_for_files
    asks = Question("photo", QuestionKind.FILE, "写真")
    assert Document("", (FormPage("p", "", (Group("g", "", (COPIES, asks)),)),)).asks_for_files


def test_a_stored_value_is_shown_by_its_label() -> None:
    assert WAY.option_label("post") == "郵送"
    assert WAY.option_label("gone") == "gone"
    assert WAY.option_values() == ("post", "counter")


@pytest.mark.parametrize(
    ("kind", "values"), [(QuestionKind.YES_NO, ("yes", "no")), (QuestionKind.DECLARATION, ("yes",))]
)
def test_yes_and_no_need_no_options_of_their_own(kind: QuestionKind, values: tuple[str, ...]) -> None:
    question = Question("agree", kind, "同意")
    assert question.option_values() == values
    assert [question.option_label(value) for value in ("yes", "no", "x")] == ["はい", "いいえ", "x"]


def test_a_condition_is_said_in_labels_and_names_what_is_gone() -> None:
    assert DOCUMENT.condition_sentence(Condition("is", "way", "post")) == "「受け取り方」が「郵送」であるとき"
    gone = DOCUMENT.condition_sentence(Condition("is", "gone", "x"))
    assert gone == "「(なくなった設問 gone)」が「x」であるとき"


@pytest.mark.parametrize(
    ("formula", "sentence"),
    [
        (Formula("answer", question="copies"), "「通数」"),
        (Formula("rows", group="children"), "「子」の数"),
        (Formula("rows", group="g1"), "「申請の内容」の数"),
        (Formula("rows", group="gone"), "「(なくなったまとまり gone)」の数"),
    ],
)
def test_a_formula_is_said_in_labels_and_nouns(formula: Formula, sentence: str) -> None:
    assert DOCUMENT.formula_sentence(formula) == sentence
