"""通知書: the letters of families without an account are printed, one by one or some at a time."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from todoke.admissions.models import PlacementLetter
from todoke.admissions.selection.letter_sheets import printed_part, sheets
from todoke.audit.data_exports import Export
from todoke.office.selection.round_access import child_of, round_of
from todoke.web.downloads import export
from todoke.web.export_reason import asks_reason


@asks_reason
def part(request: HttpRequest, pk: int, part: int) -> HttpResponseBase:
    """Return some of the letters to print as one PDF."""
    of = round_of(request, pk)
    letters = printed_part(of, part)
    if not letters:
        raise Http404
    facts = Export(
        f"通知書 {of} {part}", f"通知書_{part}.pdf", len(letters), persons=len(letters), subject=of,
        back=request.path.removesuffix(f"letters/{part}/"),
    )  # fmt: skip
    return export(request, of, lambda: sheets(letters), facts)


@asks_reason
def letter(request: HttpRequest, pk: int, number: str, letter: int) -> HttpResponseBase:
    """Return one letter of a child."""
    child = child_of(request, pk, number)
    rows = PlacementLetter.objects.filter(placement__child=child).exclude(sent_at=None)
    found = get_object_or_404(rows.select_related("placement__round__scheme", "placement__child__household"), pk=letter)
    facts = Export(
        f"{found.get_kind_display()} {child.number}", f"{found.get_kind_display()}.pdf", 1, persons=1, subject=child,
        back=request.path.removesuffix(f"letters/{letter}/"),
    )  # fmt: skip
    return export(request, found, lambda: sheets([found]), facts)
