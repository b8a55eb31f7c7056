"""知らせの送り先: where a partner is told what moved, its secret, and sending once more."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from todoke.integrations.models import Partner, WebhookEndpoint
from todoke.integrations.permissions import MANAGE_PARTNERS
from todoke.office.partners.forms.partners import EndpointForm, ReplayForm
from todoke.office.partners.views.partners import partner_of
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor


def _shown(request: HttpRequest, partner: Partner, secret: str) -> HttpResponse:
    return render(request, "office/partners/secret.html", {"partner": partner, "secret": secret})


@requires_recent_factor
@action("office:partner", "code")
def registration(request: HttpRequest, code: str) -> HttpResponse:
    """Register or change the address, and show its secret, once."""
    by, partner = staff(request, MANAGE_PARTNERS), partner_of(request, code)
    _, text = WebhookEndpoint.register(partner, cleaned(EndpointForm(request.POST))["url"], by=by)
    return _shown(request, partner, text)


@requires_recent_factor
@action("office:partner", "code")
def secret(request: HttpRequest, code: str) -> HttpResponse:
    """Give a new secret and show it, once."""
    by, partner = staff(request, MANAGE_PARTNERS), partner_of(request, code)
    return _shown(request, partner, get_object_or_404(WebhookEndpoint, partner=partner).rotate(by=by))


@action("office:partner", "code")
def replay(request: HttpRequest, code: str) -> str:
    by, partner = staff(request, MANAGE_PARTNERS), partner_of(request, code)
    hours = cleaned(ReplayForm(request.POST))["hours"]
    count = get_object_or_404(WebhookEndpoint, partner=partner).replay(
        by=by, since=timezone.now() - timedelta(hours=hours)
    )
    return f"{count:,}件を、同じ番号でもう一度送ります。1分ほどで出ていきます。"
