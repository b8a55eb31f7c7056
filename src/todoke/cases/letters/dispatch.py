"""Letter dispatch 発送: letters printed in batches with their address sheet, and posted together."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit import log
from todoke.audit.transitions import compare_and_set, stamp_once
from todoke.cases.models import Case, Letter, LetterBatch
from todoke.cases.models.status import DeliveryStatus
from todoke.cases.models.stop_flag import unreleased_flagged
from todoke.cases.tasks import make_batch
from todoke.records.tasks import delete_file_content
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Conflict, Refused

MAX_LETTERS = 500
EVERY_ONE_FLAGGED = "すべての通知書が支援措置の確認を待っているため、取りやめました。"


@transaction.atomic
def create_batch(tokens: Sequence[str], *, by: User) -> LetterBatch:
    """Create a print batch of ready letters (一括印刷), all or none.

    Raises Refused when one of them must not go out, Conflict when one of them is no longer ready.
    """
    wanted = list(dict.fromkeys(tokens))
    if not wanted or len(wanted) > MAX_LETTERS:
        raise Refused(f"通知書を1件以上{MAX_LETTERS}件まで選んでください。")
    found = list(
        Letter.objects.in_office_of(by).to_post().filter(token__in=wanted).select_related("case__department").distinct()
    )
    if len(found) != len(wanted):
        raise Refused("印刷中、発送済み、または受け取り済みの通知書が含まれています。何も変わっていません。")
    if held := unreleased_flagged(found):
        numbers = "、".join(letter.case.number for letter in held[:5])
        said = f"支援措置の確認が必要な通知書があります({numbers})。案件のページで確かめてから選んでください。"
        raise Refused(said, link=path_to("office:case", held[0].case.number))
    made = LetterBatch.objects.create(department=found[0].case.department, requested_by=by, total=len(found))
    free = Letter.objects.to_post().filter(pk__in=[letter.pk for letter in found])
    if free.update(batch=made) != len(found):
        raise Conflict("ほかの人が先に印刷を始めた通知書があります。何も変わっていません。")
    log.record(made, "通知書の一括印刷", by=by, after={"件数": len(found)})
    make_batch.enqueue(made.pk)
    return made


@transaction.atomic
def mark_posted(batch: LetterBatch, *, by: User) -> int:
    """Mark the letters of a batch as posted (発送); return how many.

    Raises as ``require_taking`` does, Conflict when that was done before.
    """
    batch.require_taking(by=by)
    now = timezone.now()
    if not stamp_once(batch, "posted_at", now, read={"made_at__isnull": False}):
        raise Conflict("印刷が終わっていないか、すでに発送が記録されています。")
    posted = batch.letters.filter(posted_at__isnull=True).update(posted_at=now)
    cases = Case.objects.filter(letters__batch=batch)
    cases.exclude(delivery=DeliveryStatus.DONE).update(delivery=DeliveryStatus.POSTED)
    log.record(batch, "通知書の発送", by=by, after={"件数": posted})
    return posted


@transaction.atomic
def leave_out_flagged(batch: LetterBatch, *, by: User) -> list[str]:
    """Take the letters that name a person flagged since out of an unposted batch, and enqueue its rendering again.

    Returns their receipt numbers; those letters wait for a decision on their case. Raises as ``require_department``
    does, Conflict when nothing is to be left out or the batch changed meanwhile.
    """
    batch.require_department(by=by)
    held = batch.blocked_cases()
    left = batch.letters.count() - len(held)
    if not held or batch.posted_at is not None:
        raise Conflict("外す通知書はありません。画面を開き直してください。何も変わっていません。")
    numbers = [case.number for case in held]
    old = [path for path in (batch.file, batch.addresses) if path]
    seen = {"made_at": batch.made_at, "posted_at": None}
    remade = {
        "made_at": None, "file": "", "addresses": "", "done": 0, "total": left,
        "problem": "" if left else EVERY_ONE_FLAGGED, "left_out": "、".join(filter(None, [batch.left_out, *numbers])),
    }  # fmt: skip
    if batch.made_at is None or not compare_and_set(batch, seen, **remade):
        raise Conflict("ほかの人が先に変えました。画面を開き直してください。何も変わっていません。")
    batch.letters.filter(case__in=held).update(batch=None)
    log.record(batch, "支援措置による通知書の除外", by=by, after={"受付番号": numbers})
    for path in old:
        delete_file_content.enqueue(path)
    if left:
        make_batch.enqueue(batch.pk)
    return numbers
