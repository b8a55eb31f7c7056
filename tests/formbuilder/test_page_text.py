"""Every page of every form is read as text: nothing is said twice, no label stands in another."""

from datetime import date

import pytest

from tests.cast.formbuilder import question, small
from tests.cast.page_text import Labels, repeated
from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.answers.page_form import form_for
from todoke.formbuilder.answers.sample_answers import sample_answers
from todoke.formbuilder.document.form_templates import codes, definition
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.structure import Document, QuestionKind

DAY = date(2026, 11, 22)
OPTIONS = [{"value": "mon", "label": "月"}, {"value": "tue", "label": "火"}]


def labels(document: Document) -> list[str]:
    """The texts of all labels of a form with every shown question answered."""
    journey = Journey(document, sample_answers(document, DAY), DAY, staff=True)
    read = [Labels(str(form_for(page, journey))) for page in journey.pages()]
    assert not any(page.nested for page in read)
    return [text for page in read for text in page.texts]


def test_a_tick_box_says_its_text_once() -> None:
    document = read_document(
        small(question("days", "choices", options=OPTIONS), question("promise", "declaration", label="誓います"))
    )
    assert labels(document) == ["月", "火", "同意します"]


@pytest.mark.parametrize("kind", [kind for kind in QuestionKind if kind not in {"calculated", "my_number"}])
def test_no_kind_of_question_says_a_label_twice(kind: QuestionKind) -> None:
    more = {"options": OPTIONS} if kind in {QuestionKind.CHOICE, QuestionKind.CHOICES} else {}
    assert not [text for text in labels(read_document(small(question("a", kind.value, **more)))) if repeated(text)]


@pytest.mark.parametrize("code", codes())
def test_no_template_says_a_label_twice(code: str) -> None:
    assert not [text for text in labels(read_document(definition(code))) if repeated(text)]
