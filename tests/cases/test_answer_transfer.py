"""Answers go from form to form by what the questions mean, and nothing is started whose answers have no source."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.cast import present
from tests.cast.cases import counter, decided, release
from tests.cast.formbuilder import question, small
from tests.cast.mailed_links import mailed_path
from todoke.accounts.actors import Guest
from todoke.cases import reconfirmations
from todoke.cases.answer_transfer import mapped_answers, question_pairs, questions_without_source, unchanged_answers
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.sample_answers import sample_answers
from todoke.formbuilder.document.form_templates import definition
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.structure import Document
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Refused

ON = date(2026, 11, 22)


def form(*questions: dict[str, Any], repeat: bool = False) -> Document:
    document = small(*questions)
    if repeat:
        document["pages"][0]["groups"][0]["repeat"] = {"noun": "お子さん"}
    return read_document(document)


def test_the_yearly_form_of_the_child_allowance_has_a_source_for_every_answer() -> None:
    source, target = (read_document(definition(code)) for code in ("child-allowance", "child-allowance-yearly"))
    pairs = question_pairs(source, target)
    assert pairs["applicant_name"] == "claimant_name"
    assert pairs["applicant_birth"] == "claimant_birth"
    assert pairs["child_name"] == "child_name"
    assert pairs["supported"] == "care"
    assert questions_without_source(source, target) == []
    answers = mapped_answers(Journey(source, sample_answers(source, ON), ON), target)
    whole = Journey(target, {**answers, **unchanged_answers(target)}, ON)
    assert [problem for problem in whole.problems() if not problem.warning] == []


def test_a_required_answer_without_a_source_is_named() -> None:
    target = form(question("a", label="認定番号"), question("b", "yes_no", label="同じですか", unchanged="yes"))
    assert [asked.label for asked in questions_without_source(form(question("x", label="氏名")), target)] == [
        "認定番号"
    ]


def test_a_label_in_another_width_and_a_declared_one_mean_the_same() -> None:
    source = form(question("x", label="勤務先 A"), question("y", label="請求する理由"))
    target = form(question("a", label="勤務先 Ａ"), question("b", label="届け出る理由", same_as=["請求する理由"]))
    assert question_pairs(source, target) == {"a": "x", "b": "y"}


def test_a_question_of_another_kind_never_means_the_same() -> None:
    assert question_pairs(form(question("a", "number")), form(question("a"))) == {}


def test_rows_stay_rows_and_an_option_that_is_not_offered_is_left_out() -> None:
    options = [{"value": "one", "label": "いち"}, {"value": "two", "label": "に"}]
    source = form(question("a"), question("c", "choice", options=options), repeat=True)
    answers = {AnswerKey("a", 1): "太郎", AnswerKey("a", 2): "次郎", AnswerKey("c", 1): "one", AnswerKey("c", 2): "two"}
    target = form(question("a"), question("c", "choice", options=options[:1]), repeat=True)
    given = {key: value for key, value in answers.items() if value != "two"}
    assert mapped_answers(Journey(source, answers, ON), target) == given
    assert mapped_answers(Journey(source, answers, ON), form(question("a"))) == {}


pytest_db = pytest.mark.django_db
NAME = {"id": "who", "kind": "name", "label": "受給者の氏名"}


def yearly(*more: dict[str, Any]) -> dict[str, Any]:
    return {
        "schema": 1,
        "title": "現況届",
        "pages": [{"id": "p", "title": "届出", "groups": [{"id": "g", "title": "", "questions": [NAME, *more]}]}],
    }


@pytest_db
def test_one_press_files_a_form_whose_questions_have_other_names() -> None:
    at = counter()
    before = decided(at)
    same = {"id": "same", "kind": "yes_no", "label": "前の年と同じですか", "unchanged": "yes"}
    other = release(at.section, code="yearly", serial=77, document=yearly(same)).offer
    begun = reconfirmations.start_round(at.release.offer, other, year=2026, due_on=today() + timedelta(5), by=at.clerk)
    asked = begun.asked.get()
    html = Client().get(mailed_path("reconfirmation")).content.decode()
    assert "変わりなしで届け出る" in html
    answer = present(reconfirmations.confirm_unchanged(asked, by=Guest()))
    assert answer.applicant_name == before.applicant_name
    assert answer.submission.current_answers()[AnswerKey("same")] == "yes"


@pytest_db
def test_a_round_is_not_started_when_a_required_answer_has_no_source() -> None:
    at = counter()
    decided(at)
    number = {"id": "number", "kind": "short_text", "label": "認定番号"}
    other = release(at.section, code="yearly", serial=77, document=yearly(number)).offer
    due = today() + timedelta(5)
    with pytest.raises(Refused, match="「認定番号」"):
        reconfirmations.start_round(at.release.offer, other, year=2026, due_on=due, by=at.clerk)
    begun = reconfirmations.start_round(at.release.offer, other, year=2026, due_on=due, by=at.clerk, asked_anew=True)
    asked = begun.asked.get()
    html = Client().get(mailed_path("reconfirmation")).content.decode()
    assert "変わりなしで届け出る" not in html
    assert "「認定番号」を入力してください。" in html
    assert reconfirmations.confirm_unchanged(asked, by=Guest()) is None
