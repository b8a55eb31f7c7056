"""ポイント事業の手紙と業種: codes that are printed in letters, kinds of shops, and a long table given up."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from todoke.audit.data_exports import Export
from todoke.japanese.calendar import today
from todoke.office.points.access import program_of
from todoke.office.points.forms.programs import ExclusionForm, LetterForm
from todoke.points.letter_codes import LetterCodes
from todoke.web.actions import action, cleaned
from todoke.web.downloads import export
from todoke.web.permission_check import staff

CSV = "text/csv; charset=utf-8"


@require_POST
def letters(request: HttpRequest, code: str) -> HttpResponseBase:
    """Return the table with the code of each letter; a refusal is a page of its own."""
    program, form = program_of(request, code), LetterForm(request.POST, request.FILES)
    cleaned(form)
    codes = LetterCodes(program, form.numbers())
    name, count = f"annai-{code}-{today():%Y%m%d}.csv", len(codes.rows())
    exported = Export("案内の番号の表", name, count, "csv", reason="案内の手紙の印刷", subject=program)
    return export(request, codes, codes.lines, exported, media_type=CSV)


@action("office:points-program", "code")
def exclusions(request: HttpRequest, code: str) -> str:
    program = program_of(request, code)
    program.exclude_categories(cleaned(ExclusionForm(request.POST))["categories"], by=staff(request))
    return "使えない業種を決めました。公開すると、変えられません。"


@action("office:points-program", "code")
def cancellation(request: HttpRequest, code: str) -> str:
    """Give up the tables that are still being taken in."""
    program, by = program_of(request, code), staff(request)
    for table in program.imports.going_on():
        table.cancel(by=by)
    return "対象者の取込みを取りやめました。それまでに加えた方は、そのまま残ります。"
