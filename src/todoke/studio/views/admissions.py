"""利用調整の基準: rule versions as the published table, the draft of the next, its trial and its publication."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.admissions.models import RuleDraft, Scheme
from todoke.admissions.selection.rule_trial import try_draft
from todoke.studio import rule_page
from todoke.studio.forms.admissions import PublicationForm, RuleDraftForm
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


def _scheme(request: HttpRequest, code: str) -> Scheme:
    return get_object_or_404(Scheme.objects.designed_by(staff(request)).select_related("department"), code=code)


def _draft(request: HttpRequest, code: str) -> RuleDraft:
    return get_object_or_404(RuleDraft.objects.select_related("scheme"), scheme=_scheme(request, code))


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the schemes whose rules the person may write."""
    schemes = Scheme.objects.designed_by(staff(request)).select_related("department").prefetch_related("rule_versions")
    return render(request, "studio/admissions/list.html", {"schemes": schemes})


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show a scheme: its versions, and the draft of the next."""
    scheme, user = _scheme(request, code), staff(request)
    versions = scheme.rule_versions.select_related("author", "published_by")
    context: dict[str, Any] = {"scheme": scheme, "versions": versions}
    found = rule_page.draft_context(scheme, user)
    if found["draft"]:
        context["form"] = PublicationForm(initial={"revision": found["draft"].revision})
    return render(request, "studio/admissions/show.html", {**context, **found})


@require_GET
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one version as the published table, with a sample family."""
    scheme = _scheme(request, code)
    found = get_object_or_404(scheme.rule_versions.select_related("author", "published_by"), number=number)
    context = {"scheme": scheme, **rule_page.version_context(found, request.GET)}
    return render(request, "studio/admissions/version.html", context)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Edit the draft of the next version; what was typed stays when it is refused."""
    scheme, user = _scheme(request, code), staff(request)
    known = RuleDraft.objects.filter(scheme=scheme).first()
    start = {"document": rule_page.written(known.document), "starts_on": known.starts_on, "revision": known.revision} \
        if known else {}  # fmt: skip
    form = RuleDraftForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, "document"):
            RuleDraft.edit(scheme, by=user, **form.cleaned_data)
            return redirect("studio:admission-rules", code)
    context = {"scheme": scheme, "form": form}
    return render(request, "studio/admissions/draft.html", context, status=422 if form.errors else 200)


@action("studio:admission-rules", "code")
def trial(request: HttpRequest, code: str) -> str:
    """Try the draft on the children of the last round."""
    result = try_draft(_draft(request, code), by=staff(request))
    return f"{result['児童']:,}人で試しました。点数が増える{result['増える']:,}人、減る{result['減る']:,}人。"


@action("studio:admission-rules", "code", note="公開していません。")
def publication(request: HttpRequest, code: str) -> str:
    """Publish the draft as the second person."""
    found = _draft(request, code)
    given = cleaned(PublicationForm(request.POST), "前の版からの変更を書いてください。")
    made = found.publish(by=staff(request), changes=given["changes"], seen=given["revision"])
    return f"第{made.number}版を公開しました。"
