"""Sensitivity 感度: every planted fault must turn its proof red, and without a fault the same proof is green."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from todoke.proving import crash, fsync_order, isolation

SERVER = [["server"], ["process"], ["server", "worker"]]
POWER = [["database", "server", "worker"]]
AT_ONCE = (0.0, 0.0)
"""Right after the only resident was told, before the next step pushes what was promised to the disk."""
TOLD_TOO_LATE = ("submit.after-commit",)
"""Where an application is kept but nobody has been told, so that the resident sends it again."""


@dataclass(frozen=True)
class Planted:
    """A fault 植えた欠陥: what it is, and the proof that must see it."""

    name: str
    words: str
    proof: Callable[[str], list[str]]


def _crash(
    database: str = "sqlite",
    kills: int = 6,
    acknowledged: int = 60,
    victims: list[list[str]] = SERVER,
    **more: Any,
) -> Callable[[str], list[str]]:
    """Kill a few times; ``more`` are further wishes of the crash proof."""

    def proof(fault: str) -> list[str]:
        report = crash.run(crash.Wish(database, kills, acknowledged, fault, victims=victims, **more))
        return [*report.findings, *(f"応答 {words}" for words in report.unexpected)]

    return proof


def _order(fault: str) -> list[str]:
    found = fsync_order.run(fault=fault)
    return [f"順序 {words}" for words in found.early] + ([] if found.acknowledged else ["順序 応答がない"])


def _mixing(fault: str) -> list[str]:
    return isolation.run(residents=12, rounds=4, fault=fault).problems


FAULTS = [
    Planted(
        "commit-off",
        "PostgreSQLが記録前に応答する(synchronous_commit=off)",
        _crash("postgresql", 20, 60, POWER, moment=AT_ONCE),
    ),
    Planted("synchronous-normal", "SQLiteが記録前に応答する(synchronous=NORMAL)", _order),
    Planted("reply-before-commit", "確定の前に受付を示す", _crash()),
    Planted("file-after-commit", "添付を確定の後で書く", _crash(attach_every=1)),
    Planted("no-file-fsync", "添付をディスクに確定させない", _order),
    Planted("unique-key-dropped", "一申請一案件の鍵をはずす", _crash("postgresql", 2)),
    Planted("retry-without-key", "鍵なしで送り直す", _crash(kills=8, points=TOLD_TOO_LATE)),
    Planted("mail-inside", "確定の前にメールを渡す", _crash()),
    Planted("no-consumer-mark", "配達に印を付けない", _crash(kills=2)),
    Planted("audit-outside", "監査を確定の外で書く", _crash()),
    Planted("sequence-per-process", "受付番号をプロセスごとに数える", _crash(kills=2)),
    Planted("atomic-removed", "受付を一つの確定にしない", _crash()),
    Planted("read-then-write", "見てから書く決裁", _crash("postgresql", 2, 120)),
]
CONTROLS = [
    Planted("", "欠陥なし(SQLite)", _crash()),
    Planted("", "欠陥なし(PostgreSQL)", _crash("postgresql", victims=POWER)),
    Planted("", "欠陥なし(順序)", _order),
]
LOSS = [*CONTROLS, *FAULTS]
MIXING = [
    Planted("", "欠陥なし", _mixing),
    Planted("module-variable", "申請をモジュールの変数に置く", _mixing),
    Planted("fixed-temporary-name", "通知書を同じ一時ファイルに印刷する", _mixing),
    Planted("counter-per-process", "添付をプロセスごとの番号で名付ける", _mixing),
    Planted("second-resolution", "添付を秒で名付ける", _mixing),
    Planted("cached-helper", "画面の部品を申請にかかわらず使い回す", _mixing),
    Planted("lock-let-go", "時間切れで鍵だけを放す", _mixing),
]


@dataclass(frozen=True)
class Verdict:
    """What a proof said of a fault (判定)."""

    planted: Planted
    seen: Counter[str]

    @property
    def is_right(self) -> bool:
        return bool(self.seen) == bool(self.planted.name)


def judge(planted: list[Planted], only: str = "") -> Iterator[Verdict]:
    """Run the proof of every fault and of no fault, or of one fault alone."""
    for fault in planted:
        if not only or fault.name == only:
            yield Verdict(fault, Counter(words.split()[0] for words in fault.proof(fault.name)))
