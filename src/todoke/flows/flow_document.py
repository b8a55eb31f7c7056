"""Documents 文書: a table and its conditions as plain data, kept in drafts and frozen in versions."""

import hashlib
import json
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, TypeVar

from todoke.flows.simulation.scenario import Scenario, Staff
from todoke.flows.step_table import Box, Kept, Kind, Link, Party, PartyKind, Pool, Row, Table, Work

T = TypeVar("T")
_PARTS: dict[str, Any] = {
    "pools": Pool, "parties": Party, "rows": Row, "links": Link, "kept": Kept, "staff": Staff,
    "box": Box, "label": Box, "work": Work,
}  # fmt: skip
_KINDS: dict[tuple[Any, str], Any] = {(Row, "kind"): Kind, (Party, "kind"): PartyKind}


def plain(thing: Any) -> Any:
    """Write a dataclass as plain data without what stands at its default."""
    if isinstance(thing, tuple):
        return [plain(one) for one in thing]
    if isinstance(thing, date):
        return thing.isoformat()
    if not hasattr(thing, "__dataclass_fields__"):
        return thing
    written = {}
    for spec in fields(thing):
        value = getattr(thing, spec.name)
        default = spec.default_factory() if spec.default_factory is not MISSING else spec.default
        if value != default:
            written[spec.name] = plain(value)
    return written


def built(kind: type[T], data: dict[str, Any]) -> T:
    """Read a dataclass from plain data; unknown names are refused by the dataclass itself (TypeError)."""
    values: dict[str, Any] = {}
    for name, value in data.items():
        part = _PARTS.get(name)
        if (kind, name) in _KINDS:
            values[name] = _KINDS[(kind, name)](value)
        elif part and isinstance(value, dict):
            values[name] = built(part, value)
        elif part and value and isinstance(value, list) and isinstance(value[0], dict):
            values[name] = tuple(built(part, one) for one in value)
        elif isinstance(value, list):
            values[name] = _tuples(value)
        else:
            values[name] = date.fromisoformat(value) if name == "first" else value
    return kind(**values)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value


def document_of(table: Table, scenario: Scenario | None = None) -> dict[str, Any]:
    """Return the document of a table and the conditions last tried with it."""
    return {"table": plain(table), "scenario": plain(scenario) if scenario else None}


def table_from(document: dict[str, Any]) -> Table:
    return built(Table, document["table"])


def scenario_from(document: dict[str, Any]) -> Scenario | None:
    given = document.get("scenario")
    return built(Scenario, {"staff": [], "cases_per_year": 0.0, **given}) if given else None


def fingerprint(document: dict[str, Any]) -> str:
    """Return the hash of a document."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
