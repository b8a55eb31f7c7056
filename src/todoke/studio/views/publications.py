"""点検と公開: what changes for whom, what still stands in the way, and the press that freezes a version."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from todoke.formbuilder.comparison import differences
from todoke.formbuilder.models import FormDraft, Schedule, Submission
from todoke.formbuilder.publication import NotPublishable, defects_of
from todoke.japanese.calendar import today
from todoke.studio.doors import designer_of, draft_of
from todoke.studio.forms.forms import PlanForm


def _context(draft: FormDraft) -> dict[str, Any]:
    latest = draft.versions.order_by("-number").first()
    changes = differences(latest.parsed, draft.parsed) if latest else []
    return {
        "draft": draft,
        "latest": latest,
        "changes": changes,
        "weighing": [change for change in changes if change.weighs],
        "filling": Submission.objects.drafts().filter(version__draft=draft, purpose="real").count(),
        "defects": defects_of(draft.parsed, today()),
        "waiting": Schedule.objects.waiting().filter(draft=draft).first(),
        "versions": draft.versions.order_by("-number").select_related("published_by")[:20],
    }


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    context = {**_context(draft_of(code)), "plan": PlanForm()}
    return render(request, "studio/publications/show.html", context)


@require_POST
def version(request: HttpRequest, code: str) -> HttpResponse:
    draft = draft_of(code)
    try:
        frozen = draft.publish(by=designer_of(request), note=request.POST.get("note", "")[:300])
    except NotPublishable as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"第{frozen.number}版として公開しました。受付に使うには、手続の公開版で選びます。")
    return redirect("studio:publication", code)


@require_POST
def plan(request: HttpRequest, code: str) -> HttpResponse:
    draft, form = draft_of(code), PlanForm(request.POST)
    if form.is_valid():
        try:
            waiting = Schedule.set(draft, form.at(), by=designer_of(request), note=form.cleaned_data["note"])
        except NotPublishable as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"{waiting.publish_at.astimezone(form.at().tzinfo):%Y年%m月%d日 %H:%M}に公開します。"
            )
            return redirect("studio:publication", code)
    return render(request, "studio/publications/show.html", {**_context(draft), "plan": form}, status=422)


@require_POST
def cancellation(request: HttpRequest, code: str) -> HttpResponse:
    for waiting in Schedule.objects.waiting().filter(draft=draft_of(code)):
        waiting.cancel(by=designer_of(request))
        messages.success(request, "公開の予定を取り消しました。様式案はそのままです。")
    return redirect("studio:publication", code)
