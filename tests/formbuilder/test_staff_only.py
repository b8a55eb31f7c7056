"""What only staff answer: the applicant is never shown it, the office's form asks it, and it stays."""

from typing import Any

import pytest

from tests.cast.formbuilder import PHOTO, begun, photo, question, small
from todoke.accounts.actors import Guest
from todoke.formbuilder.answers.journey import AnswerKey, Journey
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.models import Answer
from todoke.formbuilder.publication.paper_form import build_paper_form
from todoke.formbuilder.publication.publish_checks import publish_defects
from todoke.japanese.calendar import today

SEEN = question("seen", "choice", required="staff", options=[{"value": "card", "label": "個人番号カード"}])
FORM = small(question("a"), SEEN, question("note", required="staff"), question("proof", "file", required="staff"))


def test_a_form_with_questions_for_staff_may_be_published() -> None:
    assert publish_defects(read_document(FORM), today()) == []


def test_a_question_for_staff_may_look_at_answers_and_at_others_for_staff() -> None:
    more = question("more", required="staff", when={"op": "is", "question": "seen", "value": "card"})
    assert publish_defects(read_document(small(question("a"), SEEN, more)), today()) == []


@pytest.mark.parametrize("kind", ["short_text", "calculated"])
def test_a_question_for_applicants_may_not_betray_what_staff_wrote(kind: str) -> None:
    count = question("count", "number", required="staff")
    looking: dict[str, Any] = {"when": {"op": "at_least", "question": "count", "value": 1}}
    if kind == "calculated":
        looking = {"formula": {"op": "answer", "question": "count"}}
    defects = publish_defects(read_document(small(question("a"), count, question("b", kind, **looking))), today())
    assert ["職員だけが記入する設問「設問count」" in defect.problem for defect in defects] == [True]


@pytest.mark.django_db
def test_what_a_resident_posts_into_a_question_for_staff_is_ignored() -> None:
    submission = begun(FORM)
    data = {"a": "一", "seen": "card", "note": "うそ"}
    submission.save_page("page", data, by=Guest(), files={"proof": photo()})
    assert set(submission.current_answers()) == {AnswerKey("a")}
    assert not submission.uploads.exists()
    assert submission.submit(by=Guest())


@pytest.mark.django_db
def test_what_staff_wrote_stays_when_it_is_sent_and_the_applicant_never_reads_it() -> None:
    submission = begun(FORM)
    data = {"a": "一", "seen": "card", "note": "本人と確認"}
    problems = submission.save_page("page", data, by=Guest(), files={"proof": photo(content=PHOTO)}, staff=True)
    assert [problem.question for problem in problems if not problem.warning] == []
    assert submission.submit(by=Guest())
    assert Answer.objects.get(question="note", superseded_at=None).value == "本人と確認"
    rows = [row.question.id for _, rows in submission.journey().summary() for row in rows]
    office = [row.question.id for _, rows in submission.journey(staff=True).summary() for row in rows]
    assert (rows, office) == (["a"], ["a", "seen", "note", "proof"])


def test_staff_may_leave_their_question_for_later_and_are_told_so() -> None:
    problems = Journey(read_document(FORM), {}, today(), staff=True).problems()
    assert {problem.question: problem.warning for problem in problems} == {
        "a": False, "seen": True, "note": True, "proof": True
    }  # fmt: skip
    assert "職員が記入します" in problems[1].message


def test_the_printed_form_has_the_box_marked_as_the_office_s() -> None:
    lines = [
        line for sheet in build_paper_form(read_document(FORM), "http://127.0.0.1/").sheets for line in sheet.lines
    ]
    assert [line.mark for line in lines] == ["", "職員記入欄", "職員記入欄", "職員記入欄"]
