"""``./todoke flow FILE``: a BPMN file as a table (JSON), a drawing (SVG) or BPMN again."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.file_validation.bounded_read import read_bounded
from todoke.flows.bpmn.bpmn_reader import read_bpmn
from todoke.flows.bpmn.bpmn_writer import write_bpmn
from todoke.flows.bpmn.positions import with_positions
from todoke.flows.diagram.svg import render_svg
from todoke.flows.step_rows import COLUMNS, cells_from_table
from todoke.flows.step_table import StepTable, with_implicit_nodes
from todoke.runtime.refusals import Unreadable


def as_data(table: StepTable) -> dict[str, Any]:
    """Return the step table as JSON data; ``columns`` holds the Japanese heading of every column."""
    return {
        "title": table.title,
        "columns": COLUMNS,
        "parties": [{"name": party.name, "kind": party.kind} for party in table.parties],
        "steps": cells_from_table(table),
        "messages": [{"from": m.source, "to": m.target, "name": m.name} for m in table.links if m.message],
        "notes": list(table.notes),
    }


class Command(BaseCommand):
    help = "BPMN 2.0 の業務フローを、表(JSON)・図(SVG)・BPMN にします。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        shape = parser.add_mutually_exclusive_group()
        for name, term in (("json", "表を JSON で"), ("svg", "図を SVG で"), ("bpmn", "BPMN 2.0 で")):
            shape.add_argument(f"--{name}", action="store_const", const=name, dest="shape", help=f"{term}出力")

    def handle(self, **options: Any) -> None:
        try:
            table = read_bounded(read_bpmn, options["file"].read_bytes())
        except OSError as problem:
            raise CommandError(f"ファイルを開けません: {options['file']}({problem.strerror})") from problem
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem
        if options["shape"] == "svg":
            self.stdout.write(render_svg(table))
        elif options["shape"] == "bpmn":
            self.stdout.write(write_bpmn(with_positions(with_implicit_nodes(table))).decode())
        else:
            self.stdout.write(json.dumps(as_data(table), ensure_ascii=False, indent=2))
        for note in table.notes:
            self.stderr.write(note)
