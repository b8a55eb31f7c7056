from datetime import date
from functools import partial

import pytest
from django.utils.html import escape

from tests.cast.formbuilder import WRONG, photo, starter
from todoke.accounts.actors import Guest
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.page_form import as_typed, form_for, input_name
from todoke.formbuilder.answers.sample_answers import sample_answers
from todoke.formbuilder.document.form_templates import all_templates, codes, definition, first_procedures
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.question_types import Value
from todoke.formbuilder.document.structure import Document, Question, QuestionKind
from todoke.formbuilder.models import Submission
from todoke.formbuilder.publication.paper_form import build_paper_form
from todoke.formbuilder.publication.publish_checks import publish_defects

DAY = date(2026, 11, 22)


def document(code: str) -> Document:
    return read_document(definition(code))


def test_all_59_procedures_to_put_online_first_have_a_definition() -> None:
    listed = [procedure for group in first_procedures()["groups"] for procedure in group["procedures"]]
    assert len(listed) == 59
    assert {code for procedure in listed for code in procedure["codes"]} <= set(codes())
    assert len(all_templates()) == len(codes())


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
    assert publish_defects(found, DAY) == []


def shifted(turn: int, question: Question) -> int:
    """Which option is picked in one turn: another one in each question."""
    return turn + len(question.id)


@pytest.mark.parametrize("code", codes())
def test_complete_applications_of_every_choice_are_accepted(code: str) -> None:
    found = document(code)
    for turn in range(4):
        answers = sample_answers(found, DAY, pick=partial(shifted, turn))
        assert Journey(found, answers, DAY).problems() == []


def refused(found: Document, question: Question, spot: AnswerKey, answers: dict[AnswerKey, Value]) -> bool:
    """Tell whether a wrong answer is refused, and why is said beside its own field and no other."""
    page = found.by_id[question.id][0]
    journey = Journey(found, {**answers, spot: WRONG[question.kind]}, DAY)
    problems = [problem for problem in journey.problems(page) if not problem.warning]
    own = [problem.message for problem in problems if (problem.question, problem.row) == spot]
    form = form_for(page, journey, problems=problems)
    name = input_name(*spot)
    html = form[name].as_field_group()
    others = {other for other in form.errors if other != name} - {input_name(p.question, p.row) for p in problems}
    return bool(own) and not others and all(f'<p class="field__error">{escape(message)}</p>' in html for message in own)


@pytest.mark.parametrize("code", codes())
def test_a_wrong_answer_is_refused_at_its_question(code: str) -> None:
    found = document(code)
    answers = sample_answers(found, DAY)
    for spot in answers:
        question = found.question(spot.question)
        if question.kind is not QuestionKind.FILE:
            assert refused(found, question, spot, answers), question.label


@pytest.mark.parametrize("code", codes())
def test_an_unanswered_required_question_is_named(code: str) -> None:
    found = document(code)
    missing = {problem.question for problem in Journey(found, {}, DAY).problems() if not problem.warning}
    for problem in missing:
        assert found.question(problem).required.value == "hard"
    assert missing or all(question.kind is QuestionKind.INFORMATION for *_, question in found.by_id.values())


@pytest.mark.parametrize("code", codes())
def test_a_form_stands_on_screen_and_on_paper(code: str) -> None:
    found = document(code)
    journey = Journey(found, sample_answers(found, DAY), DAY)
    for page in journey.pages():
        html = str(form_for(page, journey))
        assert all(escape(question.label) in html for _, question, _ in journey.shown_questions(page))
    assert len(build_paper_form(found, "http://127.0.0.1/").sheets) >= len(found.pages)


@pytest.mark.django_db
@pytest.mark.parametrize("code", codes())
def test_an_application_is_filled_in_and_sent(code: str) -> None:
    submission = Submission.start(version=starter(code), by=Guest())
    found = submission.document
    typed = as_typed(sample_answers(found, DAY))
    for page in found.pages:
        for spot in [place for place in sample_answers(found, DAY) if found.by_id[place.question][0] is page]:
            if found.question(spot.question).kind is QuestionKind.FILE:
                program = {input_name(*spot): photo("a.pdf", b"MZ\x90\x00" + b"0" * 99)}
                problems = submission.save_page(page.id, {}, by=Guest(), files=program)
                assert (problems[0].question, problems[0].row) == spot
                assert "受け取れません" in problems[0].message
                submission.attach(spot.question, photo(), by=Guest(), row=spot.row)
        submission.save_page(page.id, typed, by=Guest())
    assert submission.submit(by=Guest())
