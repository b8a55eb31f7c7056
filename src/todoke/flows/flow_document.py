"""Flow document 文書: a step table and its simulation scenario as JSON data, stored in drafts and versions."""

import hashlib
import json
from dataclasses import MISSING, fields
from datetime import date
from typing import Any, TypeVar

from todoke.flows.simulation.scenario import Scenario, Staff
from todoke.flows.step_table import (
    Box,
    FlowEdge,
    FlowNode,
    NodeKind,
    Party,
    PartyKind,
    Pool,
    StepTable,
    UnmappedElement,
    Work,
)

T = TypeVar("T")
_NESTED_TYPES: dict[str, Any] = {
    "pools": Pool, "parties": Party, "rows": FlowNode, "links": FlowEdge, "kept": UnmappedElement, "staff": Staff,
    "box": Box, "label": Box, "work": Work,
}  # fmt: skip
_ENUM_TYPES: dict[tuple[Any, str], Any] = {(FlowNode, "kind"): NodeKind, (Party, "kind"): PartyKind}


def to_json_data(thing: Any) -> Any:
    """Return a dataclass, tuple or date as JSON data; fields at their default value are left out."""
    if isinstance(thing, tuple):
        return [to_json_data(one) for one in thing]
    if isinstance(thing, date):
        return thing.isoformat()
    if not hasattr(thing, "__dataclass_fields__"):
        return thing
    written = {}
    for spec in fields(thing):
        value = getattr(thing, spec.name)
        default = spec.default_factory() if spec.default_factory is not MISSING else spec.default
        if value != default:
            written[spec.name] = to_json_data(value)
    return written


def from_json_data(kind: type[T], data: dict[str, Any]) -> T:
    """Return a dataclass built from JSON data. Raises TypeError for an unknown field."""
    values: dict[str, Any] = {}
    for name, value in data.items():
        part = _NESTED_TYPES.get(name)
        if (kind, name) in _ENUM_TYPES:
            values[name] = _ENUM_TYPES[(kind, name)](value)
        elif part and isinstance(value, dict):
            values[name] = from_json_data(part, value)
        elif part and value and isinstance(value, list) and isinstance(value[0], dict):
            values[name] = tuple(from_json_data(part, one) for one in value)
        elif isinstance(value, list):
            values[name] = _tuples(value)
        else:
            values[name] = date.fromisoformat(value) if name == "first" else value
    return kind(**values)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value


def document_from_table(table: StepTable, scenario: Scenario | None = None) -> dict[str, Any]:
    """Return the JSON document of a table and of the scenario last simulated with it."""
    return {"table": to_json_data(table), "scenario": to_json_data(scenario) if scenario else None}


def table_from_document(document: dict[str, Any]) -> StepTable:
    """Return the step table of a JSON document."""
    return from_json_data(StepTable, document["table"])


def scenario_from_document(document: dict[str, Any]) -> Scenario | None:
    """Return the scenario of a JSON document, None when none was simulated yet."""
    given = document.get("scenario")
    return from_json_data(Scenario, {"staff": [], "cases_per_year": 0.0, **given}) if given else None


def fingerprint(document: dict[str, Any]) -> str:
    """Return the SHA-256 of a document as hexadecimal text; the order of keys does not matter."""
    text = json.dumps(document, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
