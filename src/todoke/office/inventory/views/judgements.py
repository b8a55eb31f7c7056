"""区の判断: why procedures are not online here, in words for residents, and when to review."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from todoke.japanese.calendar import today
from todoke.lists.csv_xlsx_export import table_response
from todoke.office.casework.views.cases import me
from todoke.office.inventory.forms.judgements import JudgementForm
from todoke.procedures.models import Judgement, Procedure, install_code_tables
from todoke.web.actions import RefusalsOn

PAGE = 50
HEADS = ["手続番号", "手続名", "所管部署", "懸念点", "判断の理由", "住民への説明", "次に確かめる日", "判断した人"]


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """The judgements in force by their next check; with ``due`` only those whose day has come."""
    due, after = bool(request.GET.get("due")), request.GET.get("after", "")
    found = Judgement.objects.due(today()) if due else Judgement.objects.in_force()
    found = found.select_related("procedure__department", "concern").order_by("next_check_on", "procedure__serial")
    if kind := request.GET.get("format", ""):
        return table_response("区の判断", HEADS, lines(found), kind)
    day, _, serial = after.partition("~")
    if serial.isdecimal() and (since := parse_date(day)):
        found = found.filter(Q(next_check_on__gt=since) | Q(next_check_on=since, procedure__serial__gt=serial))
    rows = list(found[: PAGE + 1])
    context = {"rows": rows[:PAGE], "following": _following(rows, due), "only_due": due}
    return render(request, "office/judgements/list.html", context | {"due": Judgement.objects.due(today()).count()})


def _following(rows: list[Judgement], due: bool) -> str:
    if len(rows) <= PAGE:
        return ""
    last = rows[PAGE - 1]
    return f"?after={last.next_check_on}~{last.procedure.serial}{'&due=1' if due else ''}"


def lines(found: Iterable[Judgement]) -> Iterator[list[object]]:
    """Yield what an export holds of each judgement."""
    for each in found:
        yield [
            each.procedure.number, each.procedure.title, str(each.procedure.department or ""), each.concern.label,
            each.grounds, each.explanation, each.next_check_on, each.judged_by_label,
        ]  # fmt: skip


@require_http_methods(["GET", "POST"])
def addition(request: HttpRequest, number: str) -> HttpResponse:
    """Record a judgement; the previous one stays in the history."""
    procedure = get_object_or_404(Procedure.objects.select_related("department"), number=number)
    install_code_tables()
    form = JudgementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form, note="保存していません。"):
            Judgement.judge(procedure, **form.cleaned_data, by=me(request))
            messages.success(request, "判断を書きました。公開ページにすぐ出ます。")
            return redirect("office:procedure", number=number)
    context = {"procedure": procedure, "form": form, "history": procedure.judgements.select_related("concern")}
    return render(request, "office/judgements/addition.html", context, status=422 if form.errors else 200)
