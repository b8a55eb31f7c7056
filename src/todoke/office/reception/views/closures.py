"""休館: the closures of one's own halls, whom a new one hits before it happens, and who is still to be told."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.bookings.models import Booking
from todoke.lists.list_page import list_page
from todoke.office.reception.closure_list import ClosureList
from todoke.office.reception.day_sheet import hall_manager, manages_halls
from todoke.office.reception.forms.closures import ClosureReasonForm, ClosureSpanForm
from todoke.reception import hall_closures
from todoke.reception.booking_notices import address_of, moment
from todoke.reception.models import Closure
from todoke.web.actions import RefusalsOn
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the closures of one's own halls."""
    by = staff(request)
    return list_page(request, ClosureList(by), "office/closures/index.html", {"may": manages_halls(by)})


def declaration(request: HttpRequest) -> HttpResponse:
    """Ask for hall and time, show whom it hits, and close when the person has seen it."""
    by = hall_manager(request)
    chosen = ClosureSpanForm(request.GET if "resource" in request.GET else None, user=by)
    where = (chosen.cleaned_data["resource"], chosen.span) if chosen.is_bound and chosen.is_valid() else None
    hit = hall_closures.affected(*where) if where else []
    form = ClosureReasonForm(request.POST or None, initial={"seen": len(hit)})
    if request.method == "POST" and where and form.is_valid():
        with RefusalsOn(form):
            made = hall_closures.declare(*where, **form.cleaned_data, by=by)
            messages.success(request, "休館を決めました。予約した人に知らせ、使用料を全額返しています。")
            return redirect("office:closure", made.pk)
        again = request.POST.copy()
        again["seen"] = str(len(hit))
        form.data = again
    waits = hall_closures.waiting(*where) if where else []
    context = {"chosen": chosen, "asked": where, "hit": [_hit(each) for each in hit], "waits": waits, "form": form}
    return render(request, "office/closures/declaration.html", context, status=422 if form.errors else 200)


def _hit(booking: Booking) -> dict[str, Any]:
    """Return a booking that a closure ends: whose, when, what goes back, and how its holder is told."""
    receipt = getattr(getattr(getattr(booking, "use", None), "charge", None), "receipt", None)
    phone = booking.contact_phone or (booking.registrant.phone if booking.registrant else "")
    return {
        "who": booking.public_label or (booking.registrant.name if booking.registrant else booking.contact_name),
        "what": booking.unit or booking.purpose,
        "when": f"{moment(booking.starts_at)}~{moment(booking.ends_at)[-5:]}",
        "yen": receipt.yen - receipt.refunded_yen if receipt else 0,
        "told": "職員の押さえ"
        if booking.public_label
        else "メール"
        if address_of(booking)
        else f"電話・手紙 {phone}".strip(),
    }


@require_GET
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a closure, whom it hit, and who is still to be told."""
    rows = Closure.objects.visible_to(staff(request)).select_related("resource", "declared_by")
    closure = get_object_or_404(rows, pk=pk)
    effects = closure.effects.select_related("booking__unit__resource", "booking__registrant")
    context = {
        "closure": closure,
        "when": f"{moment(closure.starts_at)}から{moment(closure.ends_at)}まで",
        "effects": [(each, _hit(each.booking)) for each in effects],
        "notices": hall_closures.notices_to_give(closure),
        "waits": [(each, moment(each.starts_at)) for each in hall_closures.ended_waits(closure)],
    }
    return render(request, "office/closures/show.html", context)
