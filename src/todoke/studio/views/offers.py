"""オンライン受付: offers and their releases: form version, fee, approval route and letters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from todoke.lists.list_page import list_page
from todoke.offers.models import Offer, Release
from todoke.offers.permissions import MANAGE_OFFER
from todoke.procedures import search
from todoke.procedures.models import Procedure
from todoke.studio.form_lists import OfferList
from todoke.studio.forms.offers import OfferForm, ReleaseForm, ScheduleForm
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor

MOST_SHOWN = 20
"""How many procedures a search shows to choose from."""


def _offer(code: str) -> Offer:
    return get_object_or_404(Offer.objects.select_related("procedure", "department"), code=code)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show every offer with its release in force and the number of applications."""
    return list_page(request, OfferList(staff(request)), "studio/offers/index.html")


@require_http_methods(["GET", "HEAD", "POST"])
def addition(request: HttpRequest) -> HttpResponse:
    """Find a procedure by words and create its offer; nothing is public before its first release."""
    user, words, chosen = staff(request), request.GET.get("q", "").strip()[:100], request.GET.get("number", "")[:12]
    rows = Procedure.objects.current().select_related("department")
    found = rows.filter(number=chosen) if chosen else rows.filter(search.matching(words)).order_by("serial")
    shown = list(found[:MOST_SHOWN]) if chosen or words else []
    form = OfferForm(request.POST or None, found=shown)
    if request.method == "POST" and form.is_valid():
        staff(request, MANAGE_OFFER, form.section)
        offer = form.add()
        messages.success(
            request, f"「{offer}」のオンライン受付を用意しました({user.name})。次に、条件を決めて公開します。"
        )
        return redirect("studio:offer", code=offer.code)
    context = {"form": form, "words": words, "shown": shown, "full": len(shown) == MOST_SHOWN}
    return render(request, "studio/offers/addition.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, offer: Offer, status: int = 200, **forms: object) -> HttpResponse:
    releases = list(offer.releases.select_related("form_version", "route", "published_by"))
    last = releases[0] if releases else None
    context = {
        "offer": offer,
        "releases": releases,
        "release_form": ReleaseForm(last=last),
        "schedule_form": ScheduleForm(instance=offer),
        **forms,
    }
    return render(request, "studio/offers/show.html", context, status=status)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one offer, its releases, and the forms for the next release and the opening times."""
    return _page(request, _offer(code))


@requires_recent_factor
@require_POST
def release(request: HttpRequest, code: str) -> HttpResponse:
    """Publish the next release; existing cases keep theirs."""
    offer = _offer(code)
    user, form = staff(request, MANAGE_OFFER, offer.department), ReleaseForm(request.POST)
    if not form.is_valid():
        return _page(request, offer, 422, release_form=form)
    terms = {name: form.cleaned_data[name] for name in form.Meta.fields}
    published = Release.publish(offer, rows=form.rows(), by=user, **terms)
    messages.success(request, f"第{published.number}版を公開しました。住民のページから申請できます。")
    return redirect("studio:offer", code=code)


@require_POST
def schedule(request: HttpRequest, code: str) -> HttpResponse:
    """Change the opening times, with a reason."""
    offer = _offer(code)
    user, form = staff(request, MANAGE_OFFER, offer.department), ScheduleForm(request.POST, instance=_offer(code))
    if not form.is_valid():
        return _page(request, offer, 422, schedule_form=form)
    given = form.cleaned_data
    times = {name: given[name] for name in ("opens_at", "closes_at", "capacity")}
    offer.reschedule(**times, reason=given["reason"], by=user)
    messages.success(request, "受付の期間を変えました。")
    return redirect("studio:offer", code=code)
