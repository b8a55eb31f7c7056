"""Sender erasure 提出者の情報の消去: after the retention only what was published remains of an opinion."""

from datetime import date

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.audit.log import record, subject_of
from todoke.audit.transitions import stamp_once
from todoke.japanese.calendar import today
from todoke.notices.notice_erasure import erase_about
from todoke.records.retention import FISCAL, retention_term
from todoke.voices.models import CommentReceipt, Consultation, PublicComment, Sender

BLANK = "■"
BATCH = 500


def is_due(of: Consultation, on: date | None = None) -> bool:
    """Whether the years that the rule keeps senders have passed since the fiscal year in which the call ended."""
    if of.published_at is None or of.erased_at is not None:
        return False
    ended = timezone.localtime(of.published_at).date()
    return retention_term(ended, FISCAL, of.rule.retention_years).is_over(on or today())


def due_consultations(on: date | None = None) -> list[Consultation]:
    """Return the ended consultations whose senders are to be erased."""
    rows = Consultation.objects.exclude(published_at=None).filter(erased_at=None).select_related("rule")
    return [each for each in rows if is_due(each, on)]


@transaction.atomic
def erase_senders(of: Consultation, *, by: Actor) -> int:
    """提出者の情報の消去: erase names, addresses, scans and every word that was not published; return how many people.

    Places in the texts stay where they are, so that the published copies remain the same letter for letter. Returns 0
    where it was done before.
    """
    if not stamp_once(of, "erased_at"):
        return 0
    scans = list(of.receipts.exclude(scan="").values_list("scan", flat=True))
    for comment in PublicComment.objects.filter(consultation=of).prefetch_related("masks").iterator(chunk_size=BATCH):
        comment.text = _blanked(comment)
        comment.save(update_fields=["text"])
        CommentReceipt.objects.filter(comment=comment).update(text=comment.text, scan="", sealed_numbers="")
    people = Sender.objects.filter(consultation=of).update(sealed_name="", sealed_address="", sealed_mail="")
    erase_about(subject_of(of))
    record(of, "提出者の情報の消去", by=by, after={"人数": people, "紙の写し": len(scans)})
    transaction.on_commit(lambda: _delete(scans))
    return people


def _blanked(comment: PublicComment) -> str:
    """Return the text with a blank for every masked letter; of a text that was never published nothing but blanks."""
    if comment.checked_at is None:
        return BLANK * len(comment.text)
    letters = list(comment.text)
    for span in comment.spans:
        letters[span.start : span.end] = BLANK * (span.end - span.start)
    return "".join(letters)


def _delete(paths: list[str]) -> None:
    for path in paths:
        default_storage.delete(path)
