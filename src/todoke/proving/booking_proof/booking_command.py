"""Booking command: ``./todoke verify bookings``, and the acts that the proof calls inside its own installation."""

import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from todoke.bookings.models import Booking
from todoke.notices.models import Message
from todoke.payments.models import Receipt
from todoke.proving import invariants
from todoke.proving.booking_proof import booking_acts, booking_check, booking_run, synthetic_facilities
from todoke.proving.mutants import FAULTS
from todoke.proving.reports import conclude, machine_line


def add_arguments(acts: Any) -> Any:
    """Add the subcommands to those of ``verify``, and return the parser of the proof."""
    proof = acts.add_parser("bookings", help="止めながら予約しても、重なりも、失われるお金もないか確かめます")
    proof.add_argument("--kills", type=int, default=20)
    proof.add_argument("--acts", type=int, default=1000, help="応答のあった予約・支払・取消などの数")
    acts.add_parser("booking-prepare", help="検証用の施設を作ります")
    acting = acts.add_parser("booking-acts", help="検証用の人々が予約します")
    acting.add_argument("seed", type=int)
    acts.add_parser("booking-rest", help="検証用の予約の残った作業を終わらせます")
    acts.add_parser("booking-check", help="検証用の予約を突き合わせます")
    return proof


def handle(command: BaseCommand, options: dict[str, Any]) -> bool:
    """Run one of the subcommands; False for any other. Raises CommandError for a breach."""
    if options["act"] not in ACTS:
        return False
    ACTS[options["act"]](command, options)
    return True


def _plant() -> None:
    """Plant the fault of this run, as the server does."""
    if fault := os.environ.get("TODOKE_FAULT"):
        FAULTS[fault]()


def _prepare(command: BaseCommand, options: dict[str, Any]) -> None:
    _plant()
    synthetic_facilities.prepare()


def _act(command: BaseCommand, options: dict[str, Any]) -> None:
    _plant()
    booking_acts.live(options["seed"])


def _rest(command: BaseCommand, options: dict[str, Any]) -> None:
    _plant()
    booking_check.settle()
    invariants.finish_pending_jobs()


def _check(command: BaseCommand, options: dict[str, Any]) -> None:
    _plant()
    facts = [json.loads(line) for line in booking_acts.journal_file().read_text().splitlines()]
    arrived = json.loads(Path(settings.VAR, "arrived.json").read_text())
    problems = list(booking_check.check(facts, arrived))
    command.stdout.write(json.dumps({"counts": _counts(facts), "problems": problems}))


def _counts(facts: booking_check.Facts) -> dict[str, int]:
    told = Counter(fact["what"] for fact in facts)
    return {
        "応答": len(facts) - told["cut"],
        "予約": Booking.objects.count(),
        "確定": Booking.objects.filter(status="confirmed").count(),
        "納付": Receipt.objects.count(),
        "抽選": told["drawn"],
        "通知": Message.objects.count(),
        "断たれた応答": told["cut"],
    }


def _proof(command: BaseCommand, options: dict[str, Any]) -> None:
    asked = {name: options[name] for name in ("database", "kills", "acts", "fault", "seed")}
    report = booking_run.run(booking_run.BookingSettings(**asked))
    command.stdout.write(machine_line(options["database"]))
    counts = "、".join(f"{name} {count:,}件" for name, count in report.counts.items())
    command.stdout.write(f"強制終了 {report.kills} 回、{counts}、{report.seconds:.0f} 秒")
    refused = f"破れた条件 {len(report.problems)} 件"
    conclude(command, report.problems, refused=refused, clean="重なり 0、使用料のない確定 0、二度の知らせ 0")


ACTS: dict[str, Callable[[BaseCommand, dict[str, Any]], None]] = {
    "bookings": _proof,
    "booking-prepare": _prepare,
    "booking-acts": _act,
    "booking-rest": _rest,
    "booking-check": _check,
}
