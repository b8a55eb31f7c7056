"""通知書の発送: letters printed with an address sheet, mailed, and returned."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from todoke.audit.data_exports import Export
from todoke.cases.letters import dispatch
from todoke.cases.models import LetterBatch
from todoke.lists.cells import moment
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.list_page import list_page
from todoke.office.casework.letter_lists import LetterBatchList, LetterList
from todoke.web import downloads
from todoke.web.actions import action
from todoke.web.export_reason import asks_reason
from todoke.web.permission_check import staff

SHEET_COLUMNS = {"通知書": ("宛名", "住所", "通知書の本文"), "宛名シート": ("宛名", "住所", "受付番号")}


def _batch(request: HttpRequest, token: str) -> LetterBatch:
    return get_object_or_404(LetterBatchList(staff(request)).rows("all"), token=token)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show letters to mail, mailed and returned."""
    return render(request, "office/batches/index.html", LetterList(staff(request)).page(request.GET).context())


@asks_reason
def export(request: HttpRequest) -> HttpResponseBase:
    return list_response(LetterList(staff(request)), request)


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    """Show the letters that were printed together."""
    return list_page(request, LetterBatchList(staff(request)), "office/batches/list.html")


@action("office:batches")
def printing(request: HttpRequest) -> HttpResponse:
    """Print the selected letters together."""
    made = dispatch.create_batch(request.POST.getlist("letter"), by=staff(request))
    messages.success(request, "印刷を始めました。できあがると、ファイルを取り出せます。")
    return redirect("office:batch", made.token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    batch = _batch(request, token)
    batch.require_department(by=staff(request))
    letters = batch.letters.select_related("case__release__offer__procedure").order_by("case__number")
    context = {
        "batch": batch,
        "letters": letters,
        "busy": not batch.made_at and not batch.problem,
        "flagged": batch.blocked_cases(),
    }
    return render(request, "office/batches/show.html", context)


@asks_reason
def document(request: HttpRequest, token: str, sheet: str) -> HttpResponseBase:
    """Return the merged letters or their address sheet."""
    batch = _batch(request, token)
    path, name = (batch.addresses, "宛名シート") if sheet == "addresses" else (batch.file, "通知書")
    facts = Export(
        f"一括印刷の{name}", f"{name}.pdf", batch.total, persons=batch.total,
        conditions=f"{batch}({moment(batch.requested_at)})", columns=SHEET_COLUMNS[name], subject=batch,
        back=reverse("office:batch", args=[token]),
    )  # fmt: skip
    return downloads.export(request, batch, lambda: default_storage.open(path), facts)


@action("office:batch", "token")
def leaving_out(request: HttpRequest, token: str) -> str:
    numbers = dispatch.leave_out_flagged(_batch(request, token), by=staff(request))
    return f"{'、'.join(numbers)}を外し、印刷し直しています。前に印刷した紙があれば、通知書と宛名を抜いてください。"


@action("office:batch", "token")
def posting_(request: HttpRequest, token: str) -> str:
    dispatch.mark_posted(_batch(request, token), by=staff(request))
    return "発送を記録しました。戻ってきた通知書は、この一覧から記録します。"
