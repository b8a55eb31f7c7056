"""Multi-node proof 複数台の検証: two app servers and two workers in folders of their own, over one database.

PgBouncer stands before the database, a replica follows it, files lie in an S3 server; all on loopback. Servers, workers
and the pooler are killed while people apply at both addresses. Nothing may be lost or shown to another person.
"""

import random
import secrets
import threading
import time
from dataclasses import dataclass, field

import psycopg
from cryptography.fernet import Fernet

from todoke.proving.cluster import MissingProgram
from todoke.proving.crash import violations, wait_for_mails
from todoke.proving.drill import start_replica
from todoke.proving.installation import Installation
from todoke.proving.mail_sink import MailSink
from todoke.proving.operations.backups import BackupThread, damage_is_found, errors_in_logs, restored
from todoke.proving.operations.backups import environment as backup_environment
from todoke.proving.pooler import Pooler, S3Server
from todoke.proving.streaming_replica import COUNTED, Replica
from todoke.proving.synthetic_users.clients import Journal
from todoke.proving.synthetic_users.visitors import OutageVisitor

VISITORS = 4
LIFE = (1.0, 4.0)
AWAY = 1.0
FOLLOWED_WITHIN = 20.0
LIMITS = ("statement_timeout = '30s'", "lock_timeout = '5s'", "idle_in_transaction_session_timeout = '15s'")


@dataclass
class MultiNodeReport:
    """Counts of a multi-node run and the problems it found (検証の結果)."""

    kills: int = 0
    acknowledged: int = 0
    deposited: int = 0
    pages: int = 0
    mails: int = 0
    backups: int = 0
    held_seconds: float = 0.0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)


class MultiNodeInstallation:
    """Two app servers, their workers, pooler, replica and S3 server. Raises MissingProgram without PostgreSQL."""

    def __init__(self, mail_port: int) -> None:
        self.first = Installation(database="postgresql", mail_port=mail_port)
        self.second = Installation(database="sqlite", mail_port=mail_port)
        if self.first.cluster is None:
            raise MissingProgram("PostgreSQL")
        self.cluster, self.store, self.pooler = self.first.cluster, S3Server(), Pooler(self.first.cluster)
        self.replica: Replica | None = None
        self.chance = random.Random(0)  # noqa: S311 - which process dies next is no secret

    @property
    def machines(self) -> list[Installation]:
        return [self.first, self.second]

    def build(self) -> str:
        """Start everything; return the number of the synthetic procedure."""
        self.store.start()
        keys = {"TODOKE_SECRET_KEY": secrets.token_urlsafe(64), "TODOKE_FIELD_KEYS": Fernet.generate_key().decode()}
        shared = {**self.store.environment(), **keys}
        self.first.environment |= shared
        self.first.build()
        with psycopg.connect(self.cluster.address, autocommit=True) as server:
            for limit in LIMITS:
                server.execute(f"ALTER ROLE todoke SET {limit}")
        self.replica = start_replica(self.first)
        self.pooler.start()
        shared |= backup_environment(self.first, self.cluster)
        shared |= {"TODOKE_DATABASE": self.pooler.address, "TODOKE_POOLER": "1"}
        shared |= {name: self.first.environment[name] for name in ("TODOKE_STANDBY", "TODOKE_PSP_URL")}
        for machine, mark in zip(self.machines, "AB", strict=True):
            machine.environment |= {**shared, "TODOKE_DEPOSIT_MARK": mark}
            machine.start(cold=True)
        self.first.manage("backup", "--new-key")
        return self.first.manage("verify", "procedure").strip()

    def kill_one(self) -> None:
        """Kill one process group, the pooler or the replica, and start it again."""
        victim = self.chance.choice(["server", "process", "worker", "both", "pooler", "replica"])
        machine = self.chance.choice(self.machines)
        if victim == "pooler":
            self.pooler.kill()
            time.sleep(AWAY)
            self.pooler.start()
        elif victim == "replica" and self.replica is not None:
            self.replica.kill()
            self.replica.start()
        else:
            machine.kill(*(["server", "worker"] if victim == "both" else [victim]))
        machine.start(cold=True)

    def lag(self) -> list[str]:
        """Wait until the replica holds the rows of the primary; return a problem when it does not."""
        with psycopg.connect(self.cluster.address) as server:
            wanted = server.execute(COUNTED).fetchone()
        deadline = time.monotonic() + FOLLOWED_WITHIN
        while self.replica is not None and time.monotonic() < deadline:
            if self.replica.row_counts() == wanted:
                return []
            time.sleep(0.2)
        return ["複製が追いついていない"]

    def stop(self) -> None:
        for machine in reversed(self.machines):
            machine.stop()
        if self.replica is not None:
            self.replica.remove()
        self.pooler.remove()
        self.store.remove()


def run(*, kills: int, acknowledged: int, backups: int = 0, held: float = 0.0) -> MultiNodeReport:
    """Kill and back up until all targets are reached, then check the invariants and restore; return the report."""
    sink, report, over, began = MailSink(), MultiNodeReport(), threading.Event(), time.monotonic()
    nodes = MultiNodeInstallation(sink.port)
    try:
        procedure = nodes.build()
        journal = Journal(nodes.first.folder / "journal.jsonl")
        ports = [machine.port for machine in nodes.machines]
        people = [OutageVisitor(number, ports[number % 2], procedure, journal, over) for number in range(VISITORS)]
        list(map(OutageVisitor.start, people))
        backup_thread = BackupThread(nodes.first, nodes.cluster, wanted=backups, held=held)
        backup_thread.start()
        while report.kills < kills or journal.acknowledged < acknowledged or backup_thread.is_alive():
            time.sleep(nodes.chance.uniform(*LIFE))
            if report.kills < kills:
                nodes.kill_one()
                report.kills += 1
        over.set()
        for person in people:
            person.join(180)
            report.problems += person.findings
            report.pages, report.deposited = report.pages + person.seen, report.deposited + person.deposited
        report.backups, report.held_seconds = backup_thread.taken, backup_thread.held_seconds
        report.problems += backup_thread.problems
        _verify(nodes, sink, report)
        report.acknowledged, report.mails = journal.acknowledged, len(sink.mails)
    finally:
        over.set()
        nodes.stop()
        sink.shutdown()
        report.seconds = time.monotonic() - began
    return report


def _verify(nodes: MultiNodeInstallation, sink: MailSink, report: MultiNodeReport) -> None:
    for machine in nodes.machines:
        machine.manage("readonly", "replay")
    wait_for_mails(nodes.first, sink)
    report.problems += nodes.lag()
    nodes.second.kill("server", "worker")
    report.problems += violations(nodes.first, sink)
    report.problems += errors_in_logs([machine.folder for machine in nodes.machines])
    if report.backups:
        nodes.first.kill("server", "worker")
        report.problems += [*restored(nodes.first, nodes.cluster), *damage_is_found(nodes.first)]
