"""Last time's name and address are there again, can be seen as such, and belong to one's own applications only."""

import pytest

from tests import cast
from tests.cast.cases import case, counter
from todoke.accounts.actors import Guest
from todoke.cases import intake, prefill
from todoke.cases.models import ReusedAnswer
from todoke.cases.representation import record_representation
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.runtime.refusals import Refused

pytestmark = pytest.mark.django_db
MOTHER = {"kind": "mandate", "name": "山田 花子", "relation": "子", "authority": "委任状"}


def test_name_and_contact_of_last_time_are_filled_in() -> None:
    at, me = counter(), cast.resident()
    case(at, me)
    draft = intake.begin(at.release, by=me)
    assert prefill.prefill_contact(draft, by=me) == 2
    answers = draft.submission.current_answers()
    assert answers[AnswerKey("email")] == "hanako@example.jp"
    assert AnswerKey("copies") not in answers
    assert set(ReusedAnswer.objects.values_list("question", flat=True)) == {"name", "email"}


def test_a_guest_gets_nobodys_answers() -> None:
    at = counter()
    case(at, cast.resident())
    assert prefill.prefill_contact(intake.begin(at.release, by=Guest()), by=Guest()) == 0


def test_another_person_gets_nobodys_answers() -> None:
    at = counter()
    case(at, cast.resident())
    other = cast.resident("鈴木 一郎", "ichiro@example.jp")
    assert prefill.prefill_contact(intake.begin(at.release, by=other), by=other) == 0


def test_who_acts_for_whom_is_recorded_with_its_authority() -> None:
    draft = intake.begin(counter().release, by=Guest())
    made = record_representation(draft, by=Guest(), **MOTHER)
    assert draft.representation == made
    assert made.get_kind_display() == "本人から頼まれた代理人"


def test_a_sent_application_gains_no_agent() -> None:
    sent = case(counter())
    with pytest.raises(Refused):
        record_representation(sent.submission.draft, by=Guest(), **MOTHER)
