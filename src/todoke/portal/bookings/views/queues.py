"""番号札: how many wait at a counter, a number taken on a phone, and the screen of the waiting room."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from todoke.portal.access import actor_of
from todoke.portal.bookings.booking_page import count_booking
from todoke.reception.models import QueueTicket, TicketQueue
from todoke.reception.waiting_time import waiting_minutes
from todoke.web.actions import action

SHOWN = 12


@require_GET
def show_list(request: HttpRequest) -> HttpResponse:
    """Show the queues with how many wait now."""
    now = timezone.localtime().time()
    rows = TicketQueue.objects.with_waiting().select_related("department")
    context = {"queues": [(each, each.opens <= now < each.closes) for each in rows], "at": timezone.now()}
    return render(request, "portal/bookings/queues.html", context)


@action("portal:queues")
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """Take a number for a queue."""
    count_booking(request)
    queue = get_object_or_404(TicketQueue, code=code)
    made = queue.issue(channel=QueueTicket.Channel.ONLINE, by=actor_of(request))
    return redirect("portal:queue-ticket", made.token)


def _ticket(token: str) -> QueueTicket:
    return get_object_or_404(QueueTicket.objects.select_related("queue__department"), token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show one number: how many are before it, about how long, or to which window it is called."""
    found = _ticket(token)
    ahead = found.ahead if found.is_waiting else 0
    context = {
        "ticket": found,
        "queue": found.queue,
        "ahead": ahead,
        "minutes": waiting_minutes(found.queue, ahead) if found.is_waiting else None,
        "at": timezone.now(),
    }
    return render(request, "portal/bookings/ticket.html", context)


@action("portal:queue-ticket", "token")
def leaving(request: HttpRequest, token: str) -> str:
    """Do not wait any more."""
    _ticket(token).leave(by=actor_of(request))
    return _("番号札を返しました。")


@require_GET
def screen(request: HttpRequest, code: str) -> HttpResponse:
    """Show the numbers that are called, large, for a waiting room; it names nobody."""
    queue = get_object_or_404(TicketQueue, code=code)
    context = {
        "queue": queue,
        "called": queue.tickets.called().order_by("-called_at")[:SHOWN],
        "waiting": queue.tickets.waiting().count(),
        "at": timezone.now(),
    }
    return render(request, "portal/bookings/screen.html", context)
