"""通知書の発送: letters printed with an address sheet, mailed, and returned."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from todoke.audit import log
from todoke.cases.letters import dispatch
from todoke.cases.models import Letter, LetterBatch
from todoke.cases.models.querysets import departments_worked_in
from todoke.japanese.variants import name_key
from todoke.lists.csv_xlsx_export import table_response
from todoke.office.casework.forms.batches import VIEWS, LetterFilter
from todoke.office.casework.views.cases import me
from todoke.web.actions import action

SIZE = 100
HEADS = ("受付番号", "手続", "種類", "宛名", "作成日時", "発送日時", "返戻", "返戻の理由")


def _batches(request: HttpRequest) -> QuerySet[LetterBatch]:
    mine = departments_worked_in(me(request)).values("pk")
    return LetterBatch.objects.filter(department__in=mine).select_related("requested_by", "department")


def _batch(request: HttpRequest, token: str) -> LetterBatch:
    return get_object_or_404(_batches(request), token=token)


def _letters(request: HttpRequest, form: LetterFilter) -> QuerySet[Letter]:
    form.is_valid()
    given, rows = form.cleaned_data, Letter.objects.in_office_of(me(request))
    rows = {
        "posted": rows.filter(posted_at__isnull=False, returned_at__isnull=True),
        "returned": rows.filter(returned_at__isnull=False),
    }.get(given.get("view") or "", rows.to_post())
    if words := given.get("q"):
        rows = rows.filter(Q(case__number__startswith=words) | Q(case__search_name__contains=name_key(words)))
    if offer := given.get("offer"):
        rows = rows.filter(case__release__offer=offer)
    return rows.select_related("case__release__offer__procedure", "batch").distinct()


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show letters to mail, mailed and returned."""
    form, after = LetterFilter(request.GET), request.GET.get("after", "")
    rows = _letters(request, form)
    page = list((rows.filter(token__gt=after) if after else rows).order_by("token")[: SIZE + 1])
    query = request.GET.copy()
    query.pop("after", None)
    here = f"?{query.urlencode()}"
    context = {
        "form": form,
        "view": form.cleaned_data.get("view") or "ready",
        "views": VIEWS,
        "letters": page[:SIZE],
        "batches": _batches(request)[:20],
        "following": f"{here}&after={page[SIZE - 1].token}" if len(page) > SIZE else "",
        "previous": here if after else "",
        "export": reverse("office:batches-export") + here,
    }
    return render(request, "office/batches/index.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """Return all listed rows as CSV or XLSX."""
    rows = _letters(request, LetterFilter(request.GET))[:100_000]
    lines = (
        (row.case.number, row.case.title, row.get_kind_display(), row.case.applicant_name, row.made_at, row.posted_at,
         row.returned_at, row.return_reason)
        for row in rows
    )  # fmt: skip
    log.record(f"accounts.user/{me(request).pk}", "通知書一覧の書き出し", by=me(request))
    return table_response("通知書", HEADS, lines, request.GET.get("kind", "csv"))


@action("office:batches")
def printing(request: HttpRequest) -> HttpResponse:
    """Print the selected letters together."""
    made = dispatch.create_batch(request.POST.getlist("letter"), by=me(request))
    messages.success(request, "印刷を始めました。できあがると、ファイルを取り出せます。")
    return redirect("office:batch", made.token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    batch = _batch(request, token)
    letters = batch.letters.select_related("case__release__offer__procedure").order_by("case__number")
    context = {"batch": batch, "letters": letters, "busy": not batch.made_at and not batch.problem}
    return render(request, "office/batches/show.html", context)


@require_GET
def document(request: HttpRequest, token: str, sheet: str) -> HttpResponse | FileResponse:
    """Return the merged letters or their address sheet; the download is logged."""
    batch = get_object_or_404(_batches(request).filter(made_at__isnull=False), token=token)
    log.record(batch, "一括印刷の取出し", by=me(request), after={"ファイル": sheet})
    path = batch.addresses if sheet == "addresses" else batch.file
    name = "宛名シート.pdf" if sheet == "addresses" else "通知書.pdf"
    return FileResponse(default_storage.open(path), as_attachment=True, filename=name, content_type="application/pdf")


@action("office:batch", "token")
def posting_(request: HttpRequest, token: str) -> str:
    dispatch.mark_posted(_batch(request, token), by=me(request))
    return "発送を記録しました。戻ってきた通知書は、この一覧から記録します。"
