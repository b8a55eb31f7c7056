"""公文書: the list of files, one file, redacted copies, and disposal lists."""

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from todoke.audit.data_exports import Export
from todoke.audit.log import record
from todoke.audit.permissions import SEE_EXPORTS
from todoke.cases.records.disclosure_copy import DisclosureCopy
from todoke.cases.records.record_disposal import create_and_propose
from todoke.lists.csv_xlsx_export import list_response
from todoke.lists.list_page import list_page
from todoke.office.records.disposal_list import DisposalList
from todoke.office.records.file_list import RecordFileList
from todoke.office.records.forms.records import (
    DisposalForm,
    ExtensionForm,
    HoldForm,
    ItemsForm,
    PassageForm,
    TakingBackForm,
)
from todoke.records.models import Disposal, Document, Ground, RecordFile, WithheldPassage
from todoke.records.personal_items import PersonalItem
from todoke.records.redaction import RedactedPiece, disclosed_copy_pdf, disclosed_items, redacted_pieces
from todoke.web import downloads
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor


def file_for(request: HttpRequest, number: str) -> RecordFile:
    """Return a file visible to the person. Raises Http404."""
    files = RecordFile.objects.visible_to(staff(request)).select_related("classification", "department")
    return get_object_or_404(files, number=number)


def _kept_file(request: HttpRequest, number: str) -> RecordFile:
    """Return a file that the person may keep. Raises Http404, NotAllowed to whoever may only read it."""
    file = file_for(request, number)
    file.require_keeping(by=staff(request))
    return file


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Show the files, newest first; expired ones can be put on a disposal list."""
    user = staff(request)
    context = {
        "form": DisposalForm(),
        "may_see_exports": SEE_EXPORTS.held_by(user),
        **RecordFileList(user).page(request.GET).context(),
    }
    return render(request, "office/records/index.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    return list_response(RecordFileList(staff(request)), request)


@require_GET
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show one file with its documents as a copy would show them."""
    file = file_for(request, number)
    record(file, "閲覧", by=staff(request))
    papers = [_shown(paper) for paper in file.documents.prefetch_related("passages")]
    context = {
        "file": file,
        "may_keep": file.can_keep(staff(request)),
        "documents": papers,
        "told": [f"文書{each.paper.order} {item.label}" for each in papers for item in each.told],
        "holds": file.holds.select_related("placed_by"),
        "extensions": file.extensions.select_related("extended_by"),
        "hold_form": HoldForm(auto_id="hold_%s"),
        "extension_form": ExtensionForm(auto_id="extension_%s"),
    }
    return render(request, "office/records/show.html", context)


class ShownPaper(NamedTuple):
    """綴った文書: as a copy would show it, what it still tells of persons, and the forms to redact it."""

    paper: Document
    pieces: list[RedactedPiece]
    told: list[PersonalItem]
    passages: list[tuple[int, str, str]]
    form: PassageForm
    items_form: ItemsForm | None


def _shown(paper: Document) -> ShownPaper:
    told, place = disclosed_items(paper), {"document": paper.order}
    passages = [
        (each.start, paper.text[each.start : each.end], each.get_ground_display()) for each in paper.passages.all()
    ]
    form = PassageForm(initial=place, auto_id=f"d{paper.order}_%s")
    items = ItemsForm(initial=dict(place), items=told, auto_id=f"i{paper.order}_%s") if told else None
    return ShownPaper(paper, redacted_pieces(paper), told, passages, form, items)


@action("office:record", "number")
def hold(request: HttpRequest, number: str) -> str:
    file, form = _kept_file(request, number), HoldForm(request.POST)
    file.place_hold(by=staff(request), **cleaned(form, "理由を書いてから、もう一度押してください。"))
    return "廃棄を停止しました。解除するまで廃棄されません。"


@action("office:record", "number")
def lifting(request: HttpRequest, number: str) -> str | HttpResponse:
    placed = _kept_file(request, number).holds.filter(lifted_at__isnull=True).first()
    if placed is None:
        messages.info(request, "廃棄停止は、すでに解除されています。")
        return redirect("office:record", number)
    placed.lift(by=staff(request))
    return "廃棄停止を解除しました。"


@action("office:record", "number")
def extension(request: HttpRequest, number: str) -> str:
    file, form = _kept_file(request, number), ExtensionForm(request.POST)
    file.extend(by=staff(request), **cleaned(form, "年数と理由を書いてから、もう一度押してください。"))
    return "保存期間を延ばしました。"


@action("office:record", "number")
def passage(request: HttpRequest, number: str) -> str:
    """Redact words or a whole document in copies."""
    file, form = _kept_file(request, number), PassageForm(request.POST)
    given = cleaned(form, "不開示の理由を選んでから、もう一度押してください。")
    paper = get_object_or_404(file.documents, order=given["document"])
    words, ground = given["words"], Ground(given["ground"])
    if words:
        WithheldPassage.withhold(paper, words, ground=ground, by=staff(request))
    else:
        WithheldPassage.withhold_all(paper, ground=ground, by=staff(request))
    return "不開示にしました。写しには入りません。"


@action("office:record", "number")
def items(request: HttpRequest, number: str) -> str:
    """Redact several words about persons at once."""
    file = _kept_file(request, number)
    order = request.POST.get("document", "")
    paper = get_object_or_404(file.documents, order=int(order) if order.isdecimal() and len(order) < 6 else 0)
    given = cleaned(ItemsForm(request.POST, items=disclosed_items(paper)), "不開示にする言葉を選んでください。")
    for words in given["words"]:
        WithheldPassage.withhold(paper, words, ground=Ground(given["ground"]), by=staff(request))
    return f"{len(given['words'])}件の言葉を不開示にしました。写しには入りません。"


@action("office:record", "number")
def taking_back(request: HttpRequest, number: str) -> str:
    """Disclose a passage or a whole document again."""
    file, given = _kept_file(request, number), cleaned(TakingBackForm(request.POST))
    paper = get_object_or_404(file.documents, order=given["document"])
    if given["start"] is None:
        WithheldPassage.take_all_back(paper, by=staff(request))
    else:
        for passage in paper.passages.filter(start=given["start"]):
            passage.take_back(by=staff(request))
    return "不開示を取り消しました。写しに入ります。"


@require_GET
def disclosure(request: HttpRequest, number: str) -> HttpResponseBase:
    """Return the redacted copy."""
    file = file_for(request, number)
    name, title = f"{file.number}-disclosure.pdf", f"開示用の写し {file.number}"
    facts = Export(title, name, 1, persons=1, reason="開示", subject=file)
    return downloads.export(request, DisclosureCopy(file), lambda: disclosed_copy_pdf(file), facts)


@require_GET
def disposals(request: HttpRequest) -> HttpResponseBase:
    """Show the disposal lists, newest first; decided ones can be carried out."""
    return list_page(request, DisposalList(staff(request)), "office/records/disposals.html")


@requires_recent_factor
@action("office:records", query={"view": "expired"})
def disposal(request: HttpRequest) -> str:
    """Put selected expired files on a list and propose it."""
    user, form = staff(request), DisposalForm(request.POST)
    files = RecordFile.objects.visible_to(user).filter(number__in=request.POST.getlist("number"))
    for file in files:
        file.require_keeping(by=user)
    given = cleaned(form, "区分と決裁ルートを選んでから、もう一度押してください。")
    create_and_propose(files, by=user, **given)
    return "一覧を作り、起案しました。決裁されるまで、何も廃棄されません。"


@requires_recent_factor
@action("office:records-disposals")
def carrying_out(request: HttpRequest, code: str) -> str:
    """Dispose of what was decided."""
    mine = RecordFile.objects.visible_to(staff(request))
    found = get_object_or_404(Disposal.objects.filter(items__file__in=mine).distinct(), code=code)
    found.execute(by=staff(request))
    return "廃棄・移管を実施しました。件数の統計は残っています。"
