"""A partner is told what moved: signed, over days, in a numbered order, and never at an address inside the house."""

import base64
import hashlib
import hmac
import json
import re
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings
from standardwebhooks import Webhook

from tests.cast import present
from tests.cast.cases import case, counter
from tests.cast.integrations import administrators, machine, registered
from tests.cast.races import together
from tests.integrations.receivers import URL, Receiver, endpoint
from todoke.cases.models import CaseEvent
from todoke.integrations.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from todoke.integrations.outgoing_address import Target, Unreachable, checked_address, is_allowed, parsed_url
from todoke.integrations.webhook_attempts import SCHEDULE, collect_events, deliver_due, signed_headers
from todoke.runtime.client_address import parse_networks
from todoke.runtime.refusals import NotAllowed, NotYet, Refused

pytestmark = pytest.mark.django_db


def test_the_vector_of_the_specification() -> None:
    """The example of the specification and of its reference libraries."""
    secret, body = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", '{"test": 2432232314}'
    at = datetime.fromtimestamp(1614265330, UTC)
    signature = Webhook(secret).sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, body)
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_moved_case_is_told_signed_and_without_a_name() -> None:
    at = counter()
    _, secret = endpoint(at)
    found = case(at)
    found.start_review(by=at.clerk)
    assert (collect_events(), collect_events()) == (2, 0)
    receiver = Receiver()
    assert deliver_due(send=receiver) == 2
    told = [json.loads(body) for _, body, _ in receiver.got]
    assert [(each["type"], each["data"]["sequence"]) for each in told] == [("case.accepted", 1), ("case.moved", 2)]
    assert {each["data"]["number"] for each in told} == {found.number}
    for url, body, headers in receiver.got:
        assert url == URL
        assert "山田" not in body.decode()
        Webhook(secret).verify(body, dict(headers))
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        seal = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{seal}"
    assert deliver_due(send=receiver) == 0


def test_after_a_rotation_both_signatures_hold_for_a_day() -> None:
    at = counter()
    made, old = endpoint(at)
    new = made.rotate(by=administrators()[0])
    now = timezone.now()
    headers = signed_headers(made, "evt_1", b"{}", now)
    for secret in (old, new):
        Webhook(secret).verify(b"{}", headers)
    later = signed_headers(made, "evt_1", b"{}", now + timedelta(days=2))["webhook-signature"]
    assert len(later.split()) == 1


def test_another_sections_partner_is_told_nothing() -> None:
    here, there = counter(), counter("税務課", "2020")
    endpoint(there)
    case(here)
    assert collect_events() == 0


def test_a_replay_sends_again_under_the_same_identity() -> None:
    at = counter()
    made, _ = endpoint(at)
    case(at)
    collect_events()
    receiver = Receiver()
    deliver_due(send=receiver)
    assert made.replay(by=administrators()[0], since=timezone.now() - timedelta(days=1)) == 1
    deliver_due(timezone.now() + timedelta(minutes=1), send=receiver)
    assert len(receiver.got) == 2
    assert len({headers["webhook-id"] for _, _, headers in receiver.got}) == 1
    assert WebhookEvent.objects.count() == 1


def test_a_partner_that_never_answers_is_stopped_after_four_days_and_can_be_taken_up_again() -> None:
    at = counter()
    made, _ = endpoint(at)
    case(at)
    collect_events()
    receiver = Receiver(answers=500)
    now = timezone.now()
    for _ in range(len(SCHEDULE) + 1):
        receiver.now = now = present(WebhookDelivery.objects.get().next_at)
        deliver_due(now, send=receiver)
    made.refresh_from_db()
    assert (receiver.tries, made.stopped_at) == (11, now)
    assert now - made.registered_at > timedelta(days=4)
    made.replay(by=administrators()[0], since=made.registered_at)
    receiver.answers = 200
    assert deliver_due(timezone.now() + timedelta(minutes=1), send=receiver) == 1


@pytest.mark.slow
def test_after_72_hours_without_an_answer_all_500_events_arrive() -> None:
    at = counter()
    made, _ = endpoint(at)
    begun = timezone.now()
    subjects = [case(at) for _ in range(50)]
    for found in subjects:
        CaseEvent.objects.bulk_create(
            CaseEvent(case=found, at=begun, act="試し", before="received", after="review", actor_label="見本")
            for _ in range(9)
        )
    while collect_events():
        pass
    assert WebhookEvent.objects.count() == 500
    receiver, now = Receiver(up_from=begun + timedelta(hours=72)), begun
    while (waiting := WebhookDelivery.objects.filter(next_at__isnull=False).order_by("next_at").first()) is not None:
        receiver.now = now = max(now, present(waiting.next_at)) + timedelta(minutes=1)
        deliver_due(now, send=receiver)
    identities = [headers["webhook-id"] for _, _, headers in receiver.got]
    assert len(identities) == len(set(identities)) == 500
    orders: dict[str, set[int]] = defaultdict(set)
    for _, body, _ in receiver.got:
        data = json.loads(body)["data"]
        orders[data["number"]].add(data["sequence"])
    assert all(places == set(range(1, 11)) for places in orders.values())
    assert len(orders) == 50
    assert now - begun < timedelta(hours=100)
    made.refresh_from_db()
    assert made.stopped_at is None


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_what_four_workers_find_due_at_one_moment_is_sent_once() -> None:
    at = counter()
    endpoint(at)
    case(at)
    collect_events()
    receiver, now = Receiver(), timezone.now() + timedelta(minutes=1)
    together(*[lambda: deliver_due(now, send=receiver) for _ in range(4)])
    assert receiver.tries == 1


@pytest.mark.parametrize(
    "url",
    ["http://partner.example.jp/", "https://user:secret@partner.example.jp/", "https:///x", "ftp://a", "https://a/ b",
     "https://partner.example.jp/#x", "https://[::1", "https://例え.jp/"],
)  # fmt: skip
def test_an_address_of_another_shape_is_refused(url: str) -> None:
    with pytest.raises(Refused):
        parsed_url(url)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fe80::1", "fd00::1", "::ffff:10.0.0.1",
     "0.0.0.0", "224.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_nothing_is_sent_inside_the_house_unless_the_operator_allows_it(address: str, settings: Settings) -> None:
    assert not is_allowed(address)
    with pytest.raises(Unreachable):
        checked_address(Target("partner.example.jp", 443, "/"), lambda host, port: ["203.0.114.7", address])
    settings.WEBHOOK_NETWORKS = parse_networks("10.0.0.0/8")
    assert is_allowed(address) == (address in {"10.0.0.1", "::ffff:10.0.0.1"})


def test_an_address_is_registered_by_an_administrator_for_a_partner_in_use() -> None:
    at = counter()
    account = machine(at)
    with pytest.raises(NotAllowed):
        WebhookEndpoint.register(account.partner, URL, by=at.chief)
    with pytest.raises(NotYet):
        WebhookEndpoint.register(registered(at, code="other"), URL, by=administrators()[0])
    made, secret = WebhookEndpoint.register(account.partner, URL, by=administrators()[0])
    assert secret not in made.secret


def test_the_code_that_the_page_gives_to_engineers_checks_what_we_send() -> None:
    at = counter()
    _, secret = endpoint(at)
    case(at)
    collect_events()
    received = Receiver()
    deliver_due(timezone.now() + timedelta(minutes=1), send=received)
    [(_, body, headers)] = received.got
    page = unescape(Client().get("/api/").content.decode())
    program = next(text for text in re.findall(r"<code>(.*?)</code>", page, re.DOTALL) if "def is_ours" in text)
    told: dict[str, Any] = {}
    exec(program, told)
    assert told["is_ours"](headers, body, secret)
    assert not told["is_ours"](headers, body + b" ", secret)
    assert not told["is_ours"]({**headers, "webhook-timestamp": "1"}, body, secret)
