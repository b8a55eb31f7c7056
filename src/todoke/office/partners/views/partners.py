"""連携先: registered by an administrator, consented to by the chief, approved by a second administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.integrations.models import ApiKey, HandoverLine, Partner, WebhookDelivery, WebhookEndpoint
from todoke.integrations.permissions import CARRY_PARCELS, CONSENT_TO_PARTNER, MANAGE_PARTNERS
from todoke.integrations.scopes import Scope
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.partners.forms.partners import EndForm, EndpointForm, KeyForm, PartnerForm, ReplayForm
from todoke.office.partners.partner_list import PartnerList
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    user = staff(request)
    if wanted_format(request.GET):
        return list_response(PartnerList(user), request)
    context = {"may_manage": MANAGE_PARTNERS.held_by(user), **PartnerList(user).page(request.GET).context()}
    return render(request, "office/partners/index.html", context)


@require_http_methods(["GET", "POST"])
def registration(request: HttpRequest) -> HttpResponse:
    """Register a partner; nothing is open to it yet."""
    by, form = staff(request, MANAGE_PARTNERS), PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = Partner.register(by=by, **form.cleaned_data)
            messages.success(request, f"「{made.name}」を登録しました。まだ何も開いていません。")
            return redirect("office:partner", code=made.code)
    return render(request, "office/partners/registration.html", {"form": form}, status=422 if form.errors else 200)


def partner_of(request: HttpRequest, code: str) -> Partner:
    related = ("department", "registered_by", "consented_by", "approved_by")
    return get_object_or_404(Partner.objects.visible_to(staff(request)).select_related(*related), code=code)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    user, partner = staff(request), partner_of(request, code)
    keys = ApiKey.objects.filter(machine__partner=partner).select_related("issued_by")
    context = {
        "partner": partner, "keys": keys, "live": sum(key.is_live for key in keys), "key_form": KeyForm(),
        "end_form": EndForm(), "may_manage": MANAGE_PARTNERS.held_by(user),
        "may_carry": CARRY_PARCELS.held_by(user), "line": HandoverLine.objects.filter(partner=partner).first(),
        "may_approve": MANAGE_PARTNERS.held_by(user) and user.pk != partner.registered_by_id,
        "may_consent": CONSENT_TO_PARTNER.held_by(user, partner.department),
    }  # fmt: skip
    return render(request, "office/partners/show.html", context | _endpoint(partner))


def _endpoint(partner: Partner) -> dict[str, object]:
    """Return where the partner is told what moved, and how much has not arrived."""
    found = WebhookEndpoint.objects.filter(partner=partner).first()
    waiting = WebhookDelivery.objects.filter(endpoint__partner=partner, delivered_at__isnull=True)
    return {
        "endpoint": found, "waiting": waiting.count(), "may_be_told": Scope.EVENTS in partner.allowed,
        "endpoint_form": EndpointForm(initial=_way_of(found)), "replay_form": ReplayForm(),
    }  # fmt: skip


def _way_of(endpoint: WebhookEndpoint | None) -> dict[str, str]:
    by_file = endpoint is not None and endpoint.by_file
    return {"way": "file" if by_file else "network", "url": endpoint.url if endpoint else ""}


@action("office:partner", "code")
def consent(request: HttpRequest, code: str) -> str:
    partner_of(request, code).consent(by=staff(request))
    return "同意しました。別のシステム管理担当が承認すると、使えるようになります。"


@action("office:partner", "code")
def approval(request: HttpRequest, code: str) -> str:
    partner_of(request, code).approve(by=staff(request, MANAGE_PARTNERS))
    return "承認しました。鍵を出すと、つなげます。"


@requires_recent_factor
@action("office:partner", "code")
def key(request: HttpRequest, code: str) -> HttpResponse:
    """Issue a key and show it, once."""
    by, partner = staff(request, MANAGE_PARTNERS), partner_of(request, code)
    given = cleaned(KeyForm(request.POST))
    made, text = ApiKey.issue(partner.machine_in_use(), days=given["days"], by=by)
    earlier = made.machine.keys.live().exclude(pk=made.pk).exists()
    context = {"partner": partner, "key": made, "text": text, "earlier": earlier}
    return render(request, "office/partners/key.html", context)


@action("office:partner", "code")
def revocation(request: HttpRequest, code: str, number: str) -> str:
    by, partner = staff(request, MANAGE_PARTNERS), partner_of(request, code)
    found = get_object_or_404(ApiKey, machine__partner=partner, public_id=number)
    found.revoke(by=by, reason="システム管理担当の操作")
    return "鍵を失効させました。この鍵では、もうつなげません。"


@action("office:partner", "code")
def end(request: HttpRequest, code: str) -> str:
    by, partner = staff(request, MANAGE_PARTNERS), partner_of(request, code)
    partner.end(by=by, **cleaned(EndForm(request.POST)))
    return "連携を終えました。鍵はすべて失効し、この連携先からは、もう何も読めません。"
