"""What could not be delivered reaches the office next morning, once, without anybody's name in it."""

import pytest

from tests import cast
from todoke.accounts.actors import System
from todoke.jobs.models import Job
from todoke.notices.digest import send_digest
from todoke.notices.models import Delivery, Message
from todoke.notices.outbox import Recipient, enqueue
from todoke.notices.tasks import send_digest as morning_task
from todoke.organization.models import Post

pytestmark = pytest.mark.django_db


def failed_notice() -> Message:
    context = {"title": "極秘", "number": "K2026-000001", "url": "", "name": "山田 花子"}
    hanako = Recipient("hanako@example.jp", name="山田 花子")
    message = enqueue("proposal-waiting", to=hanako, context=context, about="K2026-000001", by=System())
    message.deliveries.get().mark_failed("宛先が拒まれました(550)")
    return message


def test_the_administrator_is_told_once_a_day_and_no_name_is_told() -> None:
    admin = cast.staff("井上 学", "admin@example.lg.jp", Post.Role.ADMINISTRATOR)
    failed_notice()
    assert send_digest() == 1
    assert send_digest() == 0
    digest = Message.objects.get(user=admin)
    assert "K2026-000001 proposal-waiting 配達不能 宛先が拒まれました(550)" in digest.body
    assert "花子" not in digest.body
    assert "hanako" not in digest.body


def test_a_quiet_day_sends_nothing() -> None:
    cast.staff("井上 学", "admin@example.lg.jp", Post.Role.ADMINISTRATOR)
    assert send_digest() == 0


def test_dead_letters_are_in_the_digest_too() -> None:
    admin = cast.staff("井上 学", "admin@example.lg.jp", Post.Role.ADMINISTRATOR)
    morning_task.enqueue()
    job = cast.present(Job.objects.lease_next("一号"))
    Job.objects.filter(pk=job.pk).update(attempts=99)
    job.refresh_from_db()
    job.fail(ValueError())
    send_digest()
    assert "todoke.notices.tasks.send_digest" in Message.objects.get(user=admin).body


def test_a_failed_digest_is_not_told_about_again() -> None:
    cast.staff("井上 学", "admin@example.lg.jp", Post.Role.ADMINISTRATOR)
    failed_notice()
    send_digest()
    Delivery.objects.get(message__code="failure-digest").mark_failed("宛先が拒まれました(550)")
    assert send_digest() == 0
    assert Message.objects.filter(code="failure-digest").count() == 1
