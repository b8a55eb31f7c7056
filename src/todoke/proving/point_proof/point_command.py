"""Point command: ``./todoke verify points``, and what the proof calls inside its own installation."""

import json
import os
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

from todoke.points.models import MerchantSettlement, PointGrant, Redemption
from todoke.proving.mutants import FAULTS
from todoke.proving.point_proof import point_acts, point_check, point_run
from todoke.proving.reports import conclude, machine_line


def add_arguments(acts: Any) -> Any:
    """Add the subcommands to those of ``verify``, and return the parser of the proof."""
    proof = acts.add_parser(
        "points", help="止めながら付与し、使い、精算しても、二度の付与も一円の違いもないか確かめます"
    )
    proof.add_argument("--kills", type=int, default=20)
    proof.add_argument("--acts", type=int, default=2000, help="終わった付与・利用・取消・精算などの数")
    made = acts.add_parser("point-prepare", help="検証用のポイント事業と店を作ります")
    for parser in (proof, made):
        parser.add_argument("--people", type=int, default=point_acts.PEOPLE, help="対象者の数")
        parser.add_argument("--shops", type=int, default=point_acts.SHOPS, help="加盟店の数")
    acting = acts.add_parser("point-acts", help="検証用の人々がポイントを使います")
    acting.add_argument("seed", type=int)
    acts.add_parser("point-check", help="検証用のポイントを突き合わせます")
    return proof


def handle(command: BaseCommand, options: dict[str, Any]) -> bool:
    """Run one of the subcommands; False for any other. Raises CommandError for a breach."""
    if options["act"] not in ACTS:
        return False
    ACTS[options["act"]](command, options)
    return True


def plant() -> None:
    """Plant the fault of this run, as the server does."""
    if fault := os.environ.get("TODOKE_FAULT"):
        FAULTS[fault]()


def _prepare(command: BaseCommand, options: dict[str, Any]) -> None:
    point_acts.prepare(options["people"], options["shops"])


def _act(command: BaseCommand, options: dict[str, Any]) -> None:
    plant()
    point_acts.live(options["seed"])


def _check(command: BaseCommand, options: dict[str, Any]) -> None:
    command.stdout.write(json.dumps({"counts": _counts(), "problems": list(point_check.check())}))


def _counts() -> dict[str, int]:
    return {
        "付与": PointGrant.objects.count(),
        "利用": Redemption.objects.count(),
        "取消し": Redemption.objects.filter(cancelled_at__isnull=False).count(),
        "精算": MerchantSettlement.objects.count(),
    }


def _proof(command: BaseCommand, options: dict[str, Any]) -> None:
    asked = {name: options[name] for name in ("database", "kills", "acts", "fault", "seed")}
    size = ("--people", str(options["people"]), "--shops", str(options["shops"]))
    report = point_run.run(point_run.PointSettings(**asked, size=size))
    command.stdout.write(machine_line(options["database"]))
    counts = "、".join(f"{name} {count:,}件" for name, count in report.counts.items())
    command.stdout.write(f"強制終了 {report.kills} 回、{counts}、{report.seconds:.0f} 秒")
    refused = f"破れた条件 {len(report.problems)} 件"
    conclude(command, report.problems, refused=refused, clean="台帳の合計 0、二度の付与 0、精算は一円まで一致")


ACTS: dict[str, Callable[[BaseCommand, dict[str, Any]], None]] = {
    "points": _proof,
    "point-prepare": _prepare,
    "point-acts": _act,
    "point-check": _check,
}
