"""抽選: the draws of one's own halls, an announcement, an entry by telephone or paper, and the draw itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from todoke.bookings.models import Lottery, LotteryResult
from todoke.lists.list_page import list_page
from todoke.office.reception.day_sheet import hall_manager, manages_halls
from todoke.office.reception.forms.lotteries import AnnouncementForm, DrawForm, EntryRecordForm
from todoke.office.reception.lottery_list import LotteryList
from todoke.reception import lottery_awards
from todoke.reception.booking_notices import moment
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff

SHOWN_RESULTS = 200


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the draws of one's own halls."""
    by = staff(request)
    return list_page(request, LotteryList(by), "office/lotteries/index.html", {"may": manages_halls(by)})


def announcement(request: HttpRequest) -> HttpResponse:
    """Announce a draw; its times are held until then, and the promise of the seed is public at once."""
    by = hall_manager(request)
    form = AnnouncementForm(request.POST or None, user=by)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            typed = form.cleaned_data
            made = lottery_awards.announce(
                typed["units"][0].resource.group, typed["title"], typed["items"], source=typed["source"],
                closes_at=typed["closes_at"], draws_at=typed["draws_at"], limit=typed["limit"], by=by,
            )  # fmt: skip
            messages.success(request, f"公告しました。{len(typed['items']):,}の枠を、抽選まで押さえています。")
            return redirect("office:lottery", made.number)
    return render(request, "office/lotteries/announcement.html", {"form": form}, status=422 if form.errors else 200)


def _lottery(request: HttpRequest, number: str) -> Lottery:
    rows = Lottery.objects.visible_to(staff(request)).select_related("group__department", "rules")
    return get_object_or_404(rows, number=number)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show a draw: what comes next, how many want what, and the results in their order."""
    lottery, now = _lottery(request, number), timezone.now()
    may = lottery.group.can_run_lotteries(staff(request))
    context = {
        "lottery": lottery,
        "items": _demand(lottery),
        "results": _results(lottery),
        "entries": lottery.entries.count(),
        "may_enter": lottery.status == "open" and lottery.closes_at > now,
        "form": DrawForm() if may and lottery.status == "closed" and lottery.draws_at <= now else None,
    }
    return render(request, "office/lotteries/show.html", context)


def _demand(lottery: Lottery) -> list[dict[str, Any]]:
    """Return the times of a draw with how many entries want each."""
    counts = lottery.entry_counts()
    items = lottery.items.select_related("unit__resource")
    return [
        {"item": each, "when": f"{moment(each.starts_at)}~{moment(each.ends_at)[-5:]}", "count": counts[each.code]}
        for each in items
    ]


def _results(lottery: Lottery) -> list[LotteryResult]:
    rows = lottery.results.select_related("entry__registrant")
    return list(rows.order_by("position")[:SHOWN_RESULTS])


def entry(request: HttpRequest, number: str) -> HttpResponse:
    """Enter a draw for a registrant, as on the residents' page."""
    lottery = _lottery(request, number)
    items = list(lottery.items.select_related("unit__resource"))
    form = EntryRecordForm(request.POST or None, items=items)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = lottery_awards.enter(lottery, form.cleaned_data["registrant"], form.wanted(), by=staff(request))
            messages.success(
                request, f"申込みを受け付けました。整理番号は {made.ticket} です。申込んだ人に伝えてください。"
            )
            return redirect("office:lottery", number)
    context = {"lottery": lottery, "form": form}
    return render(request, "office/lotteries/entry.html", context, status=422 if form.errors else 200)


@action("office:lottery", "number")
def draw(request: HttpRequest, number: str) -> str:
    """Draw, once, from the seed that was promised, the closed list and the public value."""
    _lottery(request, number).draw(cleaned(DrawForm(request.POST))["value"], by=staff(request))
    return "抽選しました。計算に使った値をすべて公開し、申し込んだ全員に結果を知らせています。"
