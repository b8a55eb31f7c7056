"""Month command: ``./todoke verify months``, and what the proof calls inside its own installation."""

import json
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

from todoke.proving.month_proof import month_acts, month_check
from todoke.proving.point_proof import point_run
from todoke.proving.point_proof.point_command import plant
from todoke.proving.reports import conclude, machine_line
from todoke.workforce.models import ClockCorrection, MonthClose, MonthSheet

MONTHS = point_run.KilledPeople(
    "month", "months.journal", "締め", "M0 締めた月がなく、何も確かめていません", heavy=True
)


def add_arguments(acts: Any) -> Any:
    """Add the subcommands to those of ``verify``, and return the parser of the proof."""
    proof = acts.add_parser(
        "months", help="止めながら勤怠の月を確認し、承認し、締め、再開しても、記録が食いちがわないか確かめます"
    )
    proof.add_argument("--kills", type=int, default=20)
    proof.add_argument("--acts", type=int, default=2000, help="終わった確認・承認・訂正・締めなどの数")
    acts.add_parser("month-prepare", help="検証用の部署と打刻を作ります")
    acting = acts.add_parser("month-acts", help="検証用の職員が勤怠の月を動かします")
    acting.add_argument("seed", type=int)
    acts.add_parser("month-check", help="検証用の勤怠を突き合わせます")
    return proof


def handle(command: BaseCommand, options: dict[str, Any]) -> bool:
    """Run one of the subcommands; False for any other. Raises CommandError for a breach."""
    if options["act"] not in ACTS:
        return False
    ACTS[options["act"]](command, options)
    return True


def _prepare(command: BaseCommand, options: dict[str, Any]) -> None:
    month_acts.prepare()


def _act(command: BaseCommand, options: dict[str, Any]) -> None:
    plant()
    month_acts.live(options["seed"])


def _check(command: BaseCommand, options: dict[str, Any]) -> None:
    command.stdout.write(json.dumps({"counts": _counts(), "problems": list(month_check.check())}))


def _counts() -> dict[str, int]:
    return {
        "承認": MonthSheet.objects.filter(status__in=["approved", "closed"]).count(),
        "訂正": ClockCorrection.objects.count(),
        "締め": MonthClose.objects.count(),
        "再開": MonthClose.objects.filter(status=MonthClose.Status.REOPENED).count(),
    }


def _proof(command: BaseCommand, options: dict[str, Any]) -> None:
    asked = {name: options[name] for name in ("database", "kills", "acts", "fault", "seed")}
    report = point_run.run(point_run.PointSettings(**asked), MONTHS)
    command.stdout.write(machine_line(options["database"]))
    counts = "、".join(f"{name} {count:,}件" for name, count in report.counts.items())
    command.stdout.write(f"強制終了 {report.kills} 回、{counts}、{report.seconds:.0f} 秒")
    refused = f"破れた条件 {len(report.problems)} 件"
    conclude(
        command, report.problems, refused=refused, clean="締めたあとに変わった記録 0、二つの締め 0、失われた訂正 0"
    )


ACTS: dict[str, Callable[[BaseCommand, dict[str, Any]], None]] = {
    "months": _proof,
    "month-prepare": _prepare,
    "month-acts": _act,
    "month-check": _check,
}
