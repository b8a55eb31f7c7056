"""Deferred entries 後書き: audit entries kept in a file (JSON lines) while the database is read-only."""

import json
import os
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from todoke.accounts.actors import Actor, Guest, label_of, user_of
from todoke.accounts.models import User
from todoke.audit.models import Entry


def path() -> Path:
    """Return the file of deferred entries."""
    return Path(settings.VAR) / "audit-later.jsonl"


def append(subject: str, act: str, *, by: Actor, reason: str) -> Entry:
    """Append one line to the file and fsync it; return the entry unsaved."""
    user = user_of(by)
    at = timezone.now()
    line = {"at": at.isoformat(), "subject": subject, "act": act, "reason": reason, "label": label_of(by)}
    path().parent.mkdir(parents=True, exist_ok=True)
    with path().open("a") as file:
        file.write(json.dumps({**line, "user": user.pk if user else None}, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return Entry(subject=subject, act=act, at=at, actor=user, actor_label=label_of(by), reason=reason)


def take_pending() -> list[dict[str, str]]:
    """Rename the file so that new entries start another one; return its lines, oldest first."""
    aside = path().with_suffix(".taking")
    if path().exists() and not aside.exists():
        path().rename(aside)
    return [json.loads(line) for line in aside.read_text().splitlines()] if aside.exists() else []


def actor_of(line: dict[str, str]) -> Actor:
    """Return the actor that a line names; a guest with the same label when the account is gone."""
    return User.objects.filter(pk=line["user"]).first() or Guest(line["label"])


def clear() -> None:
    """Delete the renamed file after its lines were written to the database."""
    path().with_suffix(".taking").unlink(missing_ok=True)
