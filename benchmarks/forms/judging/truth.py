"""What a judging form is: how it is drawn, the fields a person would be asked, and the texts that ask nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Field:
    """One thing to ask: a label, perhaps behind the name of its block, a kind and the printed choices or columns."""

    label: str
    kind: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """A synthetic form: `either` may be asked or left to the system, `nothing` must not be asked."""

    name: str
    title: str
    suffix: str
    draw: Callable[[Path], None]
    fields: tuple[Field, ...]
    either: tuple[str, ...]
    nothing: tuple[str, ...]


def field(label: str, kind: str, options: str = "") -> Field:
    """Return a field with its choices or columns, given in one text with spaces between."""
    return Field(label, kind, tuple(options.split()))
