"""送信: the check page, submission exactly once, and the receipt."""

from django.db.models import BigIntegerField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from todoke.cases import intake
from todoke.cases.answers import body_hash
from todoke.cases.models import Case
from todoke.compiled_queries import CompiledQuery, Parameter
from todoke.federation.levels import Act
from todoke.formbuilder.models import SubmissionIncomplete
from todoke.portal import draft_cookie
from todoke.portal.access import actor_of, find_draft, open_draft, redirect_to_sign_in, session_of
from todoke.portal.page_context import mark_notices_read, step_names, unread_notices


@require_GET
@redirect_to_sign_in
def check(request: HttpRequest, token: str) -> HttpResponse:
    draft = open_draft(request, token, Act.PRICE)
    if draft.sent_at:
        return redirect("portal:receipt", token)
    journey = draft.submission.journey()
    steps, step = step_names(journey)
    problems = journey.problems()
    context = {
        "draft": draft,
        "steps": steps,
        "step": step,
        "pages": journey.summary(),
        "stopping": [problem for problem in problems if not problem.warning],
        "warnings": [problem for problem in problems if problem.warning],
        "fee": intake.fee_of(draft.release, draft.submission, journey),
        "seen": body_hash(draft.submission, journey),
        "told": unread_notices(draft),
    }
    return render(request, "portal/application/check.html", context)


@redirect_to_sign_in
def send(request: HttpRequest, token: str) -> HttpResponse:
    if request.method != "POST":
        return redirect("portal:application", token)
    draft, posted = open_draft(request, token, Act.SEND), request.POST
    seen, quoted, session = posted.get("seen", ""), posted.get("fee"), session_of(request, token=token)
    browser = draft_cookie.browser_of(request)
    try:
        mark_notices_read(draft, posted)
        intake.accept(
            draft.submission, by=actor_of(request), seen=seen, quoted=quoted, session=session, browser=browser
        )
    except SubmissionIncomplete:
        return redirect("portal:application-check", token)
    return redirect("portal:receipt", token)


def _sent_query() -> QuerySet[Case]:
    of_one = Case.objects.filter(submission=Parameter("submission", BigIntegerField()))
    return of_one.select_related("department", "charge__receipt").order_by()[:1]


_SENT = CompiledQuery(_sent_query)


@require_GET
@redirect_to_sign_in
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    draft = find_draft(request, token)
    case = _SENT.first(submission=draft.submission_id)
    if case is None:
        raise Http404
    context = {"case": case, "draft": draft, "release": draft.release}
    return render(request, "portal/application/receipt.html", context)
