"""申請: filling in, one group of questions a page; every press saves."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from todoke.cases import intake, prefill
from todoke.cases.models import Draft
from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.document.structure import Page
from todoke.formbuilder.models.answer_writes import Filled
from todoke.guidance.service_summary import ServiceSummary, service_summary
from todoke.insights.funnel import record_event
from todoke.insights.models import UseEvent
from todoke.japanese.calendar import today
from todoke.portal import draft_cookie
from todoke.portal.access import actor_of, for_residents, open_draft
from todoke.portal.page_context import after, mark_told, results_of, sheet_of, stops, unseen, worth_showing
from todoke.portal.templatetags.moments import clock
from todoke.runtime.refusals import Closed


def offered(number: str) -> ServiceSummary:
    """Return what can be applied for now under a procedure's number; otherwise 404."""
    offering = service_summary(number)
    if offering is None:
        raise Http404
    return offering


@require_GET
def start(request: HttpRequest, number: str) -> HttpResponse:
    offering = offered(number)
    record_event(offering.release, UseEvent.Step.VIEWED)
    context = {"offering": offering, "release": offering.release, "procedure": offering.release.offer.procedure}
    return render(request, "portal/application/start.html", context)


@require_POST
def begin(request: HttpRequest, number: str) -> HttpResponse:
    try:
        draft = intake.begin(offered(number).release, by=actor_of(request), language=get_language() or "ja")
        if "reuse" in request.POST:
            prefill.fill_in_contact(draft, by=actor_of(request))
    except Closed as refusal:
        return render(request, "portal/refusal.html", {"refusal": refusal}, status=409)
    response = redirect(_first_page(draft))
    draft_cookie.keep(request, response, draft.submission.token)
    return response


def _first_page(draft: Draft) -> str:
    """Return where a new draft begins, without asking the database; one that was filled in already finds its way."""
    token = draft.submission.token
    first = Journey(draft.submission.document, {}, today()).first_unfinished()
    if first is None or draft.applicant_id is not None:
        return reverse("portal:application", args=[token])
    return reverse("portal:application-page", args=[token, first.id])


@require_GET
@for_residents
def show(request: HttpRequest, token: str) -> HttpResponse:
    draft = open_draft(request, token)
    if draft.sent_at:
        return redirect("portal:receipt", token)
    unfinished = draft.submission.journey().first_unfinished()
    if unfinished is None:
        return redirect("portal:application-check", token)
    return redirect("portal:application-page", token, unfinished.id)


def _sheet(request: HttpRequest, draft: Draft, page: Page, journey: Journey, **more: Any) -> HttpResponse:
    sheet = sheet_of(draft, page, journey, **more)
    return render(request, "portal/application/page.html", {"sheet": sheet, "to_check": "check" in request.GET})


@require_GET
@for_residents
def page(request: HttpRequest, token: str, page_id: str) -> HttpResponse:
    draft = open_draft(request, token)
    if draft.sent_at:
        return redirect("portal:receipt", token)
    journey = draft.submission.journey()
    shown = next((page for page in journey.pages() if page.id == page_id), None)
    if shown is None:
        return redirect("portal:application", token)
    extra = {request.GET["add"]: 1} if request.GET.get("add") else None
    problems = journey.problems(shown) if "check" in request.GET else ()
    return _sheet(request, draft, shown, journey, problems=problems, extra=extra)


@sensitive_post_parameters()
@for_residents
def save(request: HttpRequest, token: str, page_id: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("portal:application-page", token, page_id)
    draft = open_draft(request, token, writing=True)
    if draft.sent_at:
        return redirect("portal:receipt", token)
    saved, journey = _saved(request, draft, page_id)
    problems = worth_showing(saved, request.POST, request.FILES)
    page = next((page for page in journey.pages() if page.id == page_id), None)
    if page is None:
        return redirect("portal:application", token)
    fresh = unseen(journey, page, request.POST) if stops(request.POST) else set()
    if fresh or any(not problem.warning for problem in problems):
        problems = [problem for problem in problems if (problem.question, problem.row) not in fresh]
        return _sheet(request, open_draft(request, token), page, journey, problems=problems, fresh=bool(fresh))
    return redirect(after(token, page, journey, request.POST))


def _saved(request: HttpRequest, draft: Draft, page_id: str) -> Filled:
    """Store what was typed and attached, also into a page that a newer form no longer has; return how it is now."""
    mark_told(draft, request.POST)
    try:
        return draft.submission.fill_page(page_id, request.POST, by=actor_of(request), files=request.FILES)
    except KeyError:
        raise Http404 from None


@sensitive_post_parameters()
@require_POST
def keep(request: HttpRequest, token: str, page_id: str) -> HttpResponse:
    """Save what is typed while it is being typed; answers with the line to show."""
    draft = open_draft(request, token, writing=True)
    if draft.sent_at:
        return JsonResponse({"said": _("この申請はもう送られています。")}, status=409)
    journey = _saved(request, draft, page_id).journey
    page = next((page for page in draft.submission.document.pages if page.id == page_id), None)
    fresh = unseen(journey, page, request.POST) if page else {page_id}
    said = _("%(time)s 保存しました") % {"time": clock(timezone.now())}
    results = results_of(journey, page) if page else {}
    return JsonResponse({"said": said, "changed": bool(fresh), "results": results})
