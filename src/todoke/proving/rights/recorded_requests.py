"""Recorded requests 記録した要求: what an honest person sent, and what success of it looks like."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from todoke.proving.rights.canaries import canaries_in

File = tuple[str, str, bytes]
"""An uploaded file: form field, file name, content."""
Fields = Mapping[str, str | list[str]]


class Scope(StrEnum):
    """対象: what others may get from the same request."""

    OBJECT = "object"
    """It is about one thing: nobody else may read, take or change anything by it."""
    OWN = "own"
    """It is a list of one's own, or begins something of one's own: others' data may neither be shown nor changed."""


class Success(StrEnum):
    """成功のしるし: how an honest answer is recognised, so that the proof is known to see."""

    CANARY = "canary"
    FILE = "file"
    ROWS = "rows"


@dataclass(frozen=True)
class RecordedRequest:
    """記録した要求: method, path and body without the token against forgery, and by which face it was sent."""

    face: str
    method: str
    path: str
    fields: Fields = field(default_factory=dict)
    file: File | None = None
    scope: Scope = Scope.OBJECT
    success: Success = Success.CANARY
    flagged: bool = False
    """Whether it is closed to everybody while a protective flag names the person."""
    shows: str = ""
    """What a page without any canary shows to whoever may open it."""
    strong: bool = False
    """Whether it asks a resident for more than a password."""
    card: bool = False
    """Whether it asks a guest for the card that was shown in the same session."""
    fresh: bool = False
    """Whether the card must have been shown within the half hour."""
    once: bool = False
    """Whether it is good once, and so cannot be tried at the other process first."""
    peers: frozenset[str] = frozenset()
    """E-mail addresses or names of others who may do the same."""
    others: tuple[str, ...] = ()
    """People, by their part, who may not do it either, beside those who try everything."""
    outage: bool = False
    """Whether it is sent in read-only mode."""

    def typed(self) -> set[str]:
        """Return the canaries that its sender typed, which a page may hand back to whoever sent them."""
        content = self.file[2].decode("latin-1") if self.file else ""
        return canaries_in(" ".join([self.path, *map(str, self.fields.values()), content]))
