"""A letter quotes answers by the labels of questions; what no case can fill in is refused."""

import pytest

from tests.cast.cases import DOCUMENT
from todoke.formbuilder.document.parser import read_document
from todoke.offers.letter_places import answer_labels, filled, unknown_places, with_codes, with_labels

FORM = read_document(DOCUMENT)


def test_what_a_designer_writes_by_label_is_stored_by_code_and_shown_by_label_again() -> None:
    written = "{受付日}に申請のあった{氏名}様の{通数}通"
    assert with_codes(written, FORM) == "{received}に申請のあった{name}様の{copies}通"
    assert with_labels(with_codes(written, FORM), FORM) == written


def test_full_width_braces_are_places_too() -> None:
    assert with_codes("｛氏名｝様", FORM) == "{name}様"


@pytest.mark.parametrize("text", ["{sinsei}に申請", "{申請日}", "{received", "received}", "{}"])
def test_what_no_case_fills_in_is_found(text: str) -> None:
    assert unknown_places(with_codes(text, FORM), FORM)


def test_papers_and_consent_cannot_be_quoted() -> None:
    page = {"id": "p", "title": "書類", "groups": [{"id": "g", "title": "", "questions": [
        {"id": "paper", "kind": "file", "label": "就労証明書"}, {"id": "yes", "kind": "declaration", "label": "同意"},
        {"id": "club", "kind": "short_text", "label": "クラブ"},
    ]}]}  # fmt: skip
    assert answer_labels(read_document({"schema": 1, "title": "x", "pages": [page]})) == {"club": "クラブ"}


def test_questions_with_the_same_label_say_where_they_stand() -> None:
    def group(name: str, noun: str = "") -> dict[str, object]:
        repeat = {"repeat": {"noun": noun}} if noun else {}
        return {
            "id": name,
            "title": "保護者",
            "questions": [{"id": f"{name}_n", "kind": "name", "label": "氏名"}],
            **repeat,
        }

    page = {"id": "p", "title": "人", "groups": [group("parent"), group("child", "お子さん")]}
    labels = answer_labels(read_document({"schema": 1, "title": "x", "pages": [page]}))
    assert labels == {"parent_n": "保護者の氏名", "child_n": "お子さんの氏名"}


def test_a_value_that_looks_like_a_place_is_not_filled_in_again() -> None:
    assert filled("{name}と{club}", {"name": "{club}", "club": "青空"}) == "{club}と青空"
