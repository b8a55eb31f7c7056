"""Automation events 自動化の動きの知らせ: what partners of a section are told of its automations."""

from django.db import transaction
from django.utils import timezone

from todoke.audit import log
from todoke.integrations.models import WebhookDelivery, WebhookEndpoint, WebhookEvent
from todoke.systems.models import Automation

STOPPED, MISSED = "automation.stopped", "automation.missed"


@transaction.atomic
def tell_partners(automation: Automation, kind: str) -> int:
    """Write an event and its deliveries to the partners of the section that listen; return how many deliveries.

    Nothing is sent here: a delivery is due at once and sent by its own task.
    """
    endpoints = list(WebhookEndpoint.objects.listening().filter(partner__department=automation.department))
    if not endpoints:
        return 0
    log.lock_subject(f"webhook/automation/{automation.pk}")
    now, count = timezone.now(), WebhookEvent.objects.filter(automation=automation).count()
    event = WebhookEvent.objects.create(
        kind=kind, automation=automation, sequence=count + 1, status=automation.status, at=now
    )
    WebhookDelivery.objects.bulk_create(
        WebhookDelivery(event=event, endpoint=endpoint, next_at=now) for endpoint in endpoints
    )
    return len(endpoints)
