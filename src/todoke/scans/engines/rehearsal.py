"""Rehearsal 試演の読取り: prepared readings of invented sheets, for the demo and the tests; nothing is recognised.

The readings of a picture lie in the storage under its SHA-256, written beside the picture by whoever invented it.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from todoke.scans.engines.sheet_reader import ReadField, ReadSheet
from todoke.scans.page_code import read_page_code
from todoke.scans.recognition.field_values import normalised, problem
from todoke.scans.recognition.page_registration import Point, whole_picture
from todoke.scans.template_fields import TemplateField

LABEL = "試演の読取り(実際の認識ではありません)"
FOLDER = "rehearsal"


def prepare(sha256: str, texts: Mapping[str, tuple[str, float]], *, code: str = "", aligned: bool = True) -> None:
    """Keep what a picture with this SHA-256 is read as: text and confidence by field."""
    known: dict[str, Any] = {"texts": texts, "code": code, "aligned": aligned}
    default_storage.delete(_path(sha256))
    default_storage.save(_path(sha256), ContentFile(json.dumps(known).encode()))


def _path(sha256: str) -> str:
    return f"{FOLDER}/{sha256[:2]}/{sha256}.json"


def rehearsed_sheet(sha256: str, picture: Point, size: Point, fields: Sequence[TemplateField]) -> ReadSheet:
    """Return the prepared reading of a picture; one without is not aligned."""
    if not default_storage.exists(_path(sha256)):
        return ReadSheet(0, None, None, ())
    with default_storage.open(_path(sha256)) as file:
        known = json.load(file)
    code = read_page_code(known["code"])
    if not known["aligned"]:
        return ReadSheet(0, code, None, ())
    found = []
    for field in fields:
        if field.key in known["texts"]:
            written, sure = known["texts"][field.key]
            text = normalised(field.kind, written)
            wrong = problem(field.kind, text, required=field.required, choices=field.choices)
            found.append(ReadField(field.key, text, sure, wrong))
    return ReadSheet(0, code, whole_picture(picture, size), tuple(found), "rehearsal", "1")
