"""抽選: what is drawn, how it is made sure that nobody bends it, an entry, and the file for whoever recomputes it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from todoke.bookings.models import Lottery, LotteryEntry
from todoke.portal.access import signed_in
from todoke.portal.bookings.booking_page import registrants_of
from todoke.portal.bookings.forms.bookings import EntryForm
from todoke.portal.bookings.span_words import span_in_words
from todoke.reception.lottery_awards import enter
from todoke.web.actions import RefusalsOn
from todoke.web.downloads import without_persons


def _lottery(number: str) -> Lottery:
    rows = Lottery.objects.announced().select_related("group__department", "rules")
    return get_object_or_404(rows, number=number)


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the draws, the newest first."""
    return render(request, "portal/bookings/lotteries.html", {"lotteries": Lottery.objects.announced()[:50]})


def _page(request: HttpRequest, lottery: Lottery, form: EntryForm | None = None) -> HttpResponse:
    items = list(lottery.items.select_related("unit__resource"))
    mine, counts = registrants_of(request.user), lottery.entry_counts()
    is_open = lottery.status == "open" and lottery.closes_at > timezone.now()
    context = {
        "lottery": lottery,
        "items": [(each, span_in_words(each.span), counts.get(each.code, 0)) for each in items],
        "form": form or (EntryForm(of=mine, items=items) if is_open and mine.exists() else None),
        "is_open": is_open,
        "entries": LotteryEntry.objects.filter(lottery=lottery, registrant__in=mine).select_related("result"),
    }
    return render(request, "portal/bookings/lottery.html", context, status=422 if form else 200)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show a draw: its times, its promise, and the tickets of the person who is signed in."""
    return _page(request, _lottery(number))


@login_required
def entry(request: HttpRequest, number: str) -> HttpResponse:
    """Enter a draw for one's registration."""
    lottery, user = _lottery(number), signed_in(request)
    if request.method != "POST":
        return redirect("portal:lottery", number)
    form = EntryForm(request.POST, of=registrants_of(user), items=list(lottery.items.select_related("unit__resource")))
    if form.is_valid():
        with RefusalsOn(form):
            made = enter(lottery, form.cleaned_data["registrant"], form.wanted(), by=user)
            messages.success(request, _("申し込みました。整理番号は%(ticket)sです。") % {"ticket": made.ticket})
            return redirect("portal:lottery", number)
    return _page(request, lottery, form)


@require_GET
def file(request: HttpRequest, number: str) -> HttpResponseBase:
    """Return the published file of a draw; it names nobody."""
    lottery = _lottery(number)
    if lottery.status != "drawn":
        return redirect("portal:lottery", number)
    return without_persons(lottery.published().text().encode(), f"{lottery.number}.txt", media_type="text/plain")
