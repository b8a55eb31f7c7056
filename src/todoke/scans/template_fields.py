"""Template fields 読取り様式の欄: the boxes of a template as data, and their form in the frozen document. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from todoke.runtime.refusals import Refused
from todoke.scans.recognition.field_types import (
    MARKED,
    POLICY_LABELS,
    TYPE_LABELS,
    FieldType,
    Policy,
    require_policy,
)
from todoke.scans.recognition.page_registration import Box

MOST_FIELDS, MOST_PAGES = 300, 12


@dataclass(frozen=True)
class Mark:
    """□: a value that is chosen by a mark in its box."""

    value: str
    label: str
    box: Box


@dataclass(frozen=True)
class TemplateField:
    """読取り様式の欄: a box of a page, and what is written in it; ``key`` is the name that the answer has elsewhere.

    Boxes are in millimetres from the upper left corner of the page. A field of □ has ``marks``.
    """

    key: str
    label: str
    kind: FieldType
    page: int
    box: Box
    required: bool = False
    policy: Policy = Policy.CHECK
    marks: tuple[Mark, ...] = ()

    @property
    def choices(self) -> tuple[str, ...]:
        """The values that can be chosen; empty for a field that is written in."""
        return tuple(mark.value for mark in self.marks)

    @property
    def type_label(self) -> str:
        """The type in words."""
        return TYPE_LABELS[self.kind]

    @property
    def policy_label(self) -> str:
        """How it is checked, in words."""
        return POLICY_LABELS[self.policy]

    def words(self, value: str) -> str:
        """Return a value as a person reads it: the labels of chosen □, and any other text as it is."""
        labels = {mark.value: mark.label for mark in self.marks}
        return "、".join(labels.get(each, each) for each in value.split("\n")) if labels else value

    def as_data(self) -> dict[str, Any]:
        """Return the field as JSON data."""
        return {
            "key": self.key, "label": self.label, "type": self.kind.value, "page": self.page, "box": _numbers(self.box),
            "required": self.required, "policy": self.policy.value,
            "marks": [{"value": mark.value, "label": mark.label, "box": _numbers(mark.box)} for mark in self.marks],
        }  # fmt: skip


def _numbers(box: Box) -> list[float]:
    return [round(number, 2) for number in (box.x, box.y, box.width, box.height)]


def read_field(data: dict[str, Any]) -> TemplateField:
    """Return the field of JSON data. Raises KeyError or ValueError for what is no field."""
    marks = tuple(Mark(one["value"], one["label"], Box(*one["box"])) for one in data["marks"])
    return TemplateField(
        data["key"], data["label"], FieldType(data["type"]), int(data["page"]), Box(*data["box"]),
        bool(data["required"]), Policy(data["policy"]), marks,
    )  # fmt: skip


def require_fields(fields: Sequence[TemplateField], size: tuple[float, float]) -> None:
    """Raises Refused unless the fields are of one page size, with different names, and as the rules of types allow."""
    if not fields:
        raise Refused("欄が一つもありません。読む欄を、一つ以上置いてください。")
    if len(fields) > MOST_FIELDS or max(field.page for field in fields) > MOST_PAGES:
        raise Refused(f"欄は{MOST_FIELDS}個まで、ページは{MOST_PAGES}までです。")
    twice = _twice(field.key for field in fields)
    if twice:
        raise Refused(f"同じ名前の欄が二つあります({twice})。名前を変えてください。")
    for field in fields:
        require_policy(field.kind, field.policy)
        if bool(field.marks) != (field.kind in MARKED):
            raise Refused(f"「{field.label}」は、種類と□が合いません。□を置くか、種類を変えてください。")
        if any(not _inside(box, size) for box in (field.box, *(mark.box for mark in field.marks))):
            raise Refused(f"「{field.label}」の枠が、紙からはみ出しています。位置と大きさを直してください。")


def _twice(keys: Iterable[str]) -> str:
    seen = set[str]()
    return next((key for key in keys if key in seen or seen.add(key)), "")  # type: ignore[func-returns-value] # adds


def _inside(box: Box, size: tuple[float, float]) -> bool:
    return (
        box.width > 0 and box.height > 0 and box.x >= 0 and box.y >= 0
        and box.x + box.width <= size[0] + 0.5 and box.y + box.height <= size[1] + 0.5
    )  # fmt: skip
