"""Identification marks 1件の本人確認の印: for which applications this session's person was identified, and when.

The check of an application says who applies; that it is this browser's person says only the session that was there.
"""

from datetime import UTC, datetime
from typing import TypedDict

from django.http import HttpRequest

from todoke.accounts.session_assurance import SessionAssurance
from todoke.federation.provider_word import ProviderWord

KEY = "identified"
MOST = 8


class Mark(TypedDict):
    """印: how strongly the person was authenticated, and when."""

    level: int
    at: float


def mark_identified(request: HttpRequest, token: str, word: ProviderWord) -> None:
    """Note in the session that its person was identified for an application, under a new session key."""
    request.session.cycle_key()
    kept: dict[str, Mark] = {name: mark for name, mark in request.session.get(KEY, {}).items() if name != token}
    newest = list(kept.items())[-MOST + 1 :]
    shown = shown_by(word)
    mark = Mark(level=shown.level, at=shown.at.timestamp() if shown.at else 0.0)
    request.session[KEY] = {**dict(newest), token: mark}


def identified_here(request: HttpRequest, token: str) -> SessionAssurance | None:
    """Return what this session's person showed for an application; None where they showed nothing."""
    mark: Mark | None = request.session.get(KEY, {}).get(token) if token else None
    return None if mark is None else SessionAssurance(mark["level"], datetime.fromtimestamp(mark["at"], UTC))


def shown_by(word: ProviderWord) -> SessionAssurance:
    """Return what a provider's word shows of a session that has just come back from it."""
    return SessionAssurance(word.level.authentication, word.authenticated_at)
