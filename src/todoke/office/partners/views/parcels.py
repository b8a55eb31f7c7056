"""引渡しの便: made, carried out, brought, and settled by the receipt of the other side."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from todoke.audit.data_exports import Export
from todoke.integrations.handover import inbound_parcels, outbound_parcels, settlement
from todoke.integrations.handover.receipts import LARGEST, code_of
from todoke.integrations.models import HandoverLine, Parcel
from todoke.integrations.permissions import CARRY_PARCELS
from todoke.lists.list_page import list_page
from todoke.office.partners.forms.parcels import ParcelFileForm, ReceiptCodeForm, ReceiptFileForm
from todoke.office.partners.parcel_list import ParcelList
from todoke.office.partners.views.handover_lines import line_of
from todoke.web import downloads
from todoke.web.actions import action, cleaned
from todoke.web.export_reason import asks_reason
from todoke.web.permission_check import staff

ZIP, JSON, SHOWN = "application/zip", "application/json", 200


@require_GET
def show_list(request: HttpRequest) -> HttpResponseBase:
    user = staff(request, CARRY_PARCELS)
    lines = HandoverLine.objects.select_related("partner")
    return list_page(request, ParcelList(user), "office/parcels/index.html", {"lines": lines})


def parcel_of(request: HttpRequest, token: str) -> Parcel:
    mine = Parcel.objects.visible_to(staff(request, CARRY_PARCELS)).select_related("line__partner", "begun_by")
    return get_object_or_404(mine, token=token)


@require_GET
def show(request: HttpRequest, token: str) -> HttpResponse:
    """Show how far a parcel is, what is next, and what was refused."""
    parcel = parcel_of(request, token)
    rows = parcel.rows.exclude(refusal="")
    code = code_of(parcel.manifest, parcel.accepted or 0, parcel.refused or 0)
    context = {
        "parcel": parcel, "refusals": rows[:SHOWN], "refusal_rest": max(0, rows.count() - SHOWN),
        "kinds": parcel.count_of_kinds(), "code": code, "file_form": ReceiptFileForm(), "code_form": ReceiptCodeForm(),
        "flagged": parcel.flagged_since(),
    }  # fmt: skip
    return render(request, "office/parcels/show.html", context)


@action("office:handover-line", "code")
def dispatch(request: HttpRequest, code: str) -> HttpResponse:
    """Make a parcel of what waits."""
    by, line = staff(request, CARRY_PARCELS), line_of(request, code)
    return redirect("office:parcel", outbound_parcels.begin_parcel(line, by=by).token)


@action("office:handover-line", "code")
def arrival(request: HttpRequest, code: str) -> HttpResponse:
    """Take in a parcel that a person brings; one that came before leads to its page."""
    by, line = staff(request, CARRY_PARCELS), line_of(request, code)
    brought = cleaned(ParcelFileForm(request.POST, request.FILES))["parcel"]
    with NamedTemporaryFile(prefix="todoke-parcel-", suffix=".zip") as file:
        for block in brought.chunks():
            file.write(block)
        file.flush()
        made, again = inbound_parcels.register_parcel(line, Path(file.name), by=by)
    if again:
        messages.info(request, f"{made.name}は、もう受け取っています。受領書は、はじめに作ったものと同じです。")
    return redirect("office:parcel", made.token)


@asks_reason
def file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the file of a parcel; asks who takes it and why, each time."""
    parcel, by = parcel_of(request, token), staff(request)
    facts = Export(
        f"引渡しの便 {parcel}", parcel.file_name, parcel.total, "zip", parcel.total, "経路で待っていた案件",
        ["申請", "案件の動き", "添付書類"], subject=parcel, back=reverse("office:parcel", args=[token]),
    )  # fmt: skip

    def read() -> downloads.Content:
        parcel.note_carrying(by=by)
        return default_storage.open(parcel.path)

    return downloads.export(request, parcel, read, facts, media_type=ZIP)


@require_GET
def receipt(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the receipt of a parcel that was taken in; it names no person."""
    parcel = parcel_of(request, token)
    name = f"受領書_{parcel.line}_{parcel.sequence:05d}.json"
    return downloads.take(parcel.signed_receipt(), parcel.receipt.encode, name, by=staff(request), media_type=JSON)


@action("office:parcel", "token")
def receipt_file(request: HttpRequest, token: str) -> str:
    """Record what the receipt says that came back as a file."""
    by, parcel = staff(request, CARRY_PARCELS), parcel_of(request, token)
    content = cleaned(ReceiptFileForm(request.POST, request.FILES))["receipt"].read(LARGEST + 1)
    settled = settlement.settle_by_file(parcel.line, content, by=by)
    return f"{settled.name}の受領を記録しました。相手が受け取ったのは {settled.accepted:,}件です。"


@action("office:parcel", "token")
def receipt_code(request: HttpRequest, token: str) -> str:
    """Record what the receipt says that came back as 20 characters."""
    by, parcel = staff(request, CARRY_PARCELS), parcel_of(request, token)
    settled = settlement.settle_by_code(parcel, cleaned(ReceiptCodeForm(request.POST))["code"], by=by)
    return f"{settled.name}の受領を記録しました。相手が受け取ったのは {settled.accepted:,}件です。"


@action("office:parcel", "token")
def cancellation(request: HttpRequest, token: str) -> str:
    """Give up a parcel that is not made yet."""
    parcel_of(request, token).cancel(by=staff(request))
    return "便を取りやめました。案件は、次の便に入ります。"
