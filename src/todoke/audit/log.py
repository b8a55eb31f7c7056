"""The chain 連鎖: writing entries, and proving that none was altered, removed or inserted."""

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
from todoke.compiled_queries import Prepared, Slot
from todoke.runtime.read_only_mode import showing


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold (連鎖の切れ目)."""

    subject: str
    sequence: int
    problem: str


def subject_of(thing: models.Model | str) -> str:
    """Name what an act was done to: ``cases.case/12``, or the words given."""
    if isinstance(thing, str):
        return thing
    return f"{thing._meta.label_lower}/{thing.pk}"


def state_hash(state: Mapping[str, Any] | None) -> str:
    """Return the hash of a state, so that an entry proves it without holding it."""
    if state is None:
        return ""
    text = json.dumps(state, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _seal(entry: Entry) -> str:
    parts = [
        entry.subject, entry.sequence, entry.at.isoformat(), entry.actor_id, entry.actor_label, entry.act, entry.reason,
        entry.changed, entry.before_hash, entry.after_hash, entry.previous_hash,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def hold(subject: str) -> None:
    """Make writers to one subject take turns until they commit; SQLite's immediate transactions already do."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [subject])


def _last(subject: str) -> Entry | None:
    """Hold the chain of a subject for this transaction and return its newest entry."""
    hold(subject)
    return _LAST.first(subject=subject)


def _last_query() -> models.QuerySet[Entry]:
    return Entry.objects.filter(subject=Slot("subject", models.CharField())).order_by("-sequence")[:1]


_LAST = Prepared(_last_query)


@transaction.atomic(savepoint=False)
def record(
    thing: models.Model | str,
    act: str,
    *,
    by: Actor,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    reason: str = "",
    first: bool = False,
) -> Entry:
    """Append one entry in the caller's transaction; states are stored as hashes and field names only.

    ``first`` says that the thing was made in this transaction, so that nobody else can have written about it yet.
    While nothing can be written the entry waits in a file (``audit.later``).
    """
    subject = subject_of(thing)
    if showing() is not None:
        return deferred_entries.keep(subject, act, by=by, reason=reason)
    waiting = _waiting.get()
    last = next((entry for entry in reversed(waiting or []) if entry.subject == subject), None)
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
    entry.hash = _seal(entry)
    if waiting is None:
        entry.save()
    else:
        waiting.append(entry)
    return entry


_waiting: ContextVar[list[Entry] | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Write the entries of one act with one statement, at its end and in the caller's transaction; none if it fails."""
    waiting: list[Entry] = []
    before = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(before)
    Entry.objects.bulk_create(waiting)


def verify() -> Iterator[Break]:
    """Walk every chain and yield the first break of each."""
    subject, sequence, seal, broken = "", 0, "", False
    for entry in Entry.objects.order_by("subject", "sequence").iterator(chunk_size=2000):
        if entry.subject != subject:
            subject, sequence, seal, broken = entry.subject, 0, "", False
        if broken:
            continue
        problem = ""
        if entry.sequence != sequence + 1:
            problem = "記録が抜けています"
        elif entry.previous_hash != seal:
            problem = "直前の記録とつながっていません"
        elif entry.hash != _seal(entry):
            problem = "記録が書き換えられています"
        if problem:
            broken = True
            yield Break(entry.subject, entry.sequence, problem)
        sequence, seal = entry.sequence, entry.hash


@transaction.atomic
def catch_up() -> int:
    """Enter what waited in the file while nothing could be written; each line says when it happened."""
    lines = deferred_entries.waiting()
    for line in lines:
        reason = f"参照専用のあいだ {line['at']} {line['reason']}".strip()
        record(line["subject"], line["act"], by=deferred_entries.actor_of(line), reason=reason)
    return len(lines)
