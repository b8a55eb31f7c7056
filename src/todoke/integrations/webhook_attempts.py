"""Webhook attempts 知らせの送信: finds what moved, sends it signed, and sends again over days (Standard Webhooks).

What moved is found in the history of the cases, so that no act of a person waits for or costs anything by a partner.
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from standardwebhooks import Webhook

from todoke.accounts.actors import System
from todoke.audit import log
from todoke.audit.transitions import compare_and_set
from todoke.cases.models import CaseEvent
from todoke.cases.models.status import DECIDED, Status
from todoke.integrations.models import Partner, WebhookDelivery, WebhookEndpoint, WebhookEvent
from todoke.integrations.outgoing_address import post
from todoke.integrations.stop_notices import tell_of_stop
from todoke.integrations.webhook_files import write_event

LOOKED_BACK, MOST = timedelta(days=2), 500
SCHEDULE = (
    timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=5),
    timedelta(hours=10), timedelta(hours=14), timedelta(hours=20), timedelta(hours=24), timedelta(hours=24),
)  # fmt: skip
"""What is waited after each attempt; together 4.1 days."""
GONE = 410
Send = Callable[[str, bytes, Mapping[str, str]], int]


def collect_events(now: datetime | None = None) -> int:
    """Write an event and its deliveries for each change of a case that no event tells yet; return how many."""
    since = (now or timezone.now()) - LOOKED_BACK
    endpoints = WebhookEndpoint.objects.listening().select_related("partner")
    found = 0
    for endpoint in endpoints:
        told = WebhookDelivery.objects.filter(event__source=OuterRef("pk"), endpoint=endpoint)
        moved = CaseEvent.objects.filter(
            ~Q(before=F("after")) & ~Q(after=""), ~Exists(told), case__department=endpoint.partner.department_id,
            at__gte=max(since, endpoint.registered_at),
        )  # fmt: skip
        for source in moved.select_related("case").order_by("pk")[:MOST]:
            with transaction.atomic():
                event = _event_of(source)
                WebhookDelivery.objects.get_or_create(
                    event=event, endpoint=endpoint, defaults={"next_at": now or timezone.now()}
                )
            found += 1
    return found


def _event_of(source: CaseEvent) -> WebhookEvent:
    log.lock_subject(f"webhook/{source.case_id}")
    there = WebhookEvent.objects.filter(source=source).first()
    if there is not None:
        return there
    count = WebhookEvent.objects.filter(case=source.case_id).count()
    return WebhookEvent.objects.create(
        kind=kind_of(source), case=source.case, source=source, sequence=count + 1, status=source.after, at=source.at
    )


def kind_of(source: CaseEvent) -> str:
    """Return the type of an event as partners read it."""
    if source.after in DECIDED:
        return "case.decided"
    return "case.accepted" if not source.before and source.after == Status.RECEIVED else "case.moved"


def body_of(event: WebhookEvent) -> bytes:
    """Return what is sent: number, status and the place in the order of the case or automation; never a name."""
    number = event.case.number if event.case else event.automation.code if event.automation else ""
    data = {"number": number, "status": event.status, "sequence": event.sequence}
    told = {"type": event.kind, "timestamp": event.at.isoformat(), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def signed_headers(endpoint: WebhookEndpoint, identity: str, body: bytes, at: datetime) -> dict[str, str]:
    """Return the headers of the specification; during a rotation with both signatures."""
    moment = at.astimezone(UTC)
    signatures = [Webhook(secret).sign(identity, moment, body.decode()) for secret in endpoint.secrets_at(at)]
    return {
        "content-type": "application/json", "webhook-id": identity, "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }  # fmt: skip


def deliver_due(now: datetime | None = None, send: Send = post) -> int:
    """Make the attempts that are due; return how many arrived. What another process has claimed is left to it."""
    now = now or timezone.now()
    related = ("event__case", "event__automation", "endpoint__partner__department")
    arrived = 0
    for delivery in WebhookDelivery.objects.due(now).select_related(*related).order_by("next_at", "pk")[:MOST]:
        if delivery.endpoint.partner.status == Partner.Status.APPROVED:
            arrived += _attempt(delivery, now, send)
    return arrived


def _attempt(delivery: WebhookDelivery, now: datetime, send: Send) -> bool:
    """Claim an attempt by setting when the next would be, send, and write down what came of it."""
    made, read = delivery.attempts, {"attempts": delivery.attempts, "next_at": delivery.next_at}
    following = now + SCHEDULE[made] if made < len(SCHEDULE) else None
    if not compare_and_set(delivery, read, attempts=made + 1, next_at=following):
        return False
    body = body_of(delivery.event)
    status: int | None = None
    with suppress(OSError):
        headers = signed_headers(delivery.endpoint, delivery.event.identity, body, now)
        status = _sent(delivery.endpoint, body, headers, send)
    if status is not None and 200 <= status < 300:
        WebhookDelivery.objects.filter(pk=delivery.pk).update(delivered_at=now, next_at=None, answered=status)
        waiting = WebhookDelivery.objects.filter(endpoint=delivery.endpoint_id, next_at__gt=now, attempts__gt=0)
        waiting.update(next_at=now)
        return True
    WebhookDelivery.objects.filter(pk=delivery.pk).update(answered=status)
    if following is None or status == GONE:
        _stop(delivery.endpoint, WebhookEndpoint.GONE if status == GONE else WebhookEndpoint.SILENT, now)
    return False


def _sent(endpoint: WebhookEndpoint, body: bytes, headers: Mapping[str, str], send: Send) -> int:
    """Send to the address of an endpoint, or write the file; return the status. Raises OSError."""
    return write_event(endpoint.partner.code, body, headers) if endpoint.by_file else send(endpoint.url, body, headers)


@transaction.atomic
def _stop(endpoint: WebhookEndpoint, because: str, now: datetime) -> None:
    """Stop an endpoint and tell by mail whoever is responsible; once."""
    if endpoint.stop(because, at=now, by=System()):
        tell_of_stop(endpoint)
