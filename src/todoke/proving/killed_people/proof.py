"""People proof 人々を止める検証: people act by chance under kills, then everything that must hold is compared."""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import BaseCommand

from todoke.proving.installation import Installation
from todoke.proving.killed_people.processes import KilledPeople, errors
from todoke.proving.mail_sink import MailSink
from todoke.proving.mutants import FAULTS
from todoke.proving.reports import conclude, machine_line

ARRIVED = "arrived.json"
"""The file of an installation that lists the identities of the mails that arrived."""


@dataclass
class PeopleReport:
    """Counts of a run and the problems it found (検証の結果)."""

    kills: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class PeopleSettings:
    """Parameters of a run: how long, on which database, which mutant is active, and what ``prepare`` is told."""

    database: str
    kills: int
    acts: int
    fault: str = ""
    seed: int = 0
    sizes: dict[str, int] = field(default_factory=dict)


class PeopleProof:
    """A proof of ``verify``: NOUNs, and the subcommands NOUN-prepare, -acts, -rest and -check in its own installation.

    Without any of what ``done`` counts a run proved nothing, and says ``nothing``. ``is_heavy``: few acts a second.
    ``has_worker``: a worker lives and dies beside the people, and its work is finished before all is compared.
    ``sizes``: options for ``prepare``, each with its number and words.
    """

    noun: ClassVar[str]
    words: ClassVar[str]
    acts_words: ClassVar[str]
    acts: ClassVar[int] = 2000
    done: ClassVar[str]
    nothing: ClassVar[str]
    clean: ClassVar[str]
    is_heavy: ClassVar[bool] = False
    has_worker: ClassVar[bool] = False
    sizes: ClassVar[dict[str, tuple[int, str]]] = {}

    def prepare(self, **sizes: int) -> None:
        """Make what people act on."""
        raise NotImplementedError

    def live(self, seed: int, journal: Path) -> None:
        """Act until the process is killed, with a line in the journal for each end of an act."""
        raise NotImplementedError

    def rest(self) -> None:
        """Finish what the worker had left."""

    def counts(self, journal: Path) -> dict[str, int]:
        """Return what there is, by Japanese name."""
        raise NotImplementedError

    def check(self, journal: Path) -> Iterator[str]:
        """Yield every breach, each with the sign of its kind."""
        raise NotImplementedError

    def add_arguments(self, acts: Any) -> Any:
        """Add the subcommands to those of ``verify``, and return the parser of the proof."""
        proof = acts.add_parser(f"{self.noun}s", help=self.words)
        proof.add_argument("--kills", type=int, default=20)
        proof.add_argument("--acts", type=int, default=self.acts, help=self.acts_words)
        made = acts.add_parser(f"{self.noun}-prepare", help="検証の対象を作ります")
        for name, (number, words) in self.sizes.items():
            for parser in (proof, made):
                parser.add_argument(f"--{name}", type=int, default=number, help=words)
        acts.add_parser(f"{self.noun}-acts", help="検証用の人々が動きます").add_argument("seed", type=int)
        acts.add_parser(f"{self.noun}-rest", help="検証で残った作業を終わらせます")
        acts.add_parser(f"{self.noun}-check", help="検証の結果を突き合わせます")
        return proof

    def handle(self, command: BaseCommand, options: dict[str, Any]) -> bool:
        """Run one of the subcommands; False for any other. Raises CommandError for a breach."""
        journal = Path(settings.VAR, f"{self.noun}s.journal")
        steps: dict[str, Callable[[], None]] = {
            "prepare": lambda: self.prepare(**self._sizes(options)),
            "acts": lambda: self.live(options["seed"], journal),
            "rest": self.rest,
        }
        noun, _, step = options["act"].rpartition("-")
        if options["act"] == f"{self.noun}s":
            self._conclude(command, options)
        elif noun != self.noun:
            return False
        elif step == "check":
            found = {"counts": self.counts(journal), "problems": [*self.check(journal), *errors(journal)]}
            command.stdout.write(json.dumps(found))
        else:
            if fault := os.environ.get("TODOKE_FAULT"):
                FAULTS[fault]()
            steps[step]()
        return True

    def run(self, asked: PeopleSettings) -> PeopleReport:
        """Let people act until both targets (kills, acts) are reached; return what was found."""
        began, report, sink = time.monotonic(), PeopleReport(), MailSink()
        installation = Installation(database=asked.database, fault=asked.fault, mail_port=sink.port)
        people = KilledPeople(installation, self.noun, is_heavy=self.is_heavy, has_worker=self.has_worker)
        sizes = [word for name, number in asked.sizes.items() for word in (f"--{name}", str(number))]
        try:
            installation.build()
            installation.manage_warm("verify", f"{self.noun}-prepare", *sizes)
            report.kills = people.harm(asked.kills, asked.acts, seed=asked.seed, fault=asked.fault)
            people.end()
            if self.has_worker:
                installation.manage_warm("verify", f"{self.noun}-rest")
            arrived = [str(mail["Message-ID"]).strip("<>").partition("@")[0] for mail in sink.mails]
            (installation.folder / ARRIVED).write_text(json.dumps(arrived))
            found = json.loads(installation.manage_warm("verify", f"{self.noun}-check"))
            report.counts, report.problems = found["counts"], found["problems"]
            if not report.counts[self.done]:
                report.problems.append(self.nothing)
        finally:
            installation.stop()
            sink.shutdown()
        report.seconds = time.monotonic() - began
        return report

    def _sizes(self, options: dict[str, Any]) -> dict[str, int]:
        return {name: options[name] for name in self.sizes}

    def _conclude(self, command: BaseCommand, options: dict[str, Any]) -> None:
        asked = {name: options[name] for name in ("database", "kills", "acts", "fault", "seed")}
        report = self.run(PeopleSettings(**asked, sizes=self._sizes(options)))
        command.stdout.write(machine_line(options["database"]))
        counts = "、".join(f"{name} {count:,}件" for name, count in report.counts.items())
        command.stdout.write(f"強制終了 {report.kills} 回、{counts}、{report.seconds:.0f} 秒")
        conclude(command, report.problems, refused=f"破れた条件 {len(report.problems)} 件", clean=self.clean)
