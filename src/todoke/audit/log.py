"""Log 監査記録: appends entries to a hash chain a subject, and verifies that none was altered, removed or inserted."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.audit import deferred_entries
from todoke.audit.models import Entry
from todoke.compiled_queries import CompiledInsert, CompiledQuery, Parameter
from todoke.runtime.read_only_mode import read_only


@dataclass(frozen=True)
class ChainBreak:
    """The first entry of a subject whose hash chain does not verify (連鎖の切れ目), with the problem in Japanese."""

    subject: str
    sequence: int
    problem: str


def subject_of(target: models.Model | str) -> str:
    """Return the subject of an act as stored: ``cases.case/12`` for a row, a string as it is."""
    if isinstance(target, str):
        return target
    return f"{target._meta.label_lower}/{target.pk}"


def state_hash(state: Mapping[str, Any] | None) -> str:
    """Return the SHA-256 of a state as sorted JSON; empty for None."""
    if state is None:
        return ""
    text = json.dumps(state, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _hash(entry: Entry) -> str:
    parts = [
        entry.subject, entry.sequence, entry.at.isoformat(), entry.actor_id, entry.actor_label, entry.act, entry.reason,
        entry.changed, entry.before_hash, entry.after_hash, entry.previous_hash,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_LOCK_WITHIN = (
    "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0)), pg_advisory_xact_lock(hashtextextended(%s, 0))"
)


def lock_subject(subject: str, *, within: str = "") -> None:
    """Take an advisory lock on a subject until the transaction ends; whoever locks what it lies ``within`` waits.

    Does nothing on SQLite, whose immediate transactions admit one writer at a time.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_LOCK_WITHIN if within else _LOCK, [within, subject] if within else [subject])


def _last(subject: str) -> Entry | None:
    """Lock a subject for this transaction and return its newest entry."""
    lock_subject(subject)
    return _LAST.first(subject=subject)


def _last_query() -> models.QuerySet[Entry]:
    return Entry.objects.filter(subject=Parameter("subject", models.CharField())).order_by("-sequence")[:1]


_LAST = CompiledQuery(_last_query)
_INSERT = CompiledInsert(Entry)


@transaction.atomic(savepoint=False)
def record(
    target: models.Model | str,
    act: str,
    *,
    by: Actor,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    first: bool = False,
) -> Entry:
    """Append one entry in the caller's transaction; states are stored as hashes and names of changed fields only.

    ``first`` states that the target was created in this transaction, so that it has no entry yet and needs no lock.
    In read-only mode the entry is appended to a file (``deferred_entries``) and returned unsaved.
    """
    subject = subject_of(target)
    if read_only() is not None:
        return deferred_entries.append(subject, act, by=by, reason=reason)
    batch = _batch.get()
    last = next((entry for entry in reversed(batch or []) if entry.subject == subject), None)
    if last is None and not first:
        last = _last(subject)
    old, new = before or {}, after or {}
    entry = Entry(
        subject=subject,
        sequence=last.sequence + 1 if last else 1,
        at=timezone.now(),
        actor=user_of(by),
        actor_label=label_of(by),
        act=act,
        reason=reason,
        changed="、".join(key for key in {**old, **new} if old.get(key) != new.get(key)),
        before_hash=state_hash(before),
        after_hash=state_hash(after),
        previous_hash=last.hash if last else "",
    )
    entry.hash = _hash(entry)
    if batch is None:
        _INSERT.save(entry)
    else:
        batch.append(entry)
    return entry


_batch: ContextVar[list[Entry] | None] = ContextVar("batch", default=None)


@contextmanager
def batched() -> Iterator[None]:
    """Collect the entries recorded in the block and insert them with one statement at its end; none if it raises."""
    batch: list[Entry] = []
    before = _batch.set(batch)
    try:
        yield
    finally:
        _batch.reset(before)
    Entry.objects.bulk_create(batch)


def verify() -> Iterator[ChainBreak]:
    """Check the hash chain of every subject; yield the first break of each."""
    subject, sequence, previous, broken = "", 0, "", False
    for entry in Entry.objects.order_by("subject", "sequence").iterator(chunk_size=2000):
        if entry.subject != subject:
            subject, sequence, previous, broken = entry.subject, 0, "", False
        if broken:
            continue
        problem = ""
        if entry.sequence != sequence + 1:
            problem = "記録が抜けています"
        elif entry.previous_hash != previous:
            problem = "直前の記録とつながっていません"
        elif entry.hash != _hash(entry):
            problem = "記録が書き換えられています"
        if problem:
            broken = True
            yield ChainBreak(entry.subject, entry.sequence, problem)
        sequence, previous = entry.sequence, entry.hash


@transaction.atomic
def replay_deferred() -> int:
    """Write the deferred entries to the log, with their time in the reason; return how many."""
    lines = deferred_entries.take_pending()
    for line in lines:
        reason = f"参照専用のあいだ {line['at']} {line['reason']}".strip()
        record(line["subject"], line["act"], by=deferred_entries.actor_of(line), reason=reason)
    return len(lines)
