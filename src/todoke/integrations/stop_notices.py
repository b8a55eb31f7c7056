"""Stop notices 知らせが止まったことの知らせ: mails to those who can take an endpoint up again, and to the chief."""

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.audit.log import subject_of
from todoke.integrations.models import WebhookDelivery, WebhookEndpoint
from todoke.integrations.permissions import CONSENT_TO_PARTNER, MANAGE_PARTNERS
from todoke.notices.outbox import Recipient, enqueue
from todoke.runtime.links import absolute


def responsible_people(endpoint: WebhookEndpoint) -> list[User]:
    """Return who registered or approved the partner and still manages partners, else all who do; and the chief."""
    partner = endpoint.partner
    managers = MANAGE_PARTNERS.people()
    own = managers.filter(pk__in=[partner.registered_by_id, partner.approved_by_id])
    found = [*(own or managers), *CONSENT_TO_PARTNER.people(partner.department)]
    return list({person.pk: person for person in found}.values())


def tell_of_stop(endpoint: WebhookEndpoint) -> int:
    """Mail everybody responsible that an endpoint was stopped, and why; return how many. Part of the caller's act."""
    partner, people = endpoint.partner, responsible_people(endpoint)
    waiting = WebhookDelivery.objects.filter(endpoint=endpoint, delivered_at=None).count()
    for person in people:
        context = {
            "name": person.name, "partner": partner.name, "department": partner.department.name,
            "reason": endpoint.stopped_because, "waiting": f"{waiting:,}", "contact": partner.contact,
            "url": absolute("office:partner", partner.code),
        }  # fmt: skip
        enqueue("webhook-stopped", to=Recipient.of(person), context=context, about=subject_of(endpoint), by=System())
    return len(people)
