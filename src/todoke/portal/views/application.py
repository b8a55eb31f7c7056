"""申請: filling in a form, one page at a time; every submit saves."""

from typing import Any

from django.contrib import messages
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
from todoke.cases.required_level import require_level_to_begin
from todoke.design.templatetags.moments import clock
from todoke.federation.levels import Act
from todoke.formbuilder.answers.journey import Journey
from todoke.formbuilder.document.structure import FormPage
from todoke.formbuilder.models.answer_writes import SaveResult
from todoke.guidance.service_summary import ServiceSummary, service_summary
from todoke.insights.funnel import record_event
from todoke.insights.models import UseEvent
from todoke.japanese.calendar import today
from todoke.portal import draft_cookie
from todoke.portal.access import (
    SignInRequired,
    actor_of,
    find_draft,
    open_draft,
    redirect_to_sign_in,
    session_of,
)
from todoke.portal.other_screens import saved_elsewhere
from todoke.portal.page_context import (
    calculated_values,
    mark_notices_read,
    newly_asked,
    next_url,
    page_context,
    problems_to_show,
    requires_valid,
)


def offered_service(number: str) -> ServiceSummary:
    """Return the open service of a procedure number. Raises Http404."""
    offering = service_summary(number)
    if offering is None:
        raise Http404
    return offering


@require_GET
def start(request: HttpRequest, number: str) -> HttpResponse:
    offering = offered_service(number)
    record_event(offering.release, UseEvent.Step.VIEWED)
    context = {"offering": offering, "release": offering.release, "procedure": offering.release.offer.procedure}
    return render(request, "portal/application/start.html", context)


@require_POST
def begin(request: HttpRequest, number: str) -> HttpResponse:
    release, language = offered_service(number).release, get_language() or "ja"
    person, session = actor_of(request), session_of(request)
    require_level_to_begin(release, by=person, session=session, back=reverse("portal:start", args=[number]))
    draft = intake.begin(release, by=person, language=language, session=session)
    if "reuse" in request.POST:
        prefill.prefill_contact(draft, by=actor_of(request))
    response = redirect(_first_page(draft))
    draft_cookie.add_draft(request, response, draft.submission.token)
    return response


def _first_page(draft: Draft) -> str:
    """Return the URL of a new draft's first page without a query; a prefilled draft resolves its own."""
    token = draft.submission.token
    first = Journey(draft.submission.document, {}, today()).first_unfinished()
    if first is None or draft.applicant_id is not None:
        return reverse("portal:application", args=[token])
    return reverse("portal:application-page", args=[token, first.id])


@require_GET
@redirect_to_sign_in
def show(request: HttpRequest, token: str) -> HttpResponse:
    draft = open_draft(request, token, Act.SAVE)
    if draft.sent_at:
        return redirect("portal:receipt", token)
    unfinished = draft.submission.journey().first_unfinished()
    if unfinished is None:
        return redirect("portal:application-check", token)
    return redirect("portal:application-page", token, unfinished.id)


def _sheet(request: HttpRequest, draft: Draft, page: FormPage, journey: Journey, **more: Any) -> HttpResponse:
    sheet = page_context(draft, page, journey, **more)
    return render(request, "portal/application/page.html", {"sheet": sheet, "to_check": "check" in request.GET})


@require_GET
@redirect_to_sign_in
def page(request: HttpRequest, token: str, page_id: str) -> HttpResponse:
    draft = open_draft(request, token, Act.SAVE)
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
@redirect_to_sign_in
def save(request: HttpRequest, token: str, page_id: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("portal:application-page", token, page_id)
    draft = open_draft(request, token, Act.UPLOAD if request.FILES else Act.SAVE)
    if draft.sent_at:
        return redirect("portal:receipt", token)
    saved, journey = _saved(request, draft, page_id)
    if saved_elsewhere(token, page_id, request.POST.get("view", "")):
        _warn_of_other_screen(request)
    problems = problems_to_show(saved, request.POST, request.FILES)
    page = next((page for page in journey.pages() if page.id == page_id), None)
    if page is None:
        return redirect("portal:application", token)
    fresh = newly_asked(journey, page, request.POST) if requires_valid(request.POST) else set()
    if fresh or any(not problem.warning for problem in problems):
        problems = [problem for problem in problems if (problem.question, problem.row) not in fresh]
        return _sheet(request, find_draft(request, token), page, journey, problems=problems, fresh=bool(fresh))
    return redirect(next_url(token, page, journey, request.POST))


def _warn_of_other_screen(request: HttpRequest) -> None:
    said = _(
        "ほかの画面でも、このページが保存されていました。いまの画面の内容を残しました。送る前に、確認の画面で確かめてください。"
    )
    messages.warning(request, said)


def _saved(request: HttpRequest, draft: Draft, page_id: str) -> SaveResult:
    """Store answers and files, also of a page that a newer form no longer has. Raises Http404."""
    mark_notices_read(draft, request.POST)
    try:
        return draft.submission.save_page_with_journey(
            page_id, request.POST, by=actor_of(request), files=request.FILES, source=draft.answer_source
        )
    except KeyError:
        raise Http404 from None


@sensitive_post_parameters()
@require_POST
def keep(request: HttpRequest, token: str, page_id: str) -> HttpResponse:
    """Autosave: store the answers and return JSON with the text to show."""
    try:
        draft = open_draft(request, token, Act.UPLOAD if request.FILES else Act.SAVE)
    except SignInRequired:
        return JsonResponse(
            {"said": _("ログインが終わったため、保存していません。もう一度ログインしてください。")}, status=403
        )
    if draft.sent_at:
        return JsonResponse({"said": _("この申請はもう送られています。")}, status=409)
    journey = _saved(request, draft, page_id).journey
    saved_elsewhere(token, page_id, request.POST.get("view", ""))
    page = next((page for page in draft.submission.document.pages if page.id == page_id), None)
    fresh = newly_asked(journey, page, request.POST) if page else {page_id}
    said = _("%(time)s 保存しました") % {"time": clock(timezone.now())}
    results = calculated_values(journey, page) if page else {}
    return JsonResponse({"said": said, "changed": bool(fresh), "results": results})
