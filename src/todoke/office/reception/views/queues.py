"""番号札: the queues of one's sections, a new one, calling the next to a window, a number given at the counter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from todoke.office.reception.day_sheet import receiver, receives_bookings
from todoke.office.reception.forms.queues import NewQueueForm, QueueForm, TicketForm, WindowForm
from todoke.reception.models import QueueTicket, TicketQueue
from todoke.reception.waiting_time import waiting_minutes
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the queues of one's sections with how many wait; one alone is opened at once."""
    by = staff(request)
    rows = list(TicketQueue.objects.visible_to(by).with_waiting().select_related("department"))
    if len(rows) == 1 and "all" not in request.GET:
        return redirect("office:queue", rows[0].code)
    return render(request, "office/queues/index.html", {"queues": rows, "may": receives_bookings(by)})


def opening(request: HttpRequest) -> HttpResponse:
    """Open a queue at a counter of one's own; numbers are given from now on, in its hours."""
    by = receiver(request)
    form = NewQueueForm(request.POST or None, user=by)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            made = TicketQueue.open(form.cleaned_data["department"], form.details(), by=by)
            messages.success(request, "番号札の列を開きました。住民のページからも番号を取れます。")
            return redirect("office:queue", made.code)
    return render(request, "office/queues/opening.html", {"form": form}, status=422 if form.errors else 200)


def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change windows, hours or the limit of a queue."""
    queue = _queue(request, code)
    form = QueueForm(request.POST or None, queue=queue)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            queue.change(form.details(), by=staff(request))
            messages.success(request, "番号札の列を変えました。")
            return redirect("office:queue", code)
    context = {"form": form, "queue": queue}
    return render(request, "office/queues/change.html", context, status=422 if form.errors else 200)


def _queue(request: HttpRequest, code: str) -> TicketQueue:
    return get_object_or_404(TicketQueue.objects.visible_to(staff(request)).select_related("department"), code=code)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show one queue at one window: who is here, who comes next, how long people wait."""
    queue = _queue(request, code)
    form = WindowForm(request.GET if "window" in request.GET else None, windows=queue.windows)
    window = form.cleaned_data["window"] if form.is_bound and form.is_valid() else 1
    waiting = list(queue.tickets.waiting().order_by("skipped", "number")[:200])
    context = {
        "queue": queue,
        "window": window,
        "windows": range(1, queue.windows + 1),
        "waiting": waiting,
        "here": queue.tickets.called().filter(window=window).first(),
        "called": queue.tickets.called().order_by("window"),
        "minutes": waiting_minutes(queue, len(waiting)),
    }
    return render(request, "office/queues/show.html", context)


def _at_window(request: HttpRequest, code: str, **keys: object) -> str:
    return reverse("office:queue", args=[code], query={"window": request.POST.get("window", "1")[:3]})


@action(_at_window)
def call(request: HttpRequest, code: str) -> str:
    """Call the next person to a window."""
    queue = _queue(request, code)
    window = cleaned(WindowForm(request.POST, windows=queue.windows))["window"]
    return f"{queue.call_next(window, by=staff(request)).number}番を、{window}番窓口に呼びました。"


@action(_at_window)
def ticket(request: HttpRequest, code: str) -> str:
    """Give a number to somebody at the counter."""
    made = _queue(request, code).issue(channel=QueueTicket.Channel.COUNTER, by=staff(request))
    return f"{made.number}番の番号札を出しました。番号を伝えてください。"


def _ticket(request: HttpRequest, code: str) -> QueueTicket:
    rows = QueueTicket.objects.select_related("queue__department").filter(queue=_queue(request, code))
    return get_object_or_404(rows.called(), number=cleaned(TicketForm(request.POST))["number"])


@action(_at_window)
def absence(request: HttpRequest, code: str) -> str:
    """Pass over a number that nobody answers to; it waits again, and is gone after the third call."""
    found = _ticket(request, code)
    found.skip(by=staff(request))
    return f"{found.number}番は、{'終わりにしました' if found.status == 'gone' else '列の後ろに戻しました'}。"


@action(_at_window)
def finish(request: HttpRequest, code: str) -> str:
    """Note that the person at a window is done, without calling the next."""
    found = _ticket(request, code)
    found.finish(by=staff(request))
    return f"{found.number}番の用件が済みました。"
