"""Answers of every kind come back equal from the page, the database, mail, letter, copy and tables."""

import email
from collections import Counter
from collections.abc import Iterator
from email import policy
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.mail import EmailMessage
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from lxml import html

from tests.cast.cases import counter, release
from tests.cast.formbuilder import small
from tests.cast.odd_answers import ANSWERS, CHILDREN, QUESTIONS, REPEAT
from todoke.accounts.actors import Guest, System
from todoke.audit.log import subject_of
from todoke.cases import intake
from todoke.cases.answers import applicant_of
from todoke.cases.applicant_copy import ApplicantCopy
from todoke.cases.letters.letter_data import LetterFacts, letter_data
from todoke.cases.letters.letter_pdf import Unprintable, fonts, render_letter
from todoke.cases.models import Case
from todoke.cases.prefill import as_form_data
from todoke.design.glyphs import choose_fonts, read_coverage
from todoke.design.pdf import texts_in
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.answers.page_form import form_for
from todoke.formbuilder.document.question_types import Value, normalized
from todoke.formbuilder.document.structure import QuestionKind
from todoke.formbuilder.models import Submission
from todoke.japanese.calendar import today
from todoke.notices.models import Message
from todoke.offers.letter_places import quotable_questions
from todoke.offers.models import LetterText, Release
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table
from todoke.spreadsheets.writer import csv_lines, xlsx_file

HEADS = ("設問", "答え")
OURS = [Headings(tuple((head,) for head in HEADS), every_row=True)]
MINE = AnswerKey("mine")
SEEN: Counter[str] = Counter()


@pytest.fixture(scope="module", autouse=True)
def _figures() -> Iterator[None]:
    """What was seen on the way, printed for the run that is read (``-s``)."""
    yield
    print(dict(SEEN))


@pytest.fixture
def service(db: None) -> Release:
    document = {**small(*QUESTIONS), "my_number_basis": "番号法別表の項(見本)"}
    children = {"id": "children", "title": "", "questions": CHILDREN, "repeat": REPEAT}
    document["pages"][0]["groups"].append(children)
    return release(counter().section, code="everything", serial=77, document=document)


def posted(answers: dict[str, Any]) -> QueryDict:
    """The answers as they arrive from a browser."""
    return QueryDict(urlencode(answers, doseq=True))


def shown_again(submission: Submission) -> QueryDict:
    """What a browser sends of the page with the stored answers when nobody has changed anything."""
    document = submission.document
    form = form_for(document.pages[0], Journey(document, submission.current_answers(), today()))
    page: Any = html.fromstring(f"<form>{form}</form>")
    sent: dict[str, list[str]] = {}
    for field in page.xpath("//input[@name] | //textarea[@name] | //select[@name]"):
        if field.tag == "select":
            chosen = field.xpath("./option[@selected]") or field.xpath("./option")
            sent.setdefault(field.get("name"), []).append(chosen[0].get("value"))
        elif field.tag == "textarea":
            text = (field.text or "").removeprefix("\n").replace("\n", "\r\n")
            sent.setdefault(field.get("name"), []).append(text)
        elif field.get("type") not in {"radio", "checkbox", "submit"} or field.get("checked") is not None:
            value = field.get("value", "")
            sent.setdefault(field.get("name"), []).append("".join(value.splitlines()) if "\n" in value else value)
    return posted(sent)


def meant(submission: Submission) -> dict[AnswerKey, Value]:
    """The stored answers, days as days: the page has a box for each part of a day, whichever way it was written."""
    document, stored = submission.document, submission.current_answers()
    questions = {key: document.question(key.question) for key in stored}
    return {
        key: normalized(questions[key], value) or value if questions[key].kind is QuestionKind.DATE else value
        for key, value in stored.items()
    }


def check_mails(case: Case) -> None:
    for message in Message.objects.filter(about=subject_of(case)).exclude(email=""):
        mail = EmailMessage(message.subject, message.body, "ku@example.lg.jp", [message.email])
        read = email.message_from_bytes(mail.message().as_bytes(), policy=policy.default)
        assert str(read["subject"]).strip() == message.subject
        assert str(read.get_content()).rstrip("\n") == message.body.rstrip("\n")
        SEEN["mails"] += 1


def check_letter(case: Case) -> None:
    """The letter quotes every answer; a character that no font has is refused with its code, never left out."""
    journey = case.submission.journey()
    text = LetterText(
        kind="grant", title="決定通知書", opening="認めます。", quoted=list(quotable_questions(journey.document))
    )
    facts = LetterFacts(case.number, case.title, "令和8年4月1日", "認める", case.applicant_name, case.department)
    data = letter_data(text, facts, journey, applicant_of(case.submission, journey))
    faces = [read_coverage(path) for path in fonts().values()]

    def printable(value: object) -> bool:
        return not choose_fonts(texts_in(value), faces).missing

    if not printable({key: each for key, each in data.items() if key != "recipient_plain"}):
        SEEN["letters with a character to report"] += 1
        with pytest.raises(Unprintable, match=r"U\+"):
            render_letter({**data, "recipient_plain": ""})
    kept = [row for row in data["rows"] if printable(row)]
    SEEN["answers in letters"] += len(kept)
    names = {"recipient": "山田 花子", "recipient_plain": ""}
    address = data["address"] if printable(data["address"]) else ""
    letter = {**data, **names, "address": address, "rows": kept}
    assert render_letter(letter).startswith(b"%PDF")


def check_tables(case: Case) -> None:
    rows = [(row.label, row.text) for _, listed in case.submission.journey().summary() for row in listed]
    written = [[label, text] for label, text in rows]
    for file in ("".join(csv_lines(HEADS, rows)).encode(), xlsx_file(HEADS, rows)):
        table = read_table(file, OURS)
        assert ([cells for _, cells in table.rows], table.left_out) == (written, [])


def come_back(service: Release, answers: dict[str, Any]) -> None:
    draft = intake.begin(service, by=Guest())
    submission = draft.submission
    problems = submission.save_page("page", posted(answers), by=Guest())
    refused = {problem.question for problem in problems if not problem.warning}
    SEEN["refused at the page" if refused else "let through"] += 1
    same = meant(submission)
    submission.save_page("page", shown_again(submission), by=Guest())
    assert meant(submission) == same
    stored = submission.current_answers()
    if refused:
        assert refused == {"email"}
        return
    case = intake.accept(submission, by=Guest())
    case = Case.objects.get(pk=case.pk)
    assert case.submission.current_answers() == stored
    assert case.submission.disclose_number(MINE, by=System(), reason="確認") == answers["mine"]
    check_mails(case)
    check_letter(case)
    assert ApplicantCopy(case).as_pdf().startswith(b"%PDF")
    check_tables(case)
    plain = {key: value for key, value in stored.items() if key != MINE}
    again = intake.begin(service, by=Guest()).submission
    again.save_page("page", posted(as_form_data(plain)), by=Guest())
    assert again.current_answers() == plain


UNHURRIED: dict[str, Any] = {
    "derandomize": True,
    "database": None,
    "suppress_health_check": list(HealthCheck),
}


@given(ANSWERS)
@settings(max_examples=30, **UNHURRIED)
def test_what_a_resident_typed_comes_back_equal_from_everywhere(service: Release, answers: dict[str, Any]) -> None:
    come_back(service, answers)


@pytest.mark.postgresql
@pytest.mark.nightly
@given(ANSWERS)
@settings(max_examples=1000, **UNHURRIED)
def test_a_thousand_applications_come_back_equal_from_everywhere(service: Release, answers: dict[str, Any]) -> None:
    come_back(service, answers)
