"""Outage notices 障害のときの受取り方: while one way to a certificate is down, a draft names the others that work."""

from django.db import transaction

from todoke.accounts.actors import System
from todoke.insights.models import CertificateRoute
from todoke.systems.models import Incident, IncidentNotice

BY = System("証明書の受取り方")


@transaction.atomic
def draft_for(incident: Incident) -> IncidentNotice | None:
    """Draft a public notice with the ways that still work; None where the system is none of a certificate.

    Nothing is drafted while no other way works. A person reads and sends it.
    """
    stopped = list(CertificateRoute.objects.filter(system=incident.system))
    others = list(CertificateRoute.objects.working().exclude(system=incident.system))
    if not stopped or not others:
        return None
    notice = IncidentNotice.draft(incident, audience=IncidentNotice.Audience.PUBLIC, by=BY)
    names = "・".join(route.get_kind_display() for route in stopped)
    lines = [f"・{route.in_words}" for route in others]
    body = "\n".join([notice.body, "", f"{names}で証明書を受け取れない間は、次の方法で受け取れます。", *lines])
    IncidentNotice.objects.filter(pk=notice.pk).update(body=body, ends_with_incident=True)
    notice.refresh_from_db()
    return notice


def withdraw_for(incident: Incident) -> int:
    """Withdraw the notices that named other ways during an incident; return how many."""
    return sum(notice.withdraw(by=BY) for notice in incident.notices.filter(ends_with_incident=True))
