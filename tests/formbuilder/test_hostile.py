"""Hostile definitions and answers: each is refused with the place named, and none makes the program slow."""

import json
from datetime import date
from time import process_time
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.cast import staff
from tests.cast.formbuilder import question, small
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.document.parser import load_json, read_document
from todoke.formbuilder.document.schema_reader import InvalidDefinition
from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.models import FormDraft
from todoke.formbuilder.publication import form_package
from todoke.formbuilder.publication.publish_checks import publish_defects
from todoke.organization.models import Post

DAY = date(2026, 11, 22)
HERE = "pages[0].groups[0].questions[0]"
ENDLESS = 30
"""Seconds of processor time: what is refused early or read once takes a hundredth, what grows with a power, minutes."""


def yes(name: str) -> dict[str, Any]:
    return {"op": "is", "question": name, "value": "yes"}


def answer(name: str) -> dict[str, Any]:
    return {"op": "answer", "question": name}


def nested(levels: int, op: str) -> dict[str, Any]:
    tree: dict[str, Any] = {"op": "number", "value": 1} if op == "add" else yes("a")
    for _ in range(levels):
        tree = {"op": op, "of": [tree, tree] if op == "add" else [tree]}
    return tree


READ = {
    "script in a label": (small(question("a", label="<script>alert(1)</script>")), f"{HERE}.label"),
    "script in an option": (
        small(question("a", "choice", options=[{"value": "x", "label": "<img onerror=x>"}])),
        f"{HERE}.options[0].label",
    ),
    "script in the title": ({**small(), "title": "javascript:alert(1)"}, "title"),
    "script in a translation": ({**small(), "translations": {"en": {"title": "<b>"}}}, "translations.en.title"),
    "__class__ as an id": (small(question("__class__")), f"{HERE}.id"),
    "__class__ as a key": (small(question("a", __class__="x")), f"{HERE}.__class__"),
    "__class__ in a condition": (small(question("a", when=yes("a.__class__.__mro__"))), f"{HERE}.when.question"),
    "__proto__ in a translation": (
        {**small(), "translations": {"en": {"__proto__": "x"}}},
        "translations.en.__proto__",
    ),
    "a pattern of one's own": (small(question("a", pattern="(a+)+$")), f"{HERE}.pattern"),
    "an unknown kind": (small(question("a", "regex")), f"{HERE}.kind"),
    "an unknown operator": (small(question("a", when={"op": "eval", "question": "a"})), f"{HERE}.when.op"),
    "code in a formula": (small(question("a", "calculated", formula={"op": "exec"})), f"{HERE}.formula.op"),
    "a condition too deep": (small(question("a", when=nested(9, "not"))), f"{HERE}.when" + ".of[0]" * 8),
    "a formula too deep": (
        small(question("a", "calculated", formula=nested(9, "add"))),
        f"{HERE}.formula" + ".of[0]" * 8,
    ),
    "a control character": (small(question("a", label="a\x00b")), f"{HERE}.label"),
    "a text too long": (small(question("a", label="長" * 301)), f"{HERE}.label"),
    "a number too large": (small(question("a", "number", low=10**13)), f"{HERE}.low"),
    "too many questions": (small(*[question(f"q{n}") for n in range(61)]), "pages[0].groups[0].questions"),
    "the same id twice": (small(question("a"), question("a")), "a"),
}


@pytest.mark.parametrize("name", READ)
def test_a_hostile_definition_is_refused_with_its_place(name: str) -> None:
    definition, place = READ[name]
    with pytest.raises(InvalidDefinition) as caught:
        read_document(definition)
    assert caught.value.place == place
    assert caught.value.problem


TEXTS = {
    "ten megabytes": ("x" * 10_000_000, "定義の全体"),
    "a hundred thousand brackets": ("[" * 100_000, "定義の全体"),
    "the same key twice": ('{"title": 1, "title": 2}', "title"),
    "not a number": ('{"a": NaN}', "定義の全体"),
    "half a file": ('{"schema": 1,\n "title"', "2行9文字目"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_refused_with_its_place(name: str) -> None:
    text, place = TEXTS[name]
    began = process_time()
    with pytest.raises(InvalidDefinition) as caught:
        load_json(text)
    assert caught.value.place == place
    assert process_time() - began < ENDLESS


CIRCLES = {
    "conditions": small(question("a", "yes_no", when=yes("b")), question("b", "yes_no", when=yes("a"))),
    "itself": small(question("a", "yes_no", when=yes("a"))),
    "formulas": small(
        question("a", "calculated", formula=answer("b")), question("b", "calculated", formula=answer("a"))
    ),
    "a formula and a condition": small(
        question("a", "number", when={"op": "at_least", "question": "b", "value": 1}),
        question("b", "calculated", formula=answer("a")),
    ),
}


@pytest.mark.parametrize("name", CIRCLES)
def test_a_circle_is_refused_at_publication_with_its_place(name: str) -> None:
    defect = publish_defects(read_document(CIRCLES[name]), DAY)[0]
    assert defect.place == "設問「設問a」"
    assert "堂々めぐり" in defect.problem


@pytest.mark.django_db
def test_ten_megabytes_are_refused_at_the_door_of_the_studio(client: Client) -> None:
    client.force_login(staff("設計 太郎", "designer@example.lg.jp", Post.Role.DESIGNER))
    for content, said in ((b"x" * 10_000_000, "ファイルが大きすぎます"), (b"\xff\xfe", "UTF-8")):
        answered = client.post(reverse("studio:form-import"), {"file": SimpleUploadedFile("a.json", content)})
        assert answered.status_code == 422
        assert said in answered.content.decode()
    hostile = json.dumps(
        {"format": form_package.FORMAT, "code": "x", "document": READ["an unknown kind"][0], "hash": ""}
    )
    page = client.post(reverse("studio:form-import"), {"file": SimpleUploadedFile("a.json", hostile.encode())})
    assert f"{HERE}.kind" in page.content.decode()
    assert not FormDraft.objects.exists()


EVIL = ["1" * 20_000 + "x", "ア" * 19_999 + "!", "a@" + "a." * 9_000, "-" * 20_000, "1 " * 10_000, "㍿" * 20_000]


@pytest.mark.parametrize(
    "kind",
    [kind for kind in QuestionKind if kind.value not in {"file", "information", "calculated", "choice", "choices"}],
)
def test_no_answer_makes_a_check_slow(kind: QuestionKind) -> None:
    more = {"my_number_basis": "見本"} if kind is QuestionKind.MY_NUMBER else {}
    document = read_document({**small(question("a", kind.value)), **more})
    parts = (
        "family",
        "given",
        "family_kana",
        "given_kana",
        "postal",
        "region",
        "street",
        "bank",
        "branch",
        "number",
        "holder",
    )
    began = process_time()
    for text in EVIL:
        value = (
            dict.fromkeys(parts, text)
            if kind in {QuestionKind.NAME, QuestionKind.ADDRESS, QuestionKind.BANK_ACCOUNT}
            else text
        )
        Journey(document, {AnswerKey("a"): value}, DAY).problems()
    assert process_time() - began < ENDLESS
