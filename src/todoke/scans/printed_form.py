"""Printed forms 刷った様式の枠: the boxes that the typesetter reports, as the fields of a template. Pure."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from todoke.scans.recognition.field_types import NEVER_AUTO, FieldType, Policy
from todoke.scans.recognition.page_registration import Box
from todoke.scans.template_fields import Mark, TemplateField

_TYPES: dict[str, FieldType] = {
    "family": FieldType.NAME, "given": FieldType.NAME, "family_kana": FieldType.KANA, "given_kana": FieldType.KANA,
    "holder": FieldType.KANA, "postal": FieldType.POSTAL, "region": FieldType.ADDRESS, "street": FieldType.ADDRESS,
    "building": FieldType.ADDRESS, "year": FieldType.YEAR, "month": FieldType.MONTH, "day": FieldType.DAY,
    "phone": FieldType.PHONE, "email": FieldType.EMAIL, "money": FieldType.MONEY, "my_number": FieldType.MY_NUMBER,
    "account": FieldType.ACCOUNT, "number": FieldType.NUMBER, "corporate_number": FieldType.NUMBER,
}  # fmt: skip
"""The type by what the form calls the box; everything else is free text."""


def fields_of_boxes(boxes: Sequence[Mapping[str, Any]], *, pass_proved: bool = False) -> list[TemplateField]:
    """Return the fields of a printed form, in the order of the page.

    Each of ``boxes`` has ``key``, ``hint``, ``title``, ``value`` of a □ with its ``label``, ``several``, ``required``,
    ``page`` and ``x``, ``y``, ``w``, ``h`` in millimetres. The boxes of one key are the □ of one field. With
    ``pass_proved`` a field whose type allows it passes unchecked once the figures of checked fields prove it.
    """
    return [_field(list(group), pass_proved) for _, group in groupby(boxes, key=lambda box: box["key"])]


def type_of(hint: str, *, has_marks: bool, several: bool) -> FieldType:
    """Return the type of a box by what the form calls it."""
    if has_marks:
        return FieldType.CHOICES if several else FieldType.CHOICE
    return _TYPES.get(hint, FieldType.TEXT)


def _field(boxes: list[Mapping[str, Any]], pass_proved: bool) -> TemplateField:
    first = boxes[0]
    marks = tuple(Mark(each["value"], each["label"], _box(each)) for each in boxes if each["value"])
    kind = type_of(first["hint"], has_marks=bool(marks), several=bool(first["several"]))
    policy = Policy.AUTO if pass_proved and kind not in NEVER_AUTO else Policy.CHECK
    return TemplateField(
        first["key"], first["title"], kind, int(first["page"]), around([_box(each) for each in boxes]),
        required=bool(first["required"]), policy=policy, marks=marks,
    )  # fmt: skip


def _box(found: Mapping[str, Any]) -> Box:
    return Box(float(found["x"]), float(found["y"]), float(found["w"]), float(found["h"]))


def around(boxes: Sequence[Box]) -> Box:
    """Return the rectangle around all boxes."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, low = max(box.x + box.width for box in boxes), max(box.y + box.height for box in boxes)
    return Box(left, top, right - left, low - top)
