"""LINE command: ``./todoke verify line``, and the acts that the proof calls inside its own installation."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from todoke.proving.line_proof import line_acts, line_run
from todoke.proving.reports import conclude, machine_line


def add_arguments(acts: Any) -> None:
    """Add the subcommands to those of ``verify``."""
    proof = acts.add_parser("line", help="止めながらLINEへ掲出しても、一度ずつ届き、個人の文が出ないか確かめます")
    proof.add_argument("--posts", type=int, default=1000)
    proof.add_argument("--events", type=int, default=1000, help="LINEから届く質問の数")
    proof.add_argument("--kills", type=int, default=30)
    proof.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    proof.add_argument("--seed", type=int, default=0)
    acts.add_parser("line-prepare", help="検証用の掲出を作ります").add_argument("posts", type=int)
    acts.add_parser("line-waiting", help="送信を待つ検証用の掲出と返信を数えます")
    acts.add_parser("line-handled", help="LINEから届いた検証用の質問を数えます")


def handle(command: BaseCommand, options: dict[str, Any]) -> bool:
    """Run one of the subcommands; False for any other. Raises CommandError for a breach."""
    if options["act"] == "line-prepare":
        line_acts.prepare(options["posts"])
    elif options["act"] == "line-waiting":
        command.stdout.write(str(line_acts.waiting()))
    elif options["act"] == "line-handled":
        command.stdout.write(json.dumps(line_acts.handled()))
    elif options["act"] == "line":
        _proof(command, options)
    else:
        return False
    return True


def _proof(command: BaseCommand, options: dict[str, Any]) -> None:
    report = line_run.run(**{name: options[name] for name in ("database", "posts", "events", "kills", "seed")})
    command.stdout.write(machine_line(options["database"]))
    statuses = "、".join(f"{status}: {count:,}" for status, count in sorted(report.book.get("statuses", {}).items()))
    command.stdout.write(f"強制終了 {report.kills} 回、返事 {statuses}、{report.seconds:.0f} 秒")
    kept = f"質問 {report.events:,} 件に一度ずつ返し、個人の文は {len(line_acts.PLANTED)} 件とも出ませんでした"
    clean = f"掲出 {report.posts:,} 件が一度ずつ届き、{kept}"
    conclude(command, report.problems, refused=f"破れた条件 {len(report.problems)} 件", clean=clean)
