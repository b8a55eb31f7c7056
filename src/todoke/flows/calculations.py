"""Calculations 計算の依頼: accepts one a person, and runs one at a time in a limited process that can be cancelled."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks.base import Task

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.file_validation.bounded_read import ReadLimits, read_watched
from todoke.flows.dataclass_json import to_plain
from todoke.flows.models.calculation import Calculation
from todoke.jobs.priority import Priority
from todoke.runtime.field_encryption import encrypt_bytes
from todoke.runtime.links import path_to
from todoke.runtime.refusals import Busy, Refused

MOST_OPEN = 8
LIMITS = ReadLimits(
    seconds=180,
    megabytes=500,
    too_long="{seconds}秒で終わらないので、打ち切りました。期間や件数を小さくして、もう一度お試しください。",
)

Call = tuple[Callable[..., Any], tuple[Any, ...]]


def begin(
    kind: str, title: str, order: dict[str, Any], task: Task[Any, Any], *, by: User, material: bytes | None = None
) -> Calculation:
    """Ask for a calculation and return it; the same one asked for again is that one.

    Raises Busy, with a link to it, while another of the person's is open, or while too many wait.
    """
    order = {**order, "material": hashlib.sha256(material).hexdigest() if material else ""}
    if (before := _open_one(by, kind, order)) is not None:
        return before
    if Calculation.objects.open().count() >= MOST_OPEN:
        raise Busy("ほかの人の試算や分析が続いています。何も変わっていません。少し待ってから、もう一度お試しください。")
    try:
        with transaction.atomic():
            asked = Calculation.objects.create(
                kind=kind,
                title=title[:200],
                order=order,
                asked_by=by,
                material=encrypt_bytes(material) if material else None,
            )
            record(asked, "計算の依頼", by=by, after={"kind": kind})
            task.using(priority=Priority.NORMAL).enqueue(asked.token)
    except IntegrityError:
        if (before := _open_one(by, kind, order)) is None:
            raise
        return before
    return asked


def _open_one(by: User, kind: str, order: dict[str, Any]) -> Calculation | None:
    """Return the same calculation if it is open. Raises Busy where another one of the person's is."""
    before = Calculation.objects.open().filter(asked_by=by).first()
    if before is None or (before.kind == kind and before.order == order):
        return before
    raise Busy(
        f"先に頼んだ「{before.title}」が、まだ終わっていません。終わるのを待つか、それをやめてから、もう一度お試しください。",
        link=path_to("studio:calculation", before.token),
    )


def run(token: str, task: Task[Any, Any], call: Callable[[Calculation], Call]) -> None:
    """Run an open calculation and keep its result, or in words why there is none.

    ``call`` returns the function of a module, and what it is called with. While another one runs, the task is enqueued
    again, so that of two workers one stays free.
    """
    asked = Calculation.objects.open().filter(token=token).first()
    if asked is None:
        return
    if Calculation.objects.running().exclude(pk=asked.pk).exists():
        later = timezone.now() + timedelta(seconds=2)
        task.using(priority=Priority.NORMAL, run_after=later).enqueue(token)
        return
    if not asked.start():
        return
    try:
        function, args = call(asked)
        found = read_watched(LIMITS, asked.note_progress, function, *args)
    except Refused as refusal:
        asked.fail(str(refusal))
        return
    asked.finish(to_plain(found))
