"""Whoever agreed is reminded once of an application that was not sent, and nobody else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import cases
from tests.cast.application_steps import begun
from todoke.accounts.actors import Guest
from todoke.cases import intake
from todoke.cases.mail.draft_reminders import remind_due
from todoke.cases.models import Draft, DraftReminder
from todoke.notices.models import Message

pytestmark = pytest.mark.django_db
LATER = timedelta(days=4)


def reminders() -> list[Message]:
    return list(Message.objects.filter(code="draft-reminder"))


def agreed(at: cases.Counter) -> Draft:
    draft = cases.filled(at)
    DraftReminder.agree(draft, "hanako@example.jp", by=Guest())
    return draft


def test_one_mail_comes_after_three_days_with_a_link_and_the_address_is_forgotten() -> None:
    draft = agreed(cases.counter())
    assert "hanako" not in DraftReminder.objects.get().contact
    assert remind_due() == 0
    assert remind_due(timezone.now() + LATER) == 1
    assert remind_due(timezone.now() + LATER) == 0
    (mail,) = reminders()
    assert "/resume/" in mail.body
    assert DraftReminder.objects.get(draft=draft).contact == ""


def test_agreeing_again_after_the_mail_brings_no_second_one() -> None:
    draft = agreed(cases.counter())
    remind_due(timezone.now() + LATER)
    DraftReminder.agree(draft, "hanako@example.jp", by=Guest())
    remind_due(timezone.now() + LATER)
    assert len(reminders()) == 1


def test_what_was_sent_deleted_or_closed_is_not_reminded_of() -> None:
    at = cases.counter()
    sent, deleted, closed = agreed(at), agreed(at), agreed(cases.counter("税務課", "2020"))
    intake.accept(sent.submission, by=Guest())
    deleted.discard(by=Guest())
    offer = closed.release.offer
    offer.closes_at = timezone.now() - timedelta(hours=1)
    offer.save()
    assert remind_due(timezone.now() + LATER) == 0
    assert reminders() == []


def test_the_applicant_ticks_a_box_and_without_it_nothing_is_kept(client: Client) -> None:
    draft = begun(client, cases.counter())
    assert "一度だけメールで知らせて" in client.get(f"{draft}later/").content.decode()
    client.post(f"{draft}link/", {"email": "hanako@example.jp"})
    assert not DraftReminder.objects.exists()
    client.post(f"{draft}link/", {"email": "hanako@example.jp", "remind": "on"})
    assert DraftReminder.objects.get().address() == "hanako@example.jp"
