"""案件: the list of all channels, and one case on one page."""

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from todoke.accounts.models import User
from todoke.audit import log
from todoke.cases import inbox, messages
from todoke.cases.models import Case, SavedView
from todoke.design.templatetags.lists import Tab
from todoke.lists.download import table_response
from todoke.office.casework.case_page import casefile
from todoke.office.casework.forms.cases import AssignmentForm, CaseFilter, SavedViewForm


def me(request: HttpRequest) -> User:
    """Return the member of staff; the staff door lets nobody else in."""
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def case_for(request: HttpRequest, number: str) -> Case:
    """Return a case of the person's departments; for anybody else it does not exist."""
    cases = Case.objects.in_office_of(me(request)).select_related(
        "release__offer__procedure", "department", "assignee", "applicant", "recorded_by", "charge__receipt",
        "proposal", "submission__draft__representation",
    )  # fmt: skip
    return get_object_or_404(cases.distinct(), number=number)


def show_list(request: HttpRequest) -> HttpResponse:
    user = me(request)
    form = CaseFilter(request.GET, user)
    wish = form.wish()
    desk = inbox.desk_of(user)
    page = inbox.sheet(inbox.walked(user, wish), wish, user)
    numbers = inbox.counts(desk, user)
    context = {
        "form": form,
        "wish": wish,
        **_shortcuts(user, form),
        "tabs": _tabs(wish, numbers),
        "cases": page.cases,
        "following": _with(request, after=page.following) if page.following else "",
        "previous": _with(request, after="") if wish.after else "",
        "assignment": AssignmentForm(user=user),
        "exports": {kind: f"{reverse('office:case-export')}{_with(request, kind=kind)}" for kind in ("csv", "xlsx")},
    }
    return render(request, "office/cases/list.html", context)


def _shortcuts(user: User, form: CaseFilter) -> dict[str, object]:
    mine = SavedView.objects.filter(user=user)
    return {"shortcuts": mine, "shortcut_form": SavedViewForm(), "query": form.query()}


def export(request: HttpRequest) -> HttpResponseBase:
    """Everything that the list shows, on all its pages; taking it out leaves an entry."""
    user = me(request)
    log.record(f"accounts.user/{user.pk}", "案件一覧の書き出し", by=user, after={"address": request.get_full_path()})
    wish = CaseFilter(request.GET, user).wish()
    cases = inbox.chosen(inbox.desk_of(user), wish, user).select_related(
        "release__offer__procedure", "department", "assignee", "charge__receipt"
    )
    heads = ["受付番号", *(inbox.COLUMNS[column] for column in wish.columns)]
    lines = ([case.number, *(CELLS[column](case) for column in wish.columns)] for case in cases[:100_000])
    return table_response("案件", heads, lines, request.GET.get("kind", "csv"))


def show(request: HttpRequest, number: str) -> HttpResponse:
    case = case_for(request, number)
    case.record_view(by=me(request))
    messages.mark_seen(case, messages.Sender.APPLICANT)
    return render(request, "office/cases/show.html", casefile(case, me(request)))


def upload(request: HttpRequest, number: str, token: str) -> FileResponse:
    """One attachment, as a download that no browser runs."""
    case = case_for(request, number)
    found = get_object_or_404(case.submission.uploads.kept(), token=token)
    case.record_view(by=me(request))
    return FileResponse(found.open(), as_attachment=True, filename=found.name, content_type=found.media_type)


CELLS: dict[str, Callable[[Case], object]] = {
    "title": lambda case: case.title,
    "name": lambda case: case.applicant_name,
    "kana": lambda case: case.applicant_kana,
    "status": lambda case: case.get_status_display(),
    "due": lambda case: case.due_on,
    "department": lambda case: case.department.name,
    "assignee": lambda case: case.assignee.name if case.assignee else "",
    "received": lambda case: case.received_at,
    "channel": lambda case: case.get_channel_display(),
    "fee": lambda case: case.charge.yen if case.charge else 0,
}


def _tabs(wish: inbox.Wish, numbers: dict[str, int]) -> list[Tab]:
    return [
        Tab(label, f"?view={view}", numbers.get(view), current=view == wish.view) for view, label in inbox.VIEWS.items()
    ]


def _with(request: HttpRequest, **changes: str) -> str:
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode()}"
