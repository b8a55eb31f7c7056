from datetime import date
from functools import partial

import pytest
from django.utils.html import escape

from tests.cast.formbuilder import WRONG, as_typed, photo, starter
from todoke.accounts.actors import Guest
from todoke.formbuilder.answers.journey import Journey, Spot
from todoke.formbuilder.answers.page_form import form_for, name_of
from todoke.formbuilder.answers.sample_answers import filled
from todoke.formbuilder.document.form_templates import codes, definition, first_procedures, shelf
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import Document, Kind, Question
from todoke.formbuilder.models import Submission
from todoke.formbuilder.publication.paper_form import paper_of
from todoke.formbuilder.publication.publish_checks import defects_of

DAY = date(2026, 11, 22)


def document(code: str) -> Document:
    return read_document(definition(code))


def test_all_59_procedures_to_put_online_first_have_a_definition() -> None:
    listed = [procedure for group in first_procedures()["groups"] for procedure in group["procedures"]]
    assert len(listed) == 59
    assert {code for procedure in listed for code in procedure["codes"]} <= set(codes())
    assert len(shelf()) == len(codes())


@pytest.mark.parametrize("code", codes())
def test_a_definition_is_a_template_that_passes_the_publication_check(code: str) -> None:
    found = document(code)
    assert "確認してください" in found.template_note
    assert found.guide.who
    assert found.guide.fee
    assert found.guide.deadline
    assert found.guide.legal_basis
    assert len(found.guide.steps) >= 3
    assert "結果をお知らせする" not in found.guide.steps
    assert defects_of(found, DAY) == []


def shifted(turn: int, question: Question) -> int:
    """Which option is picked in one turn: another one in each question."""
    return turn + len(question.id)


@pytest.mark.parametrize("code", codes())
def test_complete_applications_of_every_choice_are_accepted(code: str) -> None:
    found = document(code)
    for turn in range(4):
        answers = filled(found, DAY, pick=partial(shifted, turn))
        assert Journey(found, answers, DAY).problems() == []


def refused(found: Document, question: Question, spot: Spot, answers: dict[Spot, Value]) -> bool:
    """Tell whether a wrong answer is refused, and why is said beside its own field and no other."""
    page = found.by_id[question.id][0]
    journey = Journey(found, {**answers, spot: WRONG[question.kind]}, DAY)
    problems = [problem for problem in journey.problems(page) if not problem.warning]
    own = [problem.message for problem in problems if (problem.question, problem.row) == spot]
    form = form_for(page, journey, problems=problems)
    name = name_of(*spot)
    html = form[name].as_field_group()
    others = {other for other in form.errors if other != name} - {name_of(p.question, p.row) for p in problems}
    return bool(own) and not others and all(f'<p class="field__error">{escape(message)}</p>' in html for message in own)


@pytest.mark.parametrize("code", codes())
def test_a_wrong_answer_is_refused_at_its_question(code: str) -> None:
    found = document(code)
    answers = filled(found, DAY)
    for spot in answers:
        question = found.question(spot.question)
        if question.kind is not Kind.FILE:
            assert refused(found, question, spot, answers), question.label


@pytest.mark.parametrize("code", codes())
def test_an_unanswered_required_question_is_named(code: str) -> None:
    found = document(code)
    missing = {problem.question for problem in Journey(found, {}, DAY).problems() if not problem.warning}
    for problem in missing:
        assert found.question(problem).required.value == "hard"
    assert missing or all(question.kind is Kind.INFORMATION for *_, question in found.by_id.values())


@pytest.mark.parametrize("code", codes())
def test_a_form_stands_on_screen_and_on_paper(code: str) -> None:
    found = document(code)
    journey = Journey(found, filled(found, DAY), DAY)
    for page in journey.pages():
        html = str(form_for(page, journey))
        assert all(escape(question.label) in html for _, question, _ in journey.spots(page))
    assert len(paper_of(found, "http://127.0.0.1/").sheets) >= len(found.pages)


@pytest.mark.django_db
@pytest.mark.parametrize("code", codes())
def test_an_application_is_filled_in_and_sent(code: str) -> None:
    submission = Submission.start(version=starter(code), by=Guest())
    found = submission.document
    typed = as_typed(filled(found, DAY))
    for page in found.pages:
        for spot in [place for place in filled(found, DAY) if found.by_id[place.question][0] is page]:
            if found.question(spot.question).kind is Kind.FILE:
                program = {name_of(*spot): photo("a.pdf", b"MZ\x90\x00" + b"0" * 99)}
                problems = submission.save_page(page.id, {}, by=Guest(), files=program)
                assert (problems[0].question, problems[0].row) == spot
                assert "受け取れません" in problems[0].message
                submission.attach(spot.question, photo(), by=Guest(), row=spot.row)
        submission.save_page(page.id, typed, by=Guest())
    assert submission.submit(by=Guest())
