"""Scan command: ``./todoke verify scans``, and what the proof calls inside its own installation."""

import json
import os
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

from todoke.cases.models import ScannedApplication
from todoke.proving.mutants import FAULTS
from todoke.proving.reports import conclude, machine_line
from todoke.proving.scan_proof import scan_acts, scan_check, scan_run
from todoke.scans.models import FieldVerification, ScanSheet


def add_arguments(acts: Any) -> Any:
    """Add the subcommands to those of ``verify``, and return the parser of the proof."""
    proof = acts.add_parser("scans", help="止めながら紙を取り込んでも、紙面も値も失われず、混ざらないか確かめます")
    proof.add_argument("--kills", type=int, default=20)
    proof.add_argument("--acts", type=int, default=1500, help="終わった取込み・入力・受付などの数")
    acts.add_parser("scan-prepare", help="検証用の読取り様式を作ります")
    acting = acts.add_parser("scan-acts", help="検証用の職員が紙を取り込みます")
    acting.add_argument("seed", type=int)
    acts.add_parser("scan-check", help="検証用の紙面を突き合わせます")
    return proof


def handle(command: BaseCommand, options: dict[str, Any]) -> bool:
    """Run one of the subcommands; False for any other. Raises CommandError for a breach."""
    if options["act"] not in ACTS:
        return False
    ACTS[options["act"]](command, options)
    return True


def _prepare(command: BaseCommand, options: dict[str, Any]) -> None:
    scan_acts.prepare()


def _act(command: BaseCommand, options: dict[str, Any]) -> None:
    if fault := os.environ.get("TODOKE_FAULT"):
        FAULTS[fault]()
    scan_acts.live(options["seed"])


def _check(command: BaseCommand, options: dict[str, Any]) -> None:
    counts = {
        "紙面": ScanSheet.objects.count(),
        "値": FieldVerification.objects.count(),
        "案件": ScannedApplication.objects.filter(submission__case__isnull=False).count(),
    }
    command.stdout.write(json.dumps({"counts": counts, "problems": list(scan_check.check(scan_acts.journal_file()))}))


def _proof(command: BaseCommand, options: dict[str, Any]) -> None:
    asked = {name: options[name] for name in ("database", "kills", "acts", "fault", "seed")}
    report = scan_run.run(scan_run.ScanSettings(**asked))
    command.stdout.write(machine_line(options["database"]))
    counts = "、".join(f"{name} {count:,}件" for name, count in report.counts.items())
    command.stdout.write(f"強制終了 {report.kills} 回、{counts}、{report.seconds:.0f} 秒")
    refused = f"破れた条件 {len(report.problems)} 件"
    conclude(command, report.problems, refused=refused, clean="失われた紙面と値 0、二重の案件 0、混ざった値 0")


ACTS: dict[str, Callable[[BaseCommand, dict[str, Any]], None]] = {
    "scans": _proof,
    "scan-prepare": _prepare,
    "scan-acts": _act,
    "scan-check": _check,
}
