"""A notice is written with what it tells about, and reaches its reader once."""

import smtplib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from tests import cast
from todoke.accounts.actors import System
from todoke.jobs.models import Job
from todoke.jobs.worker import Worker
from todoke.notices.channels import TemporaryFailure
from todoke.notices.delivery import ATTEMPTS, deliver
from todoke.notices.models import Delivery, Message, Template
from todoke.notices.notice_erasure import erase_ended_secrets
from todoke.notices.outbox import Recipient, TemplateMissing, enqueue
from todoke.runtime.secret_text import SecretText

pytestmark = pytest.mark.django_db
HANAKO = Recipient("hanako@example.jp", name="山田 花子")


class Refusing(EmailBackend):
    """A mail server that knows nobody."""

    def send_messages(self, messages: Sequence[mail.EmailMessage]) -> int:
        raise smtplib.SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


class Closed(EmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages: Sequence[mail.EmailMessage]) -> int:
        raise ConnectionRefusedError


def posted(**words: str) -> Message:
    context = {"title": "予算の執行", "number": "2026-000001", "url": "http://127.0.0.1/", "name": "花子"} | words
    return enqueue("proposal-waiting", to=HANAKO, context=context, about="2026-000001", by=System())


@pytest.fixture
def by_mail(settings: Settings) -> None:
    settings.NOTICE_CHANNEL = "smtp"


def test_a_rolled_back_act_tells_nobody() -> None:
    with transaction.atomic():
        posted()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not Job.objects.exists()


def test_a_notice_lies_in_the_mailbox_once_the_worker_has_run() -> None:
    posted()
    assert not Message.objects.delivered_to("hanako@example.jp").exists()
    Worker(until_idle=True).run()
    assert Message.objects.delivered_to("HANAKO@example.jp").get().subject.endswith("(2026-000001)")


@pytest.mark.usefixtures("by_mail")
def test_a_mail_is_sent_once_even_when_its_job_runs_twice() -> None:
    message = posted()
    delivery = message.deliveries.get()
    deliver(delivery.pk)
    deliver(delivery.pk)
    assert [sent.to for sent in mail.outbox] == [["hanako@example.jp"]]
    assert message.token in mail.outbox[0].message()["Message-ID"]


def coded(until: datetime) -> Message:
    context = {"code": SecretText("123456", until), "minutes": 15}
    return enqueue("case-code", to=HANAKO, context=context, about="cases.case/1", by=System())


@pytest.mark.usefixtures("by_mail")
def test_a_mail_with_a_code_loses_its_text_once_it_is_sent() -> None:
    message = coded(timezone.now() + timedelta(minutes=15))
    assert "123456" in message.body
    deliver(message.deliveries.get().pk)
    message.refresh_from_db()
    assert "123456" in str(mail.outbox[0].body)
    assert (message.body, message.email, message.secret_until) == ("", HANAKO.email, None)
    assert message.subject


@pytest.mark.usefixtures("by_mail")
def test_a_mail_whose_code_is_over_is_cleared_and_never_sent() -> None:
    message, other = coded(timezone.now() - timedelta(seconds=1)), posted()
    assert erase_ended_secrets() == 1
    deliver(message.deliveries.get().pk)
    assert mail.outbox == []
    failed = message.deliveries.get()
    assert (failed.status, failed.problem) == (Delivery.Status.FAILED, "本文を消した後のため、送りませんでした")
    other.refresh_from_db()
    assert "予算の執行" in other.body


def test_in_the_mailbox_of_a_demo_a_code_is_read_until_it_is_over(settings: Settings) -> None:
    settings.NOTICE_CHANNEL = "mailbox"
    message = coded(timezone.now() + timedelta(minutes=15))
    Worker(until_idle=True).run()
    message.refresh_from_db()
    assert "123456" in message.body
    Message.objects.update(secret_until=timezone.now())
    assert erase_ended_secrets() == 1
    message.refresh_from_db()
    assert message.body == ""


@pytest.mark.usefixtures("by_mail")
def test_an_unknown_address_fails_for_good_and_is_not_tried_again(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.notices.test_outbox.Refusing"
    delivery = posted().deliveries.get()
    deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.status, delivery.problem) == (Delivery.Status.FAILED, "宛先が拒まれました(550)")


@pytest.mark.usefixtures("by_mail")
def test_a_closed_mail_server_delays_the_notice_and_after_many_tries_it_fails_visibly(settings: Settings) -> None:
    settings.EMAIL_BACKEND = "tests.notices.test_outbox.Closed"
    delivery = posted().deliveries.get()
    for _ in range(ATTEMPTS - 1):
        with pytest.raises(TemporaryFailure):
            deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.status == Delivery.Status.DELAYED
    deliver(delivery.pk)
    assert Delivery.objects.failed().get() == delivery


@pytest.mark.parametrize("trick", ["a\r\nBcc: all@example.jp", "a\nX: y", "a\x00", "a\u2028b"])
def test_a_line_break_cannot_reach_a_mail_header(trick: str) -> None:
    with pytest.raises(ValidationError):
        posted(number=trick)
    with pytest.raises(ValidationError):
        enqueue("proposal-waiting", to=Recipient(f"{trick}@example.jp"), context={}, about="", by=System())


def test_a_text_that_does_not_exist_or_lacks_a_value_is_refused_at_once() -> None:
    with pytest.raises(TemplateMissing):
        enqueue("no-such-text", to=HANAKO, context={}, about="", by=System())
    with pytest.raises(KeyError):
        enqueue("proposal-waiting", to=HANAKO, context={"title": "題"}, about="", by=System())


def test_a_value_that_looks_like_a_place_is_not_filled_again() -> None:
    assert "{number}" in posted(title="{number}").body


def test_the_words_in_force_today_are_used_and_ranges_cannot_overlap() -> None:
    template, clerk = Template.objects.create(code="proposal-waiting", title="決裁のお願い"), cast.clerk()
    template.publish(subject="旧", body="旧文", starts_on=date(2020, 4, 1), by=clerk)
    template.publish(subject="新", body="新文", starts_on=date(2021, 4, 1), by=clerk)
    template.publish(subject="先", body="先文", starts_on=date(2999, 4, 1), by=clerk)
    message = posted()
    assert (message.subject, cast.present(message.version).number) == ("新", 2)
    with pytest.raises((IntegrityError, ValidationError)):
        template.publish(subject="重", body="重複", starts_on=date(2021, 4, 1), by=clerk)


def test_a_published_text_refuses_to_be_changed_or_deleted() -> None:
    template = Template.objects.create(code="x", title="題")
    version = template.publish(subject="件名", body="本文", starts_on=date(2020, 4, 1), by=System())
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()


def test_a_message_may_come_back_from_the_post() -> None:
    delivery = posted().deliveries.get()
    deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.mark_returned(problem="あて所に尋ねあたりません", by=System())
    assert not delivery.mark_returned(problem="二度目", by=System())
