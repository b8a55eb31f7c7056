"""Streaming replica 複製 of a private cluster, read with a read-only role."""

import shutil
import tempfile
import time
from pathlib import Path

import psycopg

from todoke.proving.cluster import Cluster, free_port

READER = "todoke_reader"
COUNTED = "SELECT (SELECT COUNT(*) FROM cases_case), (SELECT COUNT(*) FROM audit_entry)"
ROLE = (
    f"CREATE ROLE {READER} LOGIN NOSUPERUSER",
    f"ALTER ROLE {READER} SET default_transaction_read_only = on",
    f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {READER}",
    f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO {READER}",
)


def make_reader(primary: Cluster) -> None:
    """Create the read-only role, as docs/how-to/deploy.md does."""
    with psycopg.connect(primary.address, autocommit=True) as server:
        for statement in ROLE:
            server.execute(statement)


class Replica(Cluster):
    """A standby made by pg_basebackup; it goes on answering when the primary is killed."""

    def __init__(self, primary: Cluster) -> None:
        self.programs, self.user, self.durable, self.port = primary.programs, primary.user, False, free_port()
        self.forgetful = False
        self.folder = Path(tempfile.mkdtemp(prefix="todoke-replica-"))
        if self.user:
            shutil.chown(self.folder, self.user, self.user)
        place = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", "todoke"]
        self.run("pg_basebackup", *place, "-R", "-X", "stream", "-c", "fast")

    @property
    def address(self) -> str:
        return f"postgresql://{READER}@127.0.0.1:{self.port}/postgres"

    def row_counts(self) -> tuple[int, int]:
        """Return the numbers of cases and audit entries in the replica."""
        with psycopg.connect(self.address) as server:
            cases, entries = server.execute(COUNTED).fetchone() or (0, 0)
        return int(cases), int(entries)

    def follow(self, primary: Cluster, *, within: float) -> bool:
        """Wait at most that many seconds until everything written to the primary so far can be read here."""
        with psycopg.connect(primary.address) as server:
            written = server.execute("SELECT pg_current_wal_lsn()").fetchone()
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            with psycopg.connect(self.address) as server:
                if server.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", written).fetchone() == (True,):
                    return True
            time.sleep(0.1)
        return False
