"""The settings and steps of docs/how-to/deploy.md bring a database back to a moment between two acts."""

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.cast import present
from todoke.proving.cluster import Cluster, free_port, postgresql_programs

CONF = Path(__file__).resolve().parents[2] / "deploy" / "postgresql" / "todoke.conf"
ARCHIVE = "/mnt/backup/wal"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(postgresql_programs() is None, reason="no PostgreSQL server on this machine"),
]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    made = Cluster()
    try:
        made.create()
        yield made
    finally:
        made.remove()


def settings_of(cluster: Cluster) -> None:
    """Lay the shipped configuration over the cluster, with an archive of its own."""
    wal = cluster.folder / "wal"
    wal.mkdir()
    if cluster.user:
        shutil.chown(wal, cluster.user, cluster.user)
    text = CONF.read_text().replace(ARCHIVE, str(wal))
    assert re.search(r"^archive_mode = on$", text, re.M)
    with (cluster.folder / "data" / "postgresql.conf").open("a") as file:
        file.write(text)
    cluster.run("pg_ctl", "-m", "fast", "-w", "stop")
    cluster.start()


def base_of(cluster: Cluster) -> Path:
    there = cluster.folder / "base"
    command = [str(cluster.programs / "pg_basebackup"), "-h", "127.0.0.1", "-p", str(cluster.port), "-U", "todoke"]
    more = ["-D", str(there), "-X", "none", "-c", "fast"]
    subprocess.run([*command, *more], check=True, user=cluster.user, cwd=cluster.folder, capture_output=True)
    return there


def recovered(cluster: Cluster, base: Path, until: str) -> list[str]:
    """Start a copy that stops at a moment, and return what it holds."""
    port = free_port()
    with (base / "postgresql.auto.conf").open("a") as file:
        file.write(f"restore_command = 'cp {cluster.folder}/wal/%f %p'\n")
        file.write(f"recovery_target_time = '{until}'\nrecovery_target_action = 'promote'\n")
    (base / "recovery.signal").touch()
    if cluster.user:
        shutil.chown(base / "recovery.signal", cluster.user, cluster.user)
    control = [str(cluster.programs / "pg_ctl"), "-D", str(base), "-w", "-l", str(cluster.folder / "copy-log")]
    options = f"-p {port} -k {cluster.folder} -c listen_addresses=127.0.0.1 -c archive_mode=off -c max_connections=200"
    started = subprocess.run([*control, "-o", options, "start"], user=cluster.user, cwd=cluster.folder)
    assert started.returncode == 0, (cluster.folder / "copy-log").read_text()
    try:
        with psycopg.connect(f"postgresql://todoke@127.0.0.1:{port}/postgres") as copy:
            return [row[0] for row in copy.execute("SELECT what FROM act ORDER BY what").fetchall()]
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], user=cluster.user, cwd=cluster.folder)


def test_the_office_goes_back_to_the_moment_before_the_mistake(cluster: Cluster) -> None:
    settings_of(cluster)
    with psycopg.connect(cluster.address, autocommit=True) as server:
        server.execute("CREATE TABLE act (what text)")
        base = base_of(cluster)
        server.execute("INSERT INTO act VALUES ('1 an application')")
        time.sleep(0.3)
        until = str(present(server.execute("SELECT now()").fetchone())[0])
        time.sleep(0.3)
        server.execute("INSERT INTO act VALUES ('2 a mistake')")
        server.execute("SELECT pg_switch_wal()")
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            told = server.execute("SELECT last_archived_wal, failed_count FROM pg_stat_archiver").fetchone()
            last, failed = present(told)
            if last and last >= "000000010000000000000003":
                break
            time.sleep(0.2)
        assert not failed
    assert recovered(cluster, base, until) == ["1 an application"]
