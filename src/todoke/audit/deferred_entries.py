"""Entries for later 後書き: while nothing can be written, who looked at what waits in a file until it can."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from todoke.accounts.actors import Actor, Guest, label_of, user_of
from todoke.accounts.models import User
from todoke.audit.models import Entry


def place() -> Path:
    return Path(settings.VAR) / "audit-later.jsonl"


def keep(subject: str, act: str, *, by: Actor, reason: str) -> Entry:
    """Write one line, on disk before this returns; the entry that comes back is not stored yet."""
    user = user_of(by)
    at = timezone.now()
    line = {"at": at.isoformat(), "subject": subject, "act": act, "reason": reason, "label": label_of(by)}
    place().parent.mkdir(parents=True, exist_ok=True)
    with place().open("a") as file:
        file.write(json.dumps({**line, "user": user.pk if user else None}, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return Entry(subject=subject, act=act, at=at, actor=user, actor_label=label_of(by), reason=reason)


def waiting() -> list[dict[str, str]]:
    """Return the lines of the file, oldest first, moved aside so that nothing new comes in between."""
    aside = place().with_suffix(".taking")
    if place().exists() and not aside.exists():
        place().rename(aside)
    return [json.loads(line) for line in aside.read_text().splitlines()] if aside.exists() else []


def actor_of(line: dict[str, str]) -> Actor:
    """Return who is behind a line."""
    return User.objects.filter(pk=line["user"]).first() or Guest(line["label"])


def done() -> None:
    """Forget what was entered."""
    place().with_suffix(".taking").unlink(missing_ok=True)
