"""LINE run LINE検証の実行: processes are killed while posts go out and people write; then the book is read."""

import json
import random
import time
import urllib.request
from dataclasses import dataclass, field
from typing import Any

from todoke.proving.cluster import free_port
from todoke.proving.installation import Installation
from todoke.proving.line_proof.line_acts import PLANTED
from todoke.proving.line_proof.told_events import Teller

WORKERS, TELLERS, LIVES, WITHIN = 3, 4, 1.0, 900.0
TOKEN, SECRET = "proof-token", "proof-secret"


@dataclass
class LineReport:
    """Counts of a run and the problems it found (検証の結果)."""

    kills: int = 0
    posts: int = 0
    events: int = 0
    handled: dict[str, int] = field(default_factory=dict)
    book: dict[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


def run(
    *, database: str = "sqlite", posts: int = 1000, events: int = 1000, kills: int = 30, seed: int = 0
) -> LineReport:
    """Send posts and tell events under kills, lost answers and refusals; return what arrived and what was found."""
    began, report = time.monotonic(), LineReport(posts=posts, events=events)
    chance = random.Random(seed)  # noqa: S311 - which process dies is no secret
    installation, port = Installation(database=database, workers=WORKERS), free_port()
    installation.environment |= {
        "TODOKE_LINE_URL": f"http://127.0.0.1:{port}", "TODOKE_LINE_TOKEN": TOKEN, "TODOKE_LINE_SECRET": SECRET,
    }  # fmt: skip
    try:
        installation.build()
        installation.manage_warm("verify", "line-prepare", str(posts))
        faults = ["--refused", "0.02", "--cut", "0.05", "--seed", str(seed)]
        installation.start_command("line", "line", "--port", str(port), *faults)
        installation.start()
        tellers = [Teller(installation.port, SECRET, range(first, events, TELLERS)) for first in range(TELLERS)]
        for teller in tellers:
            teller.start()
        deadline = time.monotonic() + WITHIN
        while time.monotonic() < deadline and (
            report.kills < kills or any(teller.is_alive() for teller in tellers) or _waiting(installation)
        ):
            time.sleep(LIVES + chance.random())
            if report.kills < kills:
                installation.kill(chance.choice([*installation.workers, "process", "server"]))
                report.kills += 1
                installation.start()
        report.book = _book(port)
        report.handled = json.loads(installation.manage_warm("verify", "line-handled"))
        report.problems = list(problems(report, _waiting(installation)))
    finally:
        installation.kill("line")
        installation.stop()
    report.seconds = time.monotonic() - began
    return report


def _waiting(installation: Installation) -> int:
    return int(installation.manage_warm("verify", "line-waiting"))


def _book(port: int) -> dict[str, Any]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/book", timeout=10) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found


def problems(report: LineReport, waiting: int) -> list[str]:
    """Return a sentence for each post, text or question that was not handled once."""
    book, found = report.book, []
    if book["posts"] != report.posts:
        found.append(f"L1 届いた掲出 {book['posts']:,} 件({report.posts:,} 件のはず)")
    if book["repeated"]:
        found.append(f"L2 二度届いた掲出 {book['repeated']} 件")
    if left := [text for text in book["said"] if any(planted in text for planted in PLANTED)]:
        found.append(f"L3 外に出た個人の文 {len(left)} 件")
    if waiting:
        found.append(f"L4 送られないままの掲出と返信 {waiting} 件")
    for name, words in (("events", "数えた出来事"), ("questions", "残した質問"), ("replies", "頼んだ返信")):
        if report.handled[name] != report.events:
            found.append(f"L5 {words} {report.handled[name]:,} 件({report.events:,} 件のはず)")
    if report.handled["twice"]:
        found.append(f"L6 二度頼んだ返信 {report.handled['twice']} 件")
    if book["replies"] != report.events:
        found.append(f"L7 届いた返信 {book['replies']:,} 件({report.events:,} 件のはず)")
    return found
