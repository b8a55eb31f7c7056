"""``./todoke read FORM.png --template T.json``: read the fields of one scanned form and print them."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.runtime.refusals import Refused, Unreadable
from todoke.scans.chosen_reader import chosen_reader
from todoke.scans.engines.sheet_reader import ReadSheet, read_sheet
from todoke.scans.recognition.routes import route_of
from todoke.scans.sheet_files import check_picture
from todoke.scans.template_fields import TemplateField, read_field

LIMITS = ReadLimits(seconds=60, megabytes=900)
NOT_READ, NO_ENGINE = 2, 3
NOT_ALIGNED = "四隅の印が見つからないので、読んでいません。折れや影のないように、もう一度スキャンしてください。"


class Command(BaseCommand):
    help = "スキャンした一枚の様式を読みます。終了コードは、読めないとき 2、読取りの部品がないとき 3 です。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("form", type=Path, help="画像(JPEG か PNG)")
        parser.add_argument("--template", type=Path, required=True, help="読取り様式(JSON)")
        parser.add_argument("--json", action="store_true", help="JSON で書き出します")

    def handle(self, *args: Any, **options: Any) -> None:
        reader = chosen_reader()
        if reader.name != "ppocrv6":
            raise CommandError(
                "読取りの部品が入っていません。./todoke extras reading を実行してください。", returncode=NO_ENGINE
            )
        template, fields = _template(options["template"])
        size = tuple(template.get("size", (210, 297)))
        try:
            picture = check_picture(options["form"].read_bytes())
            read = read_within(LIMITS, read_sheet, picture.content, (float(size[0]), float(size[1])), fields, 1)
        except (OSError, Unreadable) as error:
            raise CommandError(str(error), returncode=NOT_READ) from error
        if read.matrix is None:
            raise CommandError(NOT_ALIGNED, returncode=NOT_READ)
        found = [_line(field, read, template) for field in fields]
        self._say(template["template"], read, [line for line in found if line], as_json=options["json"])

    def _say(self, name: str, read: ReadSheet, lines: list[dict[str, Any]], *, as_json: bool) -> None:
        if as_json:
            engine = {"name": read.engine, "version": read.version, "model": read.model_sha256}
            said = {"template": name, "aligned": True, "engine": engine, "fields": lines}
            self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))
            return
        for line in lines:
            self.stdout.write(f"{line['key']:<24} {line['confidence']:.2f} {line['route']:<7} {line['text']}")


def _template(path: Path) -> tuple[dict[str, Any], list[TemplateField]]:
    """Return the template and its fields. Raises CommandError for what is none."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        plain = {"page": 1, "required": False, "policy": "check", "marks": []}
        return found, [read_field({**plain, **data}) for data in found["fields"]]
    except (OSError, ValueError, KeyError, TypeError, Refused) as error:
        raise CommandError(f"{path.name} を読取り様式として読めません({error})。", returncode=NOT_READ) from error


def _line(field: TemplateField, read: ReadSheet, template: dict[str, Any]) -> dict[str, Any] | None:
    """Return what was read of a field with its route; None for a field that is not read."""
    one = next((each for each in read.fields if each.key == field.key), None)
    if one is None:
        return None
    gate = next((data.get("gate") for data in template["fields"] if data["key"] == field.key), None)
    route = route_of(
        field.kind, field.policy, confidence=one.confidence, gate=gate, is_valid=not one.problem, drawn=False
    )
    box = [field.box.x, field.box.y, field.box.width, field.box.height]
    return {
        "key": field.key, "text": one.text, "confidence": round(one.confidence, 4), "valid": not one.problem,
        "problem": one.problem, "route": route.value, "box": box,
    }  # fmt: skip
