"""障害のお知らせ: drafting and sending notices, and the public page of outages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.board.access import attempt, rules_editor
from todoke.board.register_forms import REGISTERS
from todoke.japanese.calendar import start_of_day, today
from todoke.systems.models import Change, Incident, IncidentNotice


@require_POST
def drafting(request: HttpRequest, number: str) -> HttpResponse:
    """Create a draft from the record."""
    user, incident = rules_editor(request), get_object_or_404(Incident, number=number)
    audience = request.POST.get("audience", "")
    if audience not in IncidentNotice.Audience.values:
        raise Http404
    said = "お知らせの案を作りました。読んで直してから、知らせてください。"
    attempt(request, lambda: IncidentNotice.draft(incident, audience=audience, by=user), said)
    return redirect("board:incident", number)


@require_POST
def sending(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Send a notice."""
    user, incident = rules_editor(request), get_object_or_404(Incident, number=number)
    notice = REGISTERS["notices"].row(incident, place)
    if not isinstance(notice, IncidentNotice):
        raise Http404
    attempt(request, lambda: notice.send(by=user), "お知らせを出しました。")
    return redirect("board:incident", number)


@require_GET
def stops(request: HttpRequest) -> HttpResponse:
    """Show the public page: notices of incidents and planned outages."""
    told = IncidentNotice.objects.filter(audience="public", status=IncidentNotice.Status.SENT)
    page = {
        "today": today(),
        "notices": told.select_related("incident__system").order_by("-sent_at")[:30],
        "changes": Change.objects.filter(told_at__isnull=False, ends_at__gte=start_of_day(today())).select_related(
            "system"
        ),
    }
    return render(request, "board/public/stops.html", page)
