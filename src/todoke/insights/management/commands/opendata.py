"""``./todoke opendata``: check files before they are published as open data, and write repaired copies."""

import json
from argparse import ArgumentParser
from pathlib import Path
from sys import exit as leave
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.insights.open_data.repairs import repair
from todoke.insights.open_data.source import NotText, OpenQuote
from todoke.insights.open_data.standard_sets import standard_sets
from todoke.insights.open_data.validation_rules import RULES, Defect, Level
from todoke.insights.open_data.validator import LARGEST, Report, validate

UNREADABLE = {"V05", "V07"}


class Command(BaseCommand):
    help = (
        "公開前のCSVを検査し、直せる所を直した写しを作ります。終了コードは、誤りなし 0、誤りあり 1、読めない 2 です。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help="検査するCSV")
        parser.add_argument("--json", action="store_true", help="結果をJSONで出力します(ファイルごとに1行)")
        parser.add_argument("--fix", action="store_true", help="直した写しを「名前.fixed.csv」に書きます")
        parser.add_argument("--set", dest="declared", choices=sorted(standard_sets()), help="推奨データセットの名前")

    def handle(self, *args: Any, **options: Any) -> None:
        worst = 0
        for path in options["files"]:
            content = _content(path)
            report = validate(content, path.name, declared=options["declared"])
            self.stdout.write(_as_json(report) if options["json"] else _as_text(report))
            if options["fix"]:
                self._fix(path, content)
            worst = max(worst, _exit_code(report))
        if worst:
            leave(worst)

    def _fix(self, path: Path, content: bytes) -> None:
        try:
            repaired = repair(content)
        except (NotText, OpenQuote):
            self.stderr.write(f"{path.name}: 読めない所があるため、直した写しは作っていません。")
            return
        target = path.with_name(f"{path.stem}.fixed.csv")
        target.write_bytes(repaired.content)
        self.stderr.write(f"{target.name}: {repaired.cells:,}か所を直し、{repaired.rows:,}行を除きました。")


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(f"{path.name}は20MBを超えています。表を分けてください。", returncode=2)
        return path.read_bytes()
    except OSError as problem:
        raise CommandError(f"{path}を開けません。場所と名前を確かめてください。", returncode=2) from problem


def _exit_code(report: Report) -> int:
    if any(defect.rule in UNREADABLE for defect in report.defects):
        return 2
    return 0 if report.publishable else 1


def _as_json(report: Report) -> str:
    told = {
        "file": report.name,
        "encoding": report.encoding,
        "bom": report.marked,
        "records": report.records,
        "columns": report.columns,
        "set": report.title,
        "counts": {level.value: report.count(level) for level in Level},
        "defects": [_row(defect) for defect in report.defects],
    }
    return json.dumps(told, ensure_ascii=False)


def _row(defect: Defect) -> dict[str, str | int | None]:
    return {
        "rule": defect.rule,
        "level": defect.level.value,
        "record": defect.record,
        "line": defect.line,
        "column": defect.column,
        "header": defect.header,
        "value": defect.value,
        "repair": defect.repair,
        "message": RULES[defect.rule].finds,
    }


def _as_text(report: Report) -> str:
    counts = " ".join(f"{level.value}{report.count(level):,}" for level in Level)
    lines = [f"{report.name}: {report.records:,}行 {report.columns}列 {report.encoding} {counts}"]
    for defect in report.defects:
        place = (
            f"{defect.record}行目 {defect.column}列目「{defect.header}」" if defect.column else f"{defect.record}行目"
        )
        shown = f"「{defect.value}」" + ("" if defect.repair is None else f"→「{defect.repair}」")
        rule = RULES[defect.rule]
        lines.append(f"  {defect.level.value} {defect.rule} {place if defect.record else '全体'} {rule.finds}: {shown}")
    return "\n".join(lines)
