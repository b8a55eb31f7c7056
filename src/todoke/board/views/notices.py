"""障害のお知らせ: drafting and sending notices, and the public page of outages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.board.access import UNCHANGED
from todoke.board.register_forms import REGISTERS
from todoke.board.system_lists import IncidentNoticeList
from todoke.japanese.calendar import start_of_day, today
from todoke.lists.list_page import list_page
from todoke.systems.models import Change, Incident, IncidentNotice
from todoke.systems.permissions import HANDLE_INCIDENT
from todoke.web.actions import action
from todoke.web.permission_check import staff


@require_GET
def index(request: HttpRequest) -> HttpResponseBase:
    """Show the notices of all incidents, the last sent first."""
    return list_page(request, IncidentNoticeList(staff(request)), "board/notices/index.html")


@action("board:incident", "number", note=UNCHANGED)
def drafting(request: HttpRequest, number: str) -> str:
    """Create a draft from the record."""
    user, incident = staff(request, HANDLE_INCIDENT), get_object_or_404(Incident, number=number)
    audience = request.POST.get("audience", "")
    if audience not in IncidentNotice.Audience.values:
        raise Http404
    IncidentNotice.draft(incident, audience=audience, by=user)
    return "お知らせの案を作りました。読んで直してから、知らせてください。"


@action("board:incident", "number", note=UNCHANGED)
def sending(request: HttpRequest, number: str, row_key: str) -> str:
    """Send a notice."""
    user, incident = staff(request, HANDLE_INCIDENT), get_object_or_404(Incident, number=number)
    notice = REGISTERS["notices"].row(incident, row_key)
    if not isinstance(notice, IncidentNotice):
        raise Http404
    notice.send(by=user)
    return "お知らせを出しました。"


@require_GET
def stops(request: HttpRequest) -> HttpResponse:
    """Show the public page: notices of incidents and planned outages."""
    told = IncidentNotice.objects.filter(audience="public", status=IncidentNotice.Status.SENT, withdrawn_at=None)
    page = {
        "today": today(),
        "notices": told.select_related("incident__system").order_by("-sent_at")[:30],
        "changes": Change.objects.filter(told_at__isnull=False, ends_at__gte=start_of_day(today())).select_related(
            "system"
        ),
    }
    return render(request, "board/public/stops.html", page)
