"""決裁ルート: versions of approval rules: editing, testing and publishing the next one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.approvals.approval_rules import ApprovalRules
from todoke.approvals.models import Route, RouteDraft, RouteVersion
from todoke.approvals.models.route_draft import create_route
from todoke.approvals.permissions import EDIT_ROUTES
from todoke.approvals.route_preview import (
    chain_in_words,
    decision_class_changes,
    matter_in_words,
    names_of_departments,
    preview_stops,
)
from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import list_response
from todoke.office.approvals.forms.routes import (
    MatterForm,
    PublicationForm,
    RouteForm,
    decision_class_forms,
    decision_class_rule,
)
from todoke.office.approvals.route_list import RouteList
from todoke.runtime.parameters import whole_number
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor


def _draft_of(code: str) -> RouteDraft:
    return get_object_or_404(RouteDraft.objects.select_related("route", "written_by"), route__code=code)


def _lines(rules: ApprovalRules) -> list[tuple[str, str, str]]:
    """Return a rule as table rows: matter, chain, article."""
    names = names_of_departments()
    return [(matter_in_words(rule), chain_in_words(rule, names), rule.basis) for rule in rules.decision_classes]


def _tried(request: HttpRequest, rules: ApprovalRules) -> dict[str, Any]:
    """Return the decision class that applies to a matter, and the people it would go to today."""
    form = MatterForm(request.GET if "department" in request.GET else None)
    if not form.is_valid():
        return {"matter_form": form}
    asked = form.cleaned_data
    found = rules.choose(asked["kind"], asked["amount"], asked["importance"])
    if len(found) != 1:
        return {"matter_form": form, "tried": True, "fitting": len(found)}
    rule = rules.decision_classes[found[0]]
    walk = preview_stops(rule, asked["department"])
    return {"matter_form": form, "tried": True, "fitting": 1, "rule": matter_in_words(rule), "walk": walk}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    user = staff(request)
    context = {
        "form": RouteForm(),
        "may_rule": EDIT_ROUTES.held_by(user),
        **RouteList(user).page(request.GET).context(),
    }
    return render(request, "office/routes/index.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    return list_response(RouteList(staff(request)), request)


@action("office:routes")
def registration(request: HttpRequest) -> str | HttpResponse:
    by = staff(request, EDIT_ROUTES)
    made = create_route(by=by, **cleaned(RouteForm(request.POST)))
    messages.success(request, "登録しました。次に、案を作って公開してください。")
    return redirect("office:route", made.code)


def _shown(request: HttpRequest, version: RouteVersion | None, route: Route) -> HttpResponse:
    rules = version.rules() if version else ApprovalRules()
    versions = list(route.versions.order_by("-starts_on"))
    now = next((row for row in versions if row.starts_on <= today()), None)
    context = {
        "route": route, "version": version, "versions": versions, "now": now, "lines": _lines(rules),
        "draft": RouteDraft.objects.select_related("written_by").filter(route=route).first(),
        "may_rule": EDIT_ROUTES.held_by(staff(request)), **(_tried(request, rules) if version else {}),
    }  # fmt: skip
    return render(request, "office/routes/show.html", context)


@require_GET
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Show the version in force, or the first future one."""
    route = get_object_or_404(Route, code=code)
    versions = route.versions.order_by("-starts_on")
    return _shown(request, versions.filter(starts_on__lte=today()).first() or versions.last(), route)


@require_GET
def version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show a published version."""
    found = get_object_or_404(RouteVersion.objects.select_related("route"), route__code=code, number=number)
    return _shown(request, found, found.route)


@action("office:route", "code")
def drafting(request: HttpRequest, code: str) -> HttpResponse:
    RouteDraft.begin(get_object_or_404(Route, code=code), by=staff(request, EDIT_ROUTES))
    messages.success(request, "いちばん新しい版を写して、案を作りました。")
    return redirect("office:route-draft", code)


@require_GET
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Show the draft, its differences, a trial matter, and publication."""
    found, user = _draft_of(code), staff(request)
    newest = found.route.versions.order_by("-starts_on").first()
    context = {
        "draft": found, "lines": _lines(found.rules), "problems": found.problems(), "newest": newest,
        "changes": decision_class_changes(newest.rules() if newest else None, found.rules),
        "may_rule": EDIT_ROUTES.held_by(user),
        "mine": found.written_by_id == user.pk, "form": PublicationForm(initial={"seen": found.revision}),
        **_tried(request, found.rules),
    }  # fmt: skip
    return render(request, "office/routes/draft.html", context)


def _editing(request: HttpRequest, found: RouteDraft, place: int, forms: tuple[Any, Any]) -> HttpResponse:
    context = {"draft": found, "place": place, "form": forms[0], "stops": forms[1]}
    return render(request, "office/routes/decision_class.html", context)


@require_GET
def decision_class(request: HttpRequest, code: str, place: int) -> HttpResponse:
    """Edit one decision class; place 0 is a new one."""
    found = _draft_of(code)
    rules = found.rules.decision_classes
    rule = rules[place - 1] if 1 <= place <= len(rules) else None
    return _editing(request, found, place, decision_class_forms(rule))


def posted_revision(request: HttpRequest) -> int:
    """Return the revision of the draft that was displayed; 0, which never matches, when missing."""
    return whole_number(request.POST.get("seen", "")) or 0


@action("office:route-draft", "code")
def entry(request: HttpRequest, code: str, place: int) -> str | HttpResponse:
    by, found, seen = staff(request, EDIT_ROUTES), _draft_of(code), posted_revision(request)
    form, stops = decision_class_forms(None, request.POST)
    if not (form.is_valid() and stops.is_valid()):
        return _editing(request, found, place, (form, stops))
    found.save_decision_class(place, decision_class_rule(form, stops), seen=seen, by=by)
    return "案に書きました。公開するまで、決裁の回り方は変わりません。"


@action("office:route-draft", "code")
def removal(request: HttpRequest, code: str, place: int) -> str:
    by = staff(request, EDIT_ROUTES)
    _draft_of(code).remove_decision_class(place, seen=posted_revision(request), by=by)
    return "案から消しました。"


@action("office:route", "code")
def discarding(request: HttpRequest, code: str) -> str:
    _draft_of(code).discard(by=staff(request, EDIT_ROUTES))
    return "案を取りやめました。いまの版は、そのままです。"


@requires_recent_factor
@action("office:route-draft", "code")
def publication(request: HttpRequest, code: str) -> HttpResponse:
    by = staff(request, EDIT_ROUTES)
    _draft_of(code).publish(by=by, **cleaned(PublicationForm(request.POST)))
    messages.success(request, "公開しました。適用開始日から、この版で回ります。")
    return redirect("office:route", code)
