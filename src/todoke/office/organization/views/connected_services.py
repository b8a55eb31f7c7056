"""連携サービス: the city's other services that take our sign-in; registered by one person, approved by another."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.federation.models import RelyingParty
from todoke.federation.permissions import REGISTER_PROVIDER
from todoke.office.organization.forms.connected_services import ServiceForm
from todoke.runtime.links import absolute
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    by = staff(request, REGISTER_PROVIDER)
    parties = RelyingParty.objects.select_related("department", "client", "registered_by")
    return render(
        request, "office/connected_services/index.html", {"parties": parties, "form": ServiceForm(), "by": by}
    )


@requires_recent_factor
@action("office:services")
def registration(request: HttpRequest) -> HttpResponse:
    """Register a service and show its secret, once."""
    by = staff(request, REGISTER_PROVIDER)
    party, secret = RelyingParty.register(by=by, **cleaned(ServiceForm(request.POST)))
    context = {"party": party, "secret": secret, "address": absolute("idp:oidc:configuration")}
    return render(request, "office/connected_services/secret.html", context)


def _party(client: str) -> RelyingParty:
    return get_object_or_404(RelyingParty.objects.select_related("client", "registered_by"), client=client)


@requires_recent_factor
@action("office:services")
def approval(request: HttpRequest, client: str) -> str:
    _party(client).approve(by=staff(request, REGISTER_PROVIDER))
    return "サービスを承認しました。住民が同意すると、つながります。"


@requires_recent_factor
@action("office:services")
def ending(request: HttpRequest, client: str) -> str:
    _party(client).end(by=staff(request, REGISTER_PROVIDER))
    return "サービスとの連携をやめました。"
