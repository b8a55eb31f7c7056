"""引渡しの経路: with whom parcels are exchanged, what waits, and the last parcels both ways."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.integrations.handover import outbound_parcels
from todoke.integrations.models import HandoverLine, Partner
from todoke.integrations.permissions import CARRY_PARCELS
from todoke.integrations.scopes import Scope
from todoke.lists.bounded_count import bounded_count
from todoke.office.partners.forms.parcels import LineForm, ParcelFileForm
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor

LATEST = 10


def line_of(request: HttpRequest, code: str) -> HandoverLine:
    staff(request, CARRY_PARCELS)
    return get_object_or_404(HandoverLine.objects.select_related("partner__department"), partner__code=code)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show what waits on a line, and take what is brought."""
    line = line_of(request, code)
    allowed, in_use = line.partner.allowed, line.partner.status == Partner.Status.APPROVED
    gives, tells = in_use and Scope.ANSWERS in allowed, in_use and Scope.STATUS in allowed
    parcels = line.parcels.select_related("begun_by")
    context = {
        "line": line, "in_use": in_use, "gives": gives, "takes": in_use and Scope.SUBMIT in allowed,
        "applications": bounded_count(outbound_parcels.waiting_applications(line)) if gives else 0,
        "states": bounded_count(outbound_parcels.waiting_states(line)) if tells else 0,
        "kept_back": bounded_count(outbound_parcels.kept_back(line)) if gives else 0,
        "making": parcels.filter(status="making").first(), "form": ParcelFileForm(), "parcels": parcels[:LATEST],
    }  # fmt: skip
    return render(request, "office/parcels/line.html", context)


@requires_recent_factor
@require_http_methods(["GET", "POST"])
def registration(request: HttpRequest, code: str) -> HttpResponse:
    """Register or change the line of a partner."""
    by = staff(request, CARRY_PARCELS)
    partner = get_object_or_404(Partner.objects.visible_to(by), code=code)
    line = HandoverLine.objects.filter(partner=partner).first()
    form = LineForm(request.POST or None, instance=line)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            HandoverLine.register(partner, by=by, **form.cleaned_data)
            messages.success(request, "引渡しの経路を登録しました。")
            return redirect("office:handover-line", code=code)
    context = {"form": form, "partner": partner, "line": line, "has_peers": bool(settings.PEERS)}
    return render(request, "office/parcels/registration.html", context, status=422 if form.errors else 200)
