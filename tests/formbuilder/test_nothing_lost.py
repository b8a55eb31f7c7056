"""Publishing while people are filling in: no answer is ever lost or changed silently, whatever changes and whenever."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cast.formbuilder import begun, question, small
from todoke.accounts.actors import Guest, System
from todoke.formbuilder.answers.answer_migration import migrate_answers
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.page_form import as_typed
from todoke.formbuilder.answers.sample_answers import sample_answer, sample_answers
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.question_types import Value, display_text, is_blank
from todoke.formbuilder.document.structure import Document
from todoke.formbuilder.models import Submission
from todoke.formbuilder.publication.publish_checks import publish_defects

DAY = date(2026, 11, 22)
KINDS = ["short_text", "long_text", "number", "date", "yes_no", "choice", "choices", "name", "address", "phone", "file"]
QUESTIONS = st.builds(
    lambda kind, required, values: {
        "kind": kind,
        "required": required,
        **({"options": [{"value": v, "label": v} for v in values]} if kind in {"choice", "choices"} else {}),
    },
    st.sampled_from(KINDS),
    st.sampled_from(["hard", "soft", "no", "staff"]),
    st.lists(st.sampled_from("abcd"), min_size=1, max_size=3, unique=True),
)
SOMETIMES = {"op": "is", "question": "anchor", "value": "yes"}


@st.composite
def definitions(draw: st.DrawFn) -> dict[str, Any]:
    """One or two pages, perhaps repeating, of questions of any kind, some under a condition."""
    asked = draw(st.dictionaries(st.sampled_from(["p", "q", "r", "s"]), QUESTIONS, min_size=1))
    made = [
        question(identifier, **(more | ({"when": SOMETIMES} if draw(st.booleans()) else {})))
        for identifier, more in asked.items()
    ]
    data = small(question("anchor", "yes_no"))
    cut = draw(st.integers(0, len(made)))
    for number, part in enumerate((made[:cut], made[cut:])):
        if part:
            group: dict[str, Any] = {"id": f"g{number}", "title": "", "questions": part}
            if draw(st.booleans()):
                group["repeat"] = {"noun": "人", "least": draw(st.integers(0, 2)), "most": 5}
            data["pages"].append({"id": f"p{number}", "title": f"ページ{number}", "groups": [group]})
    return data


@settings(max_examples=200)
@given(definitions(), definitions())
def test_no_answer_is_ever_lost_or_changed_silently(before: dict[str, Any], after: dict[str, Any]) -> None:
    old, new = read_document(before), read_document(after)
    answers = sample_answers(old, DAY)
    kept, notices = migrate_answers(old, new, answers, DAY)
    told = {notice.key.question for notice in notices if notice.typed}
    now = Journey(new, kept, DAY)
    for spot, value in answers.items():
        sent = [other for place, other in kept.items() if place.question == spot.question and now.shown(*place)]
        assert value in sent or spot.question in told
    for place, value in kept.items():
        assert any(
            value == answer or (isinstance(answer, list) and set(value) <= set(answer))
            for spot, answer in answers.items()
            if spot.question == place.question
        )
    again, quiet = migrate_answers(new, new, kept, DAY)
    assert again == kept
    assert [notice for notice in quiet if notice.typed] == []


def in_force(document: Document, submission: Submission, spot: AnswerKey) -> Value | None:
    return Journey(document, submission.current_answers(), DAY).value(*spot)


def typed_on(document: Document, page_id: str, turn: int) -> dict[AnswerKey, Value]:
    """Fresh answers to everything that a page may ask, in the first row of repeating groups."""
    return {
        AnswerKey(asked.id, 1 if group.repeat else 0): _varied(sample_answer(asked, turn), turn)
        for group, asked in document.page(page_id).questions()
        if asked.kind.value != "file"
    }


def _varied(value: Value, turn: int) -> Value:
    if isinstance(value, dict):
        return {part: f"{text}{turn}" if part in {"family", "street"} else text for part, text in value.items()}
    return f"{value}{turn}" if isinstance(value, str) and value.startswith("見本") else value


PRESSES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9), st.booleans()), min_size=1, max_size=8)


@pytest.mark.django_db
@settings(max_examples=25)
@given(st.lists(definitions(), min_size=2, max_size=4), PRESSES)
def test_pages_saved_from_any_edition_between_publications_are_kept_or_handed_back(
    editions: list[dict[str, Any]], presses: list[tuple[int, int, bool]]
) -> None:
    """``presses``: (edition that the page was shown in, page, publish first). Nobody types what a page does not ask."""
    editions = [made for made in editions if not publish_defects(read_document(made), DAY)]
    if len(editions) < 2:
        return
    with transaction.atomic():
        submission, last = begun(editions[0]), dict[str, tuple[Value, str]]()
        coming = iter(editions[1:])
        for turn, (age, page, publish) in enumerate(presses):
            if publish and (fresh := next(coming, None)):
                submission.version.draft.edit(fresh, by=System())
                submission.migrate_to(submission.version.draft.publish(by=System()), by=System())
            shown = max(1, submission.version.number - age)
            edition = submission.version.draft.versions.get(number=shown).parsed
            page_id = edition.pages[page % len(edition.pages)].id
            could = typed_on(edition, page_id, turn)
            visible = Journey(edition, {**submission.current_answers(), **could}, DAY)
            typed = {spot: value for spot, value in could.items() if visible.shown(*spot)}
            submission.save_page(page_id, {**as_typed(typed), "form__edition": str(shown)}, by=Guest())
            last |= {
                spot.question: (value, display_text(edition.question(spot.question), value))
                for spot, value in typed.items()
                if not is_blank(value)
            }
        _nothing_is_lost(submission, last)
        transaction.set_rollback(True)


def _nothing_is_lost(submission: Submission, last: dict[str, tuple[Value, str]]) -> None:
    """``last``: what was typed last into each question, and how its edition wrote that for people."""
    told = {(notice.question, notice.typed) for notice in submission.migration_notices.all()}
    now = [(spot.question, value) for spot, value in submission.current_answers().items()]
    shown = {(asked, display_text(submission.document.question(asked), value)) for asked, value in now}
    for asked, (value, text) in last.items():
        there = (asked, value) in now or (asked, text) in shown
        assert there or (asked, text) in told, f"{asked}: {text} is neither there nor handed back"
