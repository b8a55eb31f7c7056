"""Batches 一括印刷: letters joined into one file, and the address sheet that goes with them."""

import hashlib
import io
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from pypdf import PdfWriter

from todoke.cases.letters.letter_pdf import Unprintable, print_letter
from todoke.cases.models import Letter, LetterBatch

STRIDE = 10


def press_together(batch_id: int) -> None:
    """Join the letters of a batch and set their address sheet; safe to run twice. Progress shows while it goes on."""
    batch = LetterBatch.objects.get(pk=batch_id)
    if batch.made_at or batch.problem:
        return
    letters = list(batch.letters.select_related("case").order_by("case__number"))
    book, rows = PdfWriter(), LetterBatch.objects.filter(pk=batch.pk, made_at__isnull=True)
    for count, letter in enumerate(letters, 1):
        with letter.file.open() as file:
            content = file.read()
        if hashlib.sha256(content).hexdigest() != letter.sha256:
            rows.update(problem=f"{letter.case.number}の通知書が、作成したときの内容と一致しません。")
            return
        book.append(io.BytesIO(content))
        if count % STRIDE == 0 or count == len(letters):
            rows.update(done=count)
    joined = io.BytesIO()
    book.write(joined)
    try:
        labels = print_letter(sheet_of(letters), "labels.typ")
    except Unprintable as refused:
        rows.update(problem=str(refused))
        return
    facts = {
        "file": default_storage.save(f"letters/batch-{batch.token}.pdf", ContentFile(joined.getvalue())),
        "addresses": default_storage.save(f"letters/labels-{batch.token}.pdf", ContentFile(labels)),
    }
    rows.update(made_at=timezone.now(), **facts)


def sheet_of(letters: Sequence[Letter]) -> dict[str, Any]:
    """Return what the address sheet (宛名シート) says: one label for each letter that has an address."""
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
