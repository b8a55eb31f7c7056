"""点検と公開: differences to the published version, problems, and publication."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.formbuilder.document.comparison import differences
from todoke.formbuilder.document.parser import fingerprint
from todoke.formbuilder.models import FormDraft, FormReview, FormVersion, PublicationSchedule, Submission
from todoke.formbuilder.publication.publish_checks import publish_defects
from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.query import wanted_format
from todoke.studio.access import get_draft
from todoke.studio.draft_answers import answering
from todoke.studio.form_lists import FormVersionList
from todoke.studio.forms.forms import PlanForm
from todoke.web.actions import RefusalsOn, RefusalsSaid, action
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor


def changes_anything(latest: FormVersion | None, draft: FormDraft) -> bool:
    """Whether publication would create a new version."""
    return latest is None or latest.hash != fingerprint(draft.document)


def _approved(review: FormReview | None) -> bool:
    return review is not None and review.status == FormReview.Status.APPROVED


def _context(request: HttpRequest, draft: FormDraft) -> dict[str, Any]:
    latest = draft.versions.order_by("-number").first()
    changes = differences(latest.parsed, draft.parsed) if latest else []
    review = draft.reviews.select_related("asked_by", "decided_by").first()
    stands = review is not None and (review.status == "returned" or review.hash == fingerprint(draft.document))
    answered, fresh = answering(draft) if changes else {}, changes_anything(latest, draft)
    return {
        "draft": draft,
        "latest": latest,
        "changes": [(change, answered.get(change.question, 0)) for change in changes],
        "review": review if stands else None,
        "may_decide": review is not None and review.can_decide(staff(request)),
        "review_needed": settings.FORM_REVIEW and fresh,
        "may_publish": fresh and (not settings.FORM_REVIEW or (stands and _approved(review))),
        "weighing": [change for change in changes if change.affects_applicants],
        "filling": Submission.objects.drafts().filter(version__draft=draft).count(),
        "defects": publish_defects(draft.parsed, today()),
        "waiting": PublicationSchedule.objects.waiting().filter(draft=draft).first(),
        **FormVersionList(staff(request), draft).page(request.GET).context(),
    }


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponseBase:
    draft = get_draft(code)
    if wanted_format(request.GET):
        return list_response(FormVersionList(staff(request), draft), request)
    context = {**_context(request, draft), "plan": PlanForm()}
    return render(request, "studio/publications/show.html", context)


@requires_recent_factor
@action("studio:publication", "code")
def version(request: HttpRequest, code: str) -> str:
    draft = get_draft(code)
    FormReview.require_approved(draft)
    frozen = draft.publish(by=staff(request), note=request.POST.get("note", "")[:300])
    return f"第{frozen.number}版として公開しました。受け付けるには、「オンライン受付」でこの版を選びます。"


@requires_recent_factor
@require_POST
def plan(request: HttpRequest, code: str) -> HttpResponse:
    draft, form = get_draft(code), PlanForm(request.POST)
    if form.is_valid():
        with RefusalsSaid(request):
            FormReview.require_approved(draft)
            with RefusalsOn(form):
                given = form.cleaned_data["note"]
                waiting = PublicationSchedule.plan(draft, form.at(), by=staff(request), note=given)
                day = waiting.publish_at.astimezone(form.at().tzinfo)
                messages.success(request, f"{day:%Y年%m月%d日 %H:%M}に公開します。")
                return redirect("studio:publication", code)
    return render(request, "studio/publications/show.html", {**_context(request, draft), "plan": form}, status=422)


@require_POST
def cancellation(request: HttpRequest, code: str) -> HttpResponse:
    for waiting in PublicationSchedule.objects.waiting().filter(draft=get_draft(code)):
        waiting.cancel(by=staff(request))
        messages.success(request, "公開の予定を取り消しました。様式案はそのままです。")
    return redirect("studio:publication", code)
