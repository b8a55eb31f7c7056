"""Who is told when nothing reaches a partner any more; and where no network leads, a file for each event."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks import Webhook

from tests.cast import present, signed_in
from tests.cast.cases import case, counter
from tests.cast.integrations import administrators, machine
from tests.integrations.receivers import Receiver, endpoint
from todoke.continuity.checks.work import partner_news
from todoke.continuity.health_checks import CheckState
from todoke.integrations.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from todoke.integrations.webhook_attempts import SCHEDULE, collect_events, deliver_due
from todoke.notices.models import Message
from todoke.runtime.refusals import NotYet

pytestmark = pytest.mark.django_db


def test_a_partner_that_says_gone_is_asked_no_more_and_those_responsible_are_told_once() -> None:
    at = counter()
    made, _ = endpoint(at)
    for _ in range(2):
        case(at)
    collect_events()
    deliver_due(send=Receiver(answers=410))
    made.refresh_from_db()
    assert made.stopped_at is not None
    assert not WebhookDelivery.objects.due(timezone.now() + timedelta(days=9)).exists()
    told = Message.objects.filter(code="webhook-stopped")
    assert {each.email for each in told} == {*(person.email for person in administrators()), at.chief.email}
    body = told[0].body
    assert "もう受け取らないと答えたため" in body
    assert "まだ届いていない知らせ: 2件" in body
    assert "/office/partners/resident-system/" in body
    assert "山田" not in body


def test_a_stopped_endpoint_stands_on_the_pages_of_those_who_can_take_it_up_again() -> None:
    at, other = counter(), counter("税務課", "2020")
    made, _ = endpoint(at)
    case(at)
    collect_events()
    deliver_due(send=Receiver(answers=410))
    for person, seen in ((administrators()[0], True), (at.chief, True), (at.clerk, False), (other.chief, False)):
        page = signed_in(person).get("/office/").content.decode()
        assert ("止まった連携先への知らせ" in page) is seen, person
    assert partner_news().state == CheckState.WARNING
    page = signed_in(at.chief).get("/office/partners/resident-system/").content.decode()
    assert "もう受け取らないと答えたため" in page
    assert "もう一度送る</button>" not in page
    by = administrators()[0]
    assert "住民情報システム" in signed_in(by).get("/office/partners/?told=stopped").content.decode()
    made.refresh_from_db()
    made.replay(by=by, since=made.registered_at)
    assert "止まった連携先への知らせ" not in signed_in(by).get("/office/").content.decode()
    assert partner_news().state == CheckState.OK


def test_what_has_not_arrived_is_sent_however_old_it_is() -> None:
    at = counter()
    made, _ = endpoint(at)
    case(at)
    collect_events()
    receiver, now = Receiver(answers=500), timezone.now()
    for _ in range(len(SCHEDULE) + 1):
        now = present(WebhookDelivery.objects.get().next_at)
        deliver_due(now, send=receiver)
    assert now - made.registered_at > timedelta(days=4)
    assert made.replay(by=administrators()[0], since=now - timedelta(hours=24)) == 1
    receiver.answers = 204
    assert deliver_due(timezone.now() + timedelta(minutes=1), send=receiver) == 1


def test_where_no_network_leads_each_event_is_a_signed_file_under_its_identity(
    settings: Settings, tmp_path: Path
) -> None:
    settings.WEBHOOK_FILES = str(tmp_path)
    at = counter()
    made, secret = WebhookEndpoint.register(machine(at).partner, by=administrators()[0])
    found = case(at)
    found.start_review(by=at.clerk)
    collect_events()
    nobody = Receiver()
    assert deliver_due(send=nobody) == 2
    assert nobody.tries == 0
    files = sorted((tmp_path / "resident-system").iterdir())
    identities = set(WebhookEvent.objects.values_list("identity", flat=True))
    assert {file.name for file in files} == {f"{identity}.json" for identity in identities}
    for file in files:
        told = json.loads(file.read_text())
        Webhook(secret).verify(told["body"], told["headers"])
        assert json.loads(told["body"])["data"]["number"] == found.number
        assert "山田" not in told["body"]
        file.unlink()
    made.replay(by=administrators()[0], since=made.registered_at)
    assert deliver_due(timezone.now() + timedelta(minutes=1), send=nobody) == 2
    assert {file.name for file in (tmp_path / "resident-system").iterdir()} == {f"{each}.json" for each in identities}


def test_a_file_that_was_half_written_is_none_and_comes_again(settings: Settings, tmp_path: Path) -> None:
    settings.WEBHOOK_FILES = str(tmp_path)
    at = counter()
    WebhookEndpoint.register(machine(at).partner, by=administrators()[0])
    case(at)
    collect_events()
    settings.WEBHOOK_FILES = str(tmp_path / "a file")
    (tmp_path / "a file").write_text("no folder")
    assert deliver_due() == 0
    settings.WEBHOOK_FILES = str(tmp_path)
    identity = WebhookEvent.objects.get().identity
    (tmp_path / "resident-system").mkdir()
    (tmp_path / "resident-system" / f"{identity}.part").write_text('{"headers": {')
    assert deliver_due(timezone.now() + timedelta(minutes=1)) == 1
    assert [file.name for file in (tmp_path / "resident-system").iterdir()] == [f"{identity}.json"]


def test_files_are_not_promised_where_the_operator_named_no_folder() -> None:
    at = counter()
    partner = machine(at).partner
    with pytest.raises(NotYet, match="置き場"):
        WebhookEndpoint.register(partner, by=administrators()[0])
    page = signed_in(administrators()[0]).post(
        "/office/partners/resident-system/endpoint/", {"way": "file"}, follow=True
    )
    assert "置き場が、まだ決まっていません" in page.content.decode()
    assert "住民情報システム" in page.content.decode()
    assert not WebhookEndpoint.objects.exists()
