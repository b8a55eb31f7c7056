"""利用規則: groups of facilities, the version in force as sentences, the draft of the next and its publication."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from todoke.bookings.hall_setup import lines_of
from todoke.bookings.models import FacilityGroup, UseRules, UseRulesDraft
from todoke.bookings.terms_document import sentences
from todoke.japanese.calendar import today
from todoke.studio.use_rules.forms.use_rules import PublicationForm, UseRulesForm
from todoke.web.actions import RefusalsOn, action, cleaned
from todoke.web.permission_check import staff


def group_of(request: HttpRequest, code: str) -> FacilityGroup:
    """Return a group whose rules the person may write. Raises Http404."""
    return get_object_or_404(FacilityGroup.objects.written_by(staff(request)).select_related("department"), code=code)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the groups whose rules the person may write."""
    groups = FacilityGroup.objects.written_by(staff(request)).select_related("department")
    return render(request, "studio/use_rules/list.html", {"groups": groups})


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the version in force and the draft, both as sentences."""
    group, user = group_of(request, code), staff(request)
    rules, draft = UseRules.in_force(group, today()), UseRulesDraft.objects.filter(group=group).first()
    timetable = group.timetables.prefetch_related("frames").first()
    waits = draft is not None and not group.rules.filter(sha256=draft.sha256).exists()
    context = {
        "group": group,
        "halls": group.resources.filter(ended_on=None).prefetch_related("units"),
        "timetable": timetable,
        "frames": lines_of(timetable.lines()).splitlines() if timetable else [],
        "rules": rules,
        "said": list(sentences(rules.terms)) if rules else [],
        "draft": draft if waits else None,
        "drafted": list(sentences(draft.terms)) if draft and waits else [],
        "form": PublicationForm(initial={"revision": draft.revision}) if draft and draft.can_publish(user) else None,
        "versions": group.rules.select_related("author", "published_by"),
    }
    return render(request, "studio/use_rules/show.html", context)


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Edit the draft; what was typed stays when it is refused."""
    group = group_of(request, code)
    known = UseRulesDraft.objects.filter(group=group).first()
    start = {"starts_on": known.starts_on, "revision": known.revision} if known else {}
    form = UseRulesForm(request.POST or None, document=known.document if known else {}, initial=start)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            typed = form.cleaned_data
            UseRulesDraft.edit(
                group, form.document(), starts_on=typed["starts_on"], by=staff(request), revision=typed["revision"]
            )
            messages.success(request, "案を保存しました。文にしたものを読み返してください。")
            return redirect("studio:use-rules-group", code)
    context = {"group": group, "form": form}
    return render(request, "studio/use_rules/draft.html", context, status=422 if form.errors else 200)


@action("studio:use-rules-group", "code")
def publication(request: HttpRequest, code: str) -> str:
    """Publish the draft as the next version."""
    found = get_object_or_404(UseRulesDraft.objects.select_related("group"), group=group_of(request, code))
    version = found.publish(by=staff(request), seen=cleaned(PublicationForm(request.POST))["revision"])
    return f"第{version.number}版を公開しました。"
