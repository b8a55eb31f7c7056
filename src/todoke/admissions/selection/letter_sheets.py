"""Letter sheets 印刷する通知書: the letters of families without an account, some at a time, as one PDF to print."""

import io

from django.db.models import Q, QuerySet

from todoke.admissions.models import PlacementLetter, SelectionRound
from todoke.cases.letters.letter_pdf import render_letter
from todoke.lazy_modules import pypdf

SHEETS = 20
"""Letters of one file."""


def letters_to_print(of: SelectionRound) -> QuerySet[PlacementLetter]:
    """Return the letters that were sent to families whom no mail reaches, in the order of their numbers."""
    home = "placement__child__household__applicant"
    rows = PlacementLetter.objects.filter(placement__round=of, sent_at__isnull=False)
    unreached = rows.filter(Q(**{home: None}) | Q(**{f"{home}__email": ""}))
    return unreached.order_by("placement__child__number", "pk")


def parts_to_print(of: SelectionRound) -> list[tuple[int, int, int]]:
    """Return the number of each file with the first and last of its letters, counted from 1."""
    count = letters_to_print(of).count()
    return [
        (part, start + 1, min(start + SHEETS, count)) for part, start in enumerate(range(0, count, SHEETS), 1)
    ]  # fmt: skip


def printed_part(of: SelectionRound, part: int) -> list[PlacementLetter]:
    """Return the letters of one file; empty beyond the last."""
    return list(letters_to_print(of)[(part - 1) * SHEETS : part * SHEETS])


def sheets(letters: list[PlacementLetter]) -> bytes:
    """Return letters as one PDF, each beginning on a page of its own."""
    joined = pypdf.PdfWriter()
    for letter in letters:
        for page in pypdf.PdfReader(io.BytesIO(render_letter(letter.content))).pages:
            joined.add_page(page)
    made = io.BytesIO()
    joined.write(made)
    return made.getvalue()
