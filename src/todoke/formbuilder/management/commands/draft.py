"""``./todoke draft FILE``: recognise questions in a paper form (XLSX or DOCX); print them and the skipped texts."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.file_validation.bounded_read import read_bounded
from todoke.formbuilder.document.structure import KIND_LABELS
from todoke.formbuilder.paper_import.findings import Recognition
from todoke.formbuilder.paper_import.recognition import read_paper_form
from todoke.formbuilder.paper_import.to_definition import to_definition
from todoke.runtime.refusals import Unreadable


class Command(BaseCommand):
    help = "紙の様式(XLSX・DOCX)から、設問の案を読み取ります。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="様式のファイル")
        parser.add_argument("--json", action="store_true", help="JSONで書き出す")
        parser.add_argument("--definition", action="store_true", help="様式の定義も含める(--json のとき)")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            reading = read_bounded(read_paper_form, path.name, path.read_bytes())
        except (OSError, Unreadable) as refusal:
            raise CommandError(f"{path}: {refusal}") from None
        if options["json"]:
            found = {"file": path.name, **as_data(reading)}
            if options["definition"]:
                found["definition"] = to_definition(reading)
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{reading.title or '(題名なし)'}  設問 {len(reading.questions)}件")
        for question in reading.questions:
            marks = ("必須" if question.required else "任意") + ("・繰り返し" if question.repeating else "")
            name = KIND_LABELS[question.kind]
            self.stdout.write(f"  {question.cell}  {question.label}  [{name}] {marks}  {question.group}")
        self.stdout.write(f"取り込まなかったもの {len(reading.skipped)}件")
        for left in reading.skipped:
            self.stdout.write(f"  {left.cell}  {left.text[:40]}  {left.reason}")


def as_data(reading: Recognition) -> dict[str, Any]:
    """Return a reading as plain data."""
    return {
        "title": reading.title,
        "questions": [
            {
                "label": found.label,
                "kind": found.kind.value,
                "required": found.required,
                "group": found.group,
                "cell": found.cell,
                "repeating": found.repeating,
                "options": list(found.options),
            }
            for found in reading.questions
        ],
        "skipped": [{"text": left.text, "cell": left.cell, "reason": left.reason} for left in reading.skipped],
    }
