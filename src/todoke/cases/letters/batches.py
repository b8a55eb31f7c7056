"""Letter batches 一括印刷: letters joined into one PDF, with their address sheet."""

import hashlib
import io
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from todoke.cases.letters.letter_pdf import Unprintable, render_letter
from todoke.cases.models import Letter, LetterBatch
from todoke.lazy_modules import pypdf

PROGRESS_EVERY = 10


def render_batch(batch_id: int) -> None:
    """Render the PDF and the address sheet of a batch; idempotent. Writes its progress while it runs."""
    batch = LetterBatch.objects.get(pk=batch_id)
    if batch.made_at or batch.problem:
        return
    letters = list(batch.letters.select_related("case").order_by("case__number"))
    book, rows = pypdf.PdfWriter(), LetterBatch.objects.filter(pk=batch.pk, made_at__isnull=True, total=len(letters))
    for count, letter in enumerate(letters, 1):
        with letter.file.open() as file:
            content = file.read()
        if hashlib.sha256(content).hexdigest() != letter.sha256:
            rows.update(problem=f"{letter.case.number}の通知書が、作成したときの内容と一致しません。")
            return
        book.append(io.BytesIO(content))
        if count % PROGRESS_EVERY == 0 or count == len(letters):
            rows.update(done=count)
    joined = io.BytesIO()
    book.write(joined)
    try:
        labels = render_letter(address_sheet(letters), "labels.typ")
    except Unprintable as refused:
        rows.update(problem=str(refused))
        return
    facts = {
        "file": default_storage.save(f"letters/batch-{batch.token}.pdf", ContentFile(joined.getvalue())),
        "addresses": default_storage.save(f"letters/labels-{batch.token}.pdf", ContentFile(labels)),
    }
    rows.update(made_at=timezone.now(), **facts)


def address_sheet(letters: Sequence[Letter]) -> dict[str, Any]:
    """Return the data of the address sheet (宛名シート): one label for each letter that has an address."""
    return {
        "title": "宛名シート",
        "sender": letters[0].data["sender"] if letters else "",
        "synthetic": letters[0].data["synthetic"] if letters else "",
        "labels": [
            {
                "number": letter.case.number,
                "address": letter.data["address"],
                "recipient": letter.data["recipient"],
                "recipient_plain": letter.data.get("recipient_plain", ""),
            }
            for letter in letters
            if letter.data.get("address")
        ],
        "without": [letter.case.number for letter in letters if not letter.data.get("address")],
    }
