"""``./todoke mine FILE``: what an event log shows, in words or as JSON."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from todoke.file_validation.bounded_read import ReadLimits, read_within
from todoke.flows.mining.discovery import DiscoveryResult, discover
from todoke.flows.mining.event_log import EventLog, read_log_file
from todoke.runtime.refusals import Unreadable

LIMITS = ReadLimits(seconds=60, megabytes=1000)
ROLES = {
    "case": "案件",
    "activity": "作業",
    "time": "日時",
    "resource": "担当",
    "channel": "受付方法",
    "deadline": "期限",
}


def as_data(findings: DiscoveryResult, log: EventLog) -> dict[str, Any]:
    """Return the result as JSON data; the name of a duration ends in its unit."""
    return {
        "columns": asdict(log.columns),
        "cases": findings.cases,
        "events": findings.events,
        "activities": [{"activity": name, "count": count} for name, count in findings.activities],
        "variants": len(findings.variants),
        "most_frequent_variant": asdict(findings.variants[0]),
        "rework": {"cases": findings.cases_with_rework, "activities": [asdict(row) for row in findings.rework]},
        "duration": asdict(findings.total),
        "channels": [asdict(row) for row in findings.channels],
        "deadlines": {"with_deadline": findings.with_deadline, "late": findings.late},
        "starts": [{"activity": name, "count": count} for name, count in findings.starts],
        "ends": [{"activity": name, "count": count} for name, count in findings.ends],
        "acts": [asdict(row) for row in findings.acts],
        "left_out": list(findings.left_out),
        "edges": [asdict(row) for row in findings.directly_follows],
    }


def result_lines(findings: DiscoveryResult) -> str:
    """Return the result as Japanese text, the most important figures first."""
    first = findings.variants[0]
    lines = [
        f"案件 {findings.cases:,} 件、記録 {findings.events:,} 行、作業 {len(findings.activities)} 種類",
        f"経路の型 {len(findings.variants):,} 種類(最も多い型 {first.count:,} 件: {' → '.join(first.activities)})",
        f"やり直しのある案件 {findings.cases_with_rework:,} 件",
        f"期限のある案件 {findings.with_deadline:,} 件、うち期限の後に終わったもの {findings.late:,} 件",
        "",
        "かかった日数(最初の記録から最後の記録まで、休日を含む)",
    ]
    spans = [findings.total, *findings.channels]
    lines += [f"  {s.group}: {s.cases:,} 件、中央値 {s.median_days:.3f} 日、95% {s.p95_days:.1f} 日" for s in spans]
    if findings.acts:
        lines += ["", "作業の時間(中央値)"]
        lines += [
            f"  {a.activity}: {a.count:,} 回、作業 {a.work_hours:.2f} 時間、その前の待ち {a.wait_hours:.2f} 時間"
            for a in findings.acts
        ]
    lines += ["", "多いつながり(上位10)"]
    top = findings.directly_follows[:10]
    lines += [f"  {t.source} → {t.target}: {t.count:,} 回、中央値 {t.median_hours:.2f} 時間" for t in top]
    return "\n".join(lines)


def read_findings(path: Path, given: dict[str, str]) -> tuple[DiscoveryResult, dict[str, Any]]:
    """Return what a log file shows, also as JSON-ready data. Raises Unreadable."""
    log = read_log_file(path, given)
    findings = discover(log)
    return findings, as_data(findings, log)


class Command(BaseCommand):
    help = "作業の記録(CSV、XES、XES.gz)を分析します。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="JSON で出力")
        for role, term in ROLES.items():
            parser.add_argument(f"--{role}", default="", help=f"{term}の列の名前(省くと名前から見つける)")

    def handle(self, **options: Any) -> None:
        try:
            given = {role: options[role] for role in ROLES}
            options["file"].open("rb").close()
            findings, data = read_within(LIMITS, read_findings, options["file"], given)
        except OSError as problem:
            raise CommandError(f"ファイルを開けません: {options['file']}({problem.strerror})") from problem
        except Unreadable as problem:
            raise CommandError(str(problem)) from problem
        if options["json"]:
            self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(result_lines(findings))
        for said in data["left_out"]:
            self.stderr.write(said)
