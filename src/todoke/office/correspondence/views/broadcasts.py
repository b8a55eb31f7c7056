"""一斉のお知らせ: scheduling broadcasts, and their deliveries."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from todoke.guidance.broadcasts import delivery_counts
from todoke.guidance.models import Broadcast
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.office.correspondence.broadcast_list import BroadcastList
from todoke.office.correspondence.forms.broadcasts import BroadcastForm
from todoke.runtime.refusals import Conflict
from todoke.web.actions import action
from todoke.web.permission_check import staff


def _page(request: HttpRequest, form: BroadcastForm, status: int = 200) -> HttpResponse:
    context = {"form": form, **BroadcastList(staff(request)).page(request.GET).context()}
    return render(request, "office/broadcasts/index.html", context, status=status)


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the broadcasts of the person's sections, and the form for a new one."""
    if wanted_format(request.GET):
        return list_response(BroadcastList(staff(request)), request)
    return _page(request, BroadcastForm(initial={"send_at": timezone.localtime()}))


@action("office:broadcasts")
def planning(request: HttpRequest) -> str | HttpResponse:
    form = BroadcastForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    Broadcast.schedule(by=staff(request), **form.cleaned_data)
    return "予約しました。送信する日時までは、取りやめられます。"


def _broadcast(request: HttpRequest, token: str) -> Broadcast:
    return get_object_or_404(BroadcastList(staff(request)).rows(""), token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    found = _broadcast(request, token)
    waiting = found.audience().count() if found.status == Broadcast.Status.SCHEDULED else 0
    context = {"broadcast": found, "log": delivery_counts(found), "waiting": waiting}
    return render(request, "office/broadcasts/show.html", context)


@action("office:broadcasts")
def cancellation(request: HttpRequest, token: str) -> str:
    """Cancel a scheduled broadcast. Raises Conflict when it was sent or cancelled before."""
    if not _broadcast(request, token).settle(Broadcast.Status.CANCELLED, by=staff(request)):
        raise Conflict("このお知らせは、すでに送られたか取りやめられています。")
    return "取りやめました。だれにも送られません。"
