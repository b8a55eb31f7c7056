from datetime import date
from typing import Any

import pytest

from tests.cast.formbuilder import question, small, version
from tests.cast.work import calls
from todoke.accounts.actors import System
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.models import FormDraft, FormVersion
from todoke.formbuilder.publication.publish_checks import NotPublishable, publish_defects
from todoke.runtime.refusals import Conflict

DAY = date(2026, 11, 22)


def yes(identifier: str) -> dict[str, Any]:
    return {"op": "is", "question": identifier, "value": "yes"}


def problems(document: dict[str, Any]) -> list[str]:
    return [str(defect) for defect in publish_defects(read_document(document), DAY)]


def test_a_condition_on_a_question_that_is_gone_is_named() -> None:
    assert "ない設問(gone)" in problems(small(question("a", when=yes("gone"))))[0]


def test_a_condition_on_an_option_that_is_gone_is_named() -> None:
    options = [{"value": "x", "label": "x"}]
    assert (
        "ない選択肢(yes)" in problems(small(question("a", "choice", options=options), question("b", when=yes("a"))))[0]
    )


def test_a_circle_is_shown_with_its_labels() -> None:
    circle = small(question("a", "yes_no", when=yes("b")), question("b", "yes_no", when=yes("a")))
    assert problems(circle) == ["設問「設問a」: 表示条件が堂々めぐりしています: 「設問a」 → 「設問b」 → 「設問a」"]


def test_a_question_that_nobody_can_reach_is_named() -> None:
    never = {"op": "all", "of": [yes("a"), {"op": "not", "of": [yes("a")]}]}
    assert "どのように答えても表示されません" in problems(small(question("a", "yes_no"), question("b", when=never)))[0]


def test_a_condition_that_always_holds_is_named() -> None:
    always = {"op": "any", "of": [yes("a"), {"op": "not", "of": [yes("a")]}]}
    assert "表示条件は要りません" in problems(small(question("a", "yes_no"), question("b", when=always)))[0]


def test_numbers_dates_and_boxes_are_tried_on_both_sides() -> None:
    options = [{"value": value, "label": value} for value in ("x", "y", "z")]
    both = {"op": "all", "of": [{"op": "includes", "question": "boxes", "value": value} for value in ("x", "z")]}
    between = [
        {"op": "at_least", "question": "count", "value": 5},
        {"op": "not", "of": [{"op": "at_least", "question": "count", "value": 6}]},
    ]
    document = small(
        question("count", "number"),
        question("birth", "date"),
        question("boxes", "choices", options=options),
        question("exactly_five", when={"op": "all", "of": between}),
        question("young", when={"op": "age_under", "question": "birth", "value": 18}),
        question("late", when={"op": "on_or_after", "question": "birth", "value": "2026-01-01"}),
        question("both", when=both),
    )
    assert problems(document) == []


def wide(chain: int) -> dict[str, Any]:
    """150 questions under 150 conditions, in chains of a given length."""
    questions = [question("q0", "yes_no")]
    for number in range(1, 151):
        before = number - 1 if number % chain else 0
        questions.append(question(f"q{number}", "yes_no", when=yes(f"q{before}")))
    document = small(*questions[:50])
    for start in (50, 100):
        group = {"id": f"g{start}", "title": "", "questions": questions[start : start + 50]}
        document["pages"].append({"id": f"p{start}", "title": f"ページ{start}", "groups": [group]})
    return document


def test_the_work_for_150_questions_under_150_conditions_is_bounded() -> None:
    assert problems(wide(chain=40)) == []
    assert calls(lambda: problems(wide(chain=40))) < 3 * calls(lambda: problems(wide(chain=10))) < 3_000_000


def test_a_chain_of_conditions_that_nobody_can_follow_is_named() -> None:
    assert "50段を超えています" in problems(wide(chain=149))[0]


@pytest.mark.django_db
def test_a_draft_with_a_defect_is_not_published() -> None:
    document = small(question("a", when=yes("gone")))
    draft = FormDraft.objects.create(code="bad", title="x", document=document)
    with pytest.raises(NotPublishable):
        draft.publish(by=System())
    assert not FormVersion.objects.exists()


@pytest.mark.django_db
def test_a_published_version_is_frozen_and_an_unchanged_draft_makes_no_second_one() -> None:
    first = version()
    assert first.draft.publish(by=System()) == first
    with pytest.raises(TypeError, match="公開した様式の版"):
        first.save()
    with pytest.raises(TypeError, match="公開した様式の版"):
        first.delete()


@pytest.mark.django_db
def test_the_second_of_two_designers_is_told_that_the_first_saved() -> None:
    draft = version().draft
    second = FormDraft.objects.get(pk=draft.pk)
    draft.edit(small(question("a")), by=System())
    with pytest.raises(Conflict):
        second.edit(small(question("b")), by=System())
