"""Backups of the multi-node proof 控えの検証: taken past the pooler while people apply, held, restored, and damaged."""

import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg

from todoke.proving.cluster import Cluster
from todoke.proving.installation import Installation

HELD = "proof_held"
UNLIMITED = "-c statement_timeout=0 -c lock_timeout=0 -c idle_in_transaction_session_timeout=0"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
DIGEST = """SELECT count(*), md5(string_agg(row::text, E'\\n' ORDER BY row::text)) FROM "{table}" row"""
CHANGED_BY_RESTORE = {"runtime_sendblock"}
SIGNS = ("UndefinedTable", "does not exist")


def environment(installation: Installation, cluster: Cluster) -> dict[str, str]:
    """Return the variables with which an installation backs up past its pooler."""
    return {
        "TODOKE_DATABASE_DIRECT": cluster.address,
        "TODOKE_BACKUPS": str(installation.folder / "backups"),
        "TODOKE_BACKUP_KEY_FILE": str(installation.folder / "backup-key"),
    }


class BackupThread(threading.Thread):
    """Takes backups one after another; the first waits ``held`` seconds in the middle of its dump."""

    def __init__(self, installation: Installation, cluster: Cluster, *, wanted: int, held: float) -> None:
        super().__init__(daemon=True)
        self.installation, self.cluster, self.wanted, self.held = installation, cluster, wanted, held
        self.taken, self.held_seconds = 0, 0.0
        self.problems: list[str] = []

    def run(self) -> None:
        with psycopg.connect(self.cluster.address, autocommit=True) as server:
            server.execute(f"CREATE TABLE {HELD} (id int)")
        for number in range(self.wanted):
            began = time.monotonic()
            holder = threading.Thread(target=self._hold, daemon=True)
            if number == 0 and self.held:
                holder.start()
            told = todoke(self.installation.environment, "backup")
            if number == 0 and self.held:
                self.held_seconds = time.monotonic() - began
                holder.join()
            self.taken += told.returncode == 0
            if told.returncode:
                self.problems.append(f"控えを取れません: {told.stderr[-300:]}")

    def _hold(self) -> None:
        """Lock a table that no page reads, until the dump has waited for it so long."""
        with psycopg.connect(self.cluster.address, options=UNLIMITED) as session:
            session.execute(f"LOCK TABLE {HELD} IN ACCESS EXCLUSIVE MODE")
            time.sleep(self.held)


def todoke(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command and return how it ended."""
    command = [sys.executable, "-m", "todoke", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 - our own


def digests(address: str) -> dict[str, object]:
    """Return the number of rows of every table and a digest of their contents."""
    with psycopg.connect(address, options=UNLIMITED) as server:
        names = [str(row[0]) for row in server.execute(TABLES).fetchall()]
        asked = {name: DIGEST.format(table=name) for name in names if name not in CHANGED_BY_RESTORE}
        return {name: server.execute(question.encode()).fetchone() for name, question in asked.items()}


def restored(installation: Installation, cluster: Cluster) -> list[str]:
    """Back up once more, restore into an empty database, and return the tables that differ. Nothing else may write."""
    told = todoke(installation.environment, "backup")
    with psycopg.connect(cluster.address, autocommit=True) as server:
        server.execute("CREATE DATABASE proof_copy")
    address = cluster.address.rpartition("/")[0] + "/proof_copy"
    with tempfile.TemporaryDirectory(prefix="todoke-copy-") as folder:
        there = {**installation.environment, "TODOKE_VAR": folder, "TODOKE_DATABASE": address, "TODOKE_POOLER": "0"}
        there |= {"TODOKE_DATABASE_DIRECT": "", "TODOKE_FILES": "s3://todoke/restored"}
        back = todoke(there, "restore")
    if told.returncode or back.returncode:
        return [f"戻せません: {told.stderr[-300:]}{back.stderr[-300:]}"]
    here, copy = digests(cluster.address), digests(address)
    return [f"戻したものの {name} が違います" for name in here if here[name] != copy.get(name)]


def damage_is_found(installation: Installation) -> list[str]:
    """Return a problem unless the check is good before, and fails after, one byte of one object was changed."""
    before = todoke(installation.environment, "restore", "--check").returncode
    path = max((installation.folder / "backups" / "objects").glob("*/*"), key=lambda it: it.stat().st_mtime)
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    after = todoke(installation.environment, "restore", "--check").returncode
    path.write_bytes(content)
    return [] if (before, after) == (0, 1) else [f"壊した控えの点検が {before} と {after} で終わりました"]


def errors_in_logs(folders: list[Path]) -> list[str]:
    """Return the lines of servers and workers that say a table was not found, as behind a pooler that a dump shares."""
    lines = [line for folder in folders for log in folder.glob("*.log") for line in log.read_text().splitlines()]
    found = [line for line in lines if any(sign in line for sign in SIGNS)]
    return [f"表が見つからない誤り {len(found)} 件: {found[0][:200]}"] if found else []
