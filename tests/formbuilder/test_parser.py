import json
from typing import Any

import pytest

from tests.cast.formbuilder import question, small
from todoke.formbuilder.document.parser import MAX_CHARACTERS, canonical_json, fingerprint, load_json, read_document
from todoke.formbuilder.document.schema_reader import InvalidDefinition


def deep(levels: int) -> dict[str, Any]:
    condition: dict[str, Any] = {"op": "answered", "question": "a"}
    for _ in range(levels):
        condition = {"op": "not", "of": [condition]}
    return condition


@pytest.mark.parametrize(
    ("document", "place"),
    [
        (small(question("__class__")), "questions[0].id"),
        (small(question("a", "regex")), "questions[0].kind"),
        (small(question("a", pattern="(a+)+$")), "questions[0].pattern"),
        (small(question("a", help="<script>alert(1)</script>")), "questions[0].help"),
        (small(question("a", help="改行\x00")), "questions[0].help"),
        (small(question("a"), question("a")), "a"),
        (small(question("a", "choice")), "questions[0].options"),
        (small(question("a", low=9, high=1)), "questions[0].low"),
        (small(question("a", low=True)), "questions[0].low"),
        (small(question("a", when={"op": "eval", "question": "a"})), "when.op"),
        (small(question("a", when={"op": "is", "question": "a.__class__", "value": "x"})), "when.question"),
        (small(question("a", when=deep(9))), "when.of[0]"),
        ({**small(), "schema": 2}, "schema"),
        ({**small(), "pages": []}, "pages"),
        ([], "定義の全体"),
        (small(*[question(f"q{index}") for index in range(61)]), "questions"),
    ],
)
def test_a_hostile_definition_is_refused_with_its_place(document: Any, place: str) -> None:
    with pytest.raises(InvalidDefinition) as caught:
        read_document(document)
    assert place in caught.value.place


@pytest.mark.parametrize(
    "text", ["", "{", '{"a": 1, "a": 2}', '{"a": NaN}', '{"a": 1.5}', "[" * 100_000, "x" * (MAX_CHARACTERS + 1)]
)
def test_text_that_is_no_definition_is_refused(text: str) -> None:
    with pytest.raises(InvalidDefinition):
        load_json(text)


def test_the_canonical_form_does_not_depend_on_the_order_of_keys() -> None:
    turned = json.loads(canonical_json(small()))
    assert fingerprint(dict(reversed(turned.items()))) == fingerprint(small())
