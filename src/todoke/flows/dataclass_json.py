"""Dataclass JSON: values of our dataclasses as plain JSON and back, by their type hints. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


def to_plain(value: Any) -> Any:
    """Return a value as JSON holds it: dataclasses as objects by field, tuples as lists, days as text."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [to_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def from_plain(kind: Any, plain: Any) -> Any:
    """Return the value of a type from what ``to_plain`` made of it. Raises TypeError for types that it cannot make."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        wanted = next(each for each in inner if each is not type(None))
        return None if plain is None else from_plain(wanted, plain)
    if origin is tuple:
        kinds = [inner[0]] * len(plain) if inner[1:] == (...,) else inner
        return tuple(from_plain(each, one) for each, one in zip(kinds, plain, strict=True))
    if origin is list:
        return [from_plain(inner[0], each) for each in plain]
    if origin is dict:
        return {key: from_plain(inner[1], each) for key, each in plain.items()}
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        return kind(**{name: from_plain(hints[name], each) for name, each in plain.items()})
    if kind is date:
        return date.fromisoformat(plain)
    if isinstance(kind, type) and issubclass(kind, StrEnum | str | int | float | bool):
        return kind(plain)
    raise TypeError(f"{kind} is not a type of data")


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
