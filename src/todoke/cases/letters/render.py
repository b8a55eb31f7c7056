"""Letter rendering 印刷: writes a letter's PDF file and its hash, once."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction

from todoke.accounts.actors import System
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.cases.letters.letter_pdf import Unprintable, render_letter
from todoke.cases.mail.applicant_notices import notify_applicant
from todoke.cases.models import Letter
from todoke.cases.models.status import DeliveryStatus


def render_to_file(letter_id: int) -> None:
    """Render a letter, and store the file with its hash; idempotent. An unprintable letter is marked as failed."""
    letter = Letter.objects.select_related("case").get(pk=letter_id)
    if letter.made_at or letter.is_held or letter.cancelled_at:
        return
    try:
        pdf = render_letter(letter.data)
    except Unprintable as refused:
        if compare_and_set(letter, {"made_at": None}, problem=str(refused)):
            letter.case.set_delivery(DeliveryStatus.FAILED)
        return
    with transaction.atomic():
        name = letter.file.storage.save(f"letters/{letter.token}.pdf", ContentFile(pdf))
        sha256 = hashlib.sha256(pdf).hexdigest()
        if not stamp_once(letter, "made_at", file=name, sha256=sha256, size=len(pdf), problem=""):
            letter.file.storage.delete(name)
            return
        letter.case.set_delivery(DeliveryStatus.READY)
        log.record(letter, "通知書の完成", by=System(), after={"sha256": sha256})
        notify_applicant(letter.case, "case-decided", by=System())
