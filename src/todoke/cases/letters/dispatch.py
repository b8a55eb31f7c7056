"""Letter dispatch 発送: letters printed in batches with their address sheet, and posted together."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import stamp_once
from todoke.cases.letters.issue import flagged_cases
from todoke.cases.models import Case, Letter, LetterBatch
from todoke.cases.models.status import DeliveryStatus
from todoke.cases.tasks import make_batch
from todoke.runtime.refusals import Conflict, Refused

MAX_LETTERS = 500


def blocked_letters(letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters that name a person under a stop flag and that nobody has cleared since."""
    unseen = [letter for letter in letters if letter.released_at is None]
    held = flagged_cases(letter.case for letter in unseen)
    return [letter for letter in unseen if letter.case_id in held]


@transaction.atomic
def create_batch(tokens: Sequence[str], *, by: User) -> LetterBatch:
    """Create a print batch of ready letters (一括印刷), all or none.

    Raises Refused when one of them must not go out, Conflict when one of them is no longer ready.
    """
    wanted = list(dict.fromkeys(tokens))
    if not wanted or len(wanted) > MAX_LETTERS:
        raise Refused(f"通知書を1件以上{MAX_LETTERS}件まで選んでください。")
    found = list(
        Letter.objects.in_office_of(by)
        .to_post()
        .filter(token__in=wanted)
        .select_related("case__submission__version", "case__department")
        .distinct()
    )
    if len(found) != len(wanted):
        raise Refused("印刷中、発送済み、または受け取り済みの通知書が含まれています。何も変わっていません。")
    if held := blocked_letters(found):
        numbers = "、".join(letter.case.number for letter in held[:5])
        raise Refused(f"支援措置の確認が必要な通知書があります({numbers})。案件のページで確かめてから選んでください。")
    made = LetterBatch.objects.create(department=found[0].case.department, requested_by=by, total=len(found))
    free = Letter.objects.to_post().filter(pk__in=[letter.pk for letter in found])
    if free.update(batch=made) != len(found):
        raise Conflict("ほかの人が先に印刷を始めた通知書があります。何も変わっていません。")
    log.record(made, "通知書の一括印刷", by=by, after={"件数": len(found)})
    make_batch.enqueue(made.pk)
    return made


@transaction.atomic
def mark_posted(batch: LetterBatch, *, by: User) -> int:
    """Mark the letters of a batch as posted (発送); return how many. Raises Conflict when that was done before."""
    now = timezone.now()
    if not stamp_once(batch, "posted_at", now, read={"made_at__isnull": False}):
        raise Conflict("印刷が終わっていないか、すでに発送が記録されています。")
    posted = batch.letters.filter(posted_at__isnull=True).update(posted_at=now)
    cases = Case.objects.filter(letters__batch=batch)
    cases.exclude(delivery=DeliveryStatus.DONE).update(delivery=DeliveryStatus.POSTED)
    log.record(batch, "通知書の発送", by=by, after={"件数": posted})
    return posted
