"""意見の表: opinions that came in another way are read from a table, looked at, and entered in the register at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from todoke.office.voices.consultation_access import consultation_of
from todoke.office.voices.forms.opinion_tables import ANEW, OpinionTableForm, ReadOpinionsForm, sealed, unsealed
from todoke.runtime.refusals import Refused
from todoke.spreadsheets.writer import XLSX, xlsx_file
from todoke.voices.opinion_table import HEADS, ReadOpinions, enter_opinions, read_opinions
from todoke.web.actions import RefusalsOn, RefusalsSaid, cleaned
from todoke.web.downloads import without_persons
from todoke.web.permission_check import staff


def reading(request: HttpRequest, number: str) -> HttpResponseBase:
    """Read a table of opinions and show what would be entered; or return an empty one."""
    of = consultation_of(request, number)
    if request.GET.get("format") == "xlsx":
        return without_persons(xlsx_file(HEADS, []), "意見の表.xlsx", media_type=XLSX)
    form, found, taking = OpinionTableForm(request.POST or None, request.FILES or None), None, None
    if request.method == "POST" and form.is_valid():
        with RefusalsOn(form):
            of.require_open(staff(request))
            given = form.cleaned_data
            facts = {"channel": given["channel"], "arrived_at": given["arrived_at"]}
            read = read_opinions(of, given["file"].read(), **facts)
            found, taking = read, ReadOpinionsForm(initial={"read": sealed(of, read.rows)})
    context = {"of": of, "form": form, "taking": taking, "heads": HEADS, **(_told(found) if found else {})}
    return render(request, "office/consultations/opinion_table.html", context, status=422 if form.errors else 200)


def _told(found: ReadOpinions) -> dict[str, Any]:
    """Return what the page says of a table that was read."""
    fresh = found.fresh
    numbers = {"mailed": sum(bool(each.mail) for each in fresh), "opinions": sum(len(each.parts) for each in fresh)}
    return {"found": found, "known": len(found.rows) - len(fresh), **numbers}


@require_POST
def entry(request: HttpRequest, number: str) -> HttpResponse:
    """Enter what was read; why it was not, which a Refused says, stands on the page of the table."""
    of = consultation_of(request, number)
    with RefusalsSaid(request) as held:
        given = cleaned(ReadOpinionsForm(request.POST), ANEW)
        batch, rows = unsealed(of, given["read"])
        wanted = [each for each in rows if given["again"] or not each.known]
        if not wanted:
            raise Refused("どの行も、もう登録されています。何も登録していません。")
        entered = enter_opinions(of, wanted, batch=batch, by=staff(request))
        messages.success(request, f"{entered}件の受付を、表から登録しました。")
    return redirect(
        "office:consultation-receipts" if held.refusal is None else "office:consultation-receipt-table", of.number
    )
