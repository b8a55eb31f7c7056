"""Booking command: ``./todoke verify bookings``, and the acts that the proof calls inside its own installation."""

import json
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand

from todoke.bookings.models import Booking
from todoke.notices.models import Message
from todoke.payments.models import Receipt
from todoke.proving.booking_proof import booking_acts, booking_check, booking_faults, booking_run
from todoke.proving.reports import conclude, machine_line

FOR_EVER = 3600.0


def add_arguments(acts: Any) -> None:
    """Add the subcommands to those of ``verify``."""
    proof = acts.add_parser("bookings", help="止めながら予約しても、重なりも、失われるお金もないか確かめます")
    proof.add_argument("--kills", type=int, default=20)
    proof.add_argument("--faults", action="store_true", help="植えた欠陥を一つずつ試し、すべて見つけるか確かめます")
    proof.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    proof.add_argument("--seed", type=int, default=0)
    acts.add_parser("booking-prepare", help="検証用の施設を作ります")
    acting = acts.add_parser("booking-acts", help="検証用の人々が予約します")
    acting.add_argument("seed", type=int)
    for parser in (proof, acting, acts.add_parser("booking-check", help="検証用の予約を突き合わせます")):
        parser.add_argument("--fault", default="")


def handle(command: BaseCommand, options: dict[str, Any]) -> bool:
    """Run one of the subcommands; False for any other. Raises CommandError for a breach or a fault that was missed."""
    if options["act"] not in ACTS:
        return False
    ACTS[options["act"]](command, options)
    return True


def _bookings(command: BaseCommand, options: dict[str, Any]) -> None:
    (_each_fault if options["faults"] else _proof)(command, options)


def _prepare(command: BaseCommand, options: dict[str, Any]) -> None:
    booking_acts.prepare()


def _act(command: BaseCommand, options: dict[str, Any]) -> None:
    booking_faults.plant(options["fault"])
    command.stdout.write("acting")
    command.stdout.flush()
    booking_acts.live(options["seed"], FOR_EVER)


def _check(command: BaseCommand, options: dict[str, Any]) -> None:
    booking_faults.plant(options["fault"] if "expired" in options["fault"] else "")
    command.stdout.write(json.dumps({"counts": _counts(), "problems": list(booking_check.check())}))


def _counts() -> dict[str, int]:
    done = Booking.objects.filter(status="confirmed").count()
    return {
        "予約": Booking.objects.count(), "確定": done, "納付": Receipt.objects.count(), "通知": Message.objects.count(),
    }  # fmt: skip


def _proof(command: BaseCommand, options: dict[str, Any]) -> None:
    report = booking_run.run(**{name: options[name] for name in ("database", "kills", "fault", "seed")})
    command.stdout.write(machine_line(options["database"]))
    counts = "、".join(f"{name} {count:,}件" for name, count in report.counts.items())
    command.stdout.write(f"強制終了 {report.kills} 回、{counts}、{report.seconds:.0f} 秒")
    refused = f"破れた条件 {len(report.problems)} 件"
    conclude(command, report.problems, refused=refused, clean="重なり 0、使用料のない確定 0、二度の知らせ 0")


def _each_fault(command: BaseCommand, options: dict[str, Any]) -> None:
    missed = []
    for name, (words, _) in booking_faults.FAULTS.items():
        if options["fault"] not in {"", name}:
            continue
        report = booking_run.run(database=options["database"], kills=3, fault=name, seed=options["seed"])
        kinds = "、".join(sorted({problem.split()[0] for problem in report.problems})) or "異常なし"
        command.stdout.write(f"{'○' if report.problems else '×'} {name}: {words}: {kinds}")
        missed += [] if report.problems else [f"見逃した欠陥: {name}"]
    conclude(command, missed, refused="検証が見逃した欠陥があります。", clean="植えた欠陥をすべて見つけました")


ACTS: dict[str, Callable[[BaseCommand, dict[str, Any]], None]] = {
    "bookings": _bookings,
    "booking-prepare": _prepare,
    "booking-acts": _act,
    "booking-check": _check,
}
