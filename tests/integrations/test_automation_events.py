"""A partner of the section hears that an automation stopped or did not run: thin, numbered, signed and only there."""

import json
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from standardwebhooks import Webhook

from tests import cast
from tests.cast import automations as of_automations
from tests.cast.cases import Counter, counter
from tests.integrations.receivers import Receiver, endpoint
from todoke.integrations.models import WebhookDelivery, WebhookEvent
from todoke.integrations.webhook_attempts import collect_events, deliver_due
from todoke.japanese.calendar import JAPAN
from todoke.organization.models import Department
from todoke.spreadsheets.column_difference import TableShape
from todoke.systems.automations.missed_runs import find_missed
from todoke.systems.models import Automation, AutomationRun

pytestmark = pytest.mark.django_db
RENAMED = TableShape.of(("世帯番号", "世帯主氏名", "金額"), "utf-8")


def _section(at: Counter) -> Department:
    return at.clerk.tenures.all()[0].post.department


def told(receiver: Receiver) -> list[tuple[str, dict[str, object]]]:
    found = [json.loads(body) for _, body, _ in receiver.got]
    return [(each["type"], each["data"]) for each in found]


def test_a_stop_for_changed_columns_is_told_once_with_code_and_place_and_no_text_of_the_file() -> None:
    at = counter()
    _, secret = endpoint(at)
    made = of_automations.running(_section(at), reads_file=True)
    AutomationRun.begin(made, "run-1", shape=RENAMED, by=cast.present(made.owner.tenures.first()).user)
    receiver = Receiver()
    assert deliver_due(timezone.now() + timedelta(seconds=1), send=receiver) == 1
    assert told(receiver) == [("automation.stopped", {"number": made.code, "status": "stopped", "sequence": 1})]
    _, body, headers = receiver.got[0]
    Webhook(secret).verify(body, dict(headers))
    assert "世帯主" not in body.decode()
    assert deliver_due(timezone.now() + timedelta(minutes=1), send=receiver) == 0


def test_two_missed_mondays_are_two_events_in_order_and_a_second_look_adds_none() -> None:
    at = counter()
    endpoint(at)
    made = of_automations.running(_section(at), cycle="weekly", weekday=0)
    Automation.objects.filter(pk=made.pk).update(activated_at=datetime(2026, 6, 1, 12, tzinfo=JAPAN))
    now = datetime(2026, 6, 15, 12, tzinfo=JAPAN)
    assert (find_missed(now), find_missed(now)) == (2, 0)
    events = WebhookEvent.objects.filter(automation=made).order_by("pk")
    assert [(event.kind, event.sequence) for event in events] == [("automation.missed", 1), ("automation.missed", 2)]
    assert WebhookDelivery.objects.count() == 2
    assert collect_events() == 0


def test_a_partner_of_another_section_hears_nothing() -> None:
    here, there = counter(), counter("税務課", "2020")
    endpoint(there)
    made = of_automations.running(_section(here))
    made.stop("点検のため", by=cast.present(made.owner.tenures.first()).user)
    assert not WebhookEvent.objects.exists()


def test_a_replay_sends_the_event_of_an_automation_again_under_its_identity() -> None:
    at = counter()
    made, _ = endpoint(at)
    automation = of_automations.running(_section(at))
    automation.stop("点検のため", by=cast.present(automation.owner.tenures.first()).user)
    receiver, later = Receiver(), timezone.now() + timedelta(minutes=1)
    deliver_due(later, send=receiver)
    assert made.replay(by=cast.headquarters(), since=timezone.now() - timedelta(days=1)) == 1
    deliver_due(later + timedelta(minutes=1), send=receiver)
    assert len({headers["webhook-id"] for _, _, headers in receiver.got}) == 1
    assert len(receiver.got) == 2
