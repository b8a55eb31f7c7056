"""紙面: pictures come in, are shown to their department, moved to their page, or taken out with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from todoke.office.scans.batch_page import batch_for, sheet_for
from todoke.office.scans.corner_points import CORNERS, SHOWN_WIDTH, carried, pressed_corners
from todoke.office.scans.forms.scans import AT_ONCE, PlaceForm
from todoke.runtime.refusals import Refused
from todoke.scans.picture_intake import add_pictures
from todoke.web import downloads
from todoke.web.actions import RefusalsSaid, action, cleaned
from todoke.web.permission_check import staff


@action("office:scan", "token")
def addition(request: HttpRequest, token: str) -> HttpResponse:
    """Take in pictures; each that cannot be taken is told with its reason, the others are kept.

    Raises Refused for none or too many.
    """
    batch, files = batch_for(request, token), request.FILES.getlist("pictures")
    if not 1 <= len(files) <= AT_ONCE:
        raise Refused(f"画像を選んでください。一度に{AT_ONCE}枚までです。")
    found = add_pictures(batch, [(file.name or "", file) for file in files], by=staff(request))
    if found.added:
        messages.success(request, f"{found.added}枚を取り込みました。")
    for said in found.said:
        messages.warning(request, said)
    return redirect("office:scan", token)


@require_GET
def image(request: HttpRequest, sheet: str) -> HttpResponseBase:
    """Return the picture of a sheet."""
    found = sheet_for(request, sheet)
    return downloads.take(
        found, found.open, f"紙面{found.position}", by=staff(request), media_type=found.media_type, inline=True
    )


def _batch_of(request: HttpRequest, sheet: str) -> str:
    return reverse("office:scan", args=[sheet_for(request, sheet).batch.token])


@action(_batch_of)
def removal(request: HttpRequest, sheet: str) -> str:
    """Take a sheet out of its batch."""
    sheet_for(request, sheet).take_out(request.POST.get("reason", ""), by=staff(request))
    return "紙面を外しました。画像は、束の保存期間が終わるまで残ります。"


@action(_batch_of)
def place(request: HttpRequest, sheet: str) -> str:
    """Make a sheet another page of another application."""
    form = PlaceForm(request.POST)
    cleaned(form)
    found = sheet_for(request, sheet)
    found.move_to(**form.cleaned_data, by=staff(request))
    return f"{found}にしました。"


def corners(request: HttpRequest, sheet: str) -> HttpResponse:
    """Ask for the four marks, one press on the picture each; the last one aligns the sheet."""
    found = sheet_for(request, sheet)
    seen = pressed_corners(request.POST, found)
    if len(seen) == len(CORNERS):
        with RefusalsSaid(request):
            found.align_by_hand(seen, by=staff(request))
            messages.success(request, "位置を合わせました。欄の画像が、枠のとおりに出ます。")
            return redirect("office:scan-application", found.batch.token, found.application)
        seen = []
    context = {"sheet": found, "carried": carried(seen, found), "corner": CORNERS[len(seen)], "width": SHOWN_WIDTH}
    return render(request, "office/scans/corners.html", context)
