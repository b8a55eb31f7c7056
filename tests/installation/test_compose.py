"""The delivered containers: valid files that name only what exists; their scripts run under the same programs."""

import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from tests.cast.schemas import problems
from todoke.proving.cluster import free_port, postgresql_programs

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "deploy" / "compose"
FILES = ("one-machine.yaml", "several-machines.yaml")
IMAGES = {"postgres:15-bookworm", "nginx:stable", "python:3.11-slim-bookworm", "debian:bookworm-slim"}
"""Official images that are kept as long as their release is."""
SETTINGS = (ROOT / "docs" / "reference" / "settings.md").read_text()


def load(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text())
    return found


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_valid_by_the_specification(name: str) -> None:
    assert problems(load(name), "compose-spec") == []


@pytest.mark.parametrize("name", FILES)
def test_services_wait_for_what_they_need_and_say_whether_they_are_well(name: str) -> None:
    services = load(name)["services"]
    built_with_check = {"program", "pooler"}
    for label, service in services.items():
        assert set(service.get("depends_on", {})) <= set(services), label
        stage = service.get("build", {}).get("target")
        assert "healthcheck" in service or stage in built_with_check, label
        for needed, how in dict(service.get("depends_on") or {}).items():
            ends = how["condition"] == "service_completed_successfully"
            assert ends == (services[needed].get("restart") == "no"), label


@pytest.mark.parametrize("name", FILES)
def test_what_a_file_names_is_there(name: str) -> None:
    told = load(name)
    for label, service in told["services"].items():
        assert service.get("image", "").endswith(":local") or service["image"] in IMAGES, label
        assert set(service.get("secrets", [])) <= set(told["secrets"]), label
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            known = (FOLDER / source).exists() if source.startswith(".") else source in told["volumes"]
            assert known, (label, source)
        surroundings = service.get("environment", {})
        assert all(f"`{key}`" in SETTINGS for key in surroundings if key.startswith("TODOKE_")), label


def test_only_who_makes_the_tables_knows_the_password_of_their_owner() -> None:
    for name in FILES:
        holders = {
            label for label, each in load(name)["services"].items() if "owner_password" in each.get("secrets", [])
        }
        assert holders <= {"prepare", "database", "primary"}


def test_every_role_gets_a_password_of_its_own_when_the_database_is_made() -> None:
    sql = "".join((ROOT / "deploy" / "postgresql" / name).read_text() for name in ("roles.sql", "owner.sql"))
    given = re.findall(r"^for role in ([a-z ]+); do$", (FOLDER / "database.sh").read_text(), re.M)[0].split()
    names = {"todoke" if role == "application" else f"todoke_{role}" for role in given}
    assert names == set(re.findall(r"CREATE ROLE (\w+)", sql))


def test_the_images_are_built_from_known_ones_and_from_files_that_are_sent() -> None:
    text = (FOLDER / "Dockerfile").read_text()
    assert set(re.findall(r"^FROM (\S+)", text, re.M)) <= IMAGES
    sent = {line[1:].rstrip("/") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] == "!"}
    copied = {part for line in re.findall(r"^COPY (.+)$", text, re.M) for part in line.split()[:-1]}
    assert {path.split("/")[0] for path in copied if path != "."} <= sent
    assert all((ROOT / path).exists() for path in copied)
    assert "libmagic" not in text


def test_secrets_are_made_once_and_kept(tmp_path: Path) -> None:
    script = shutil.copy(FOLDER / "make-secrets.sh", tmp_path)
    subprocess.run([script], check=True)
    made = {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}
    assert set(made) == {*load(FILES[0])["secrets"]}
    assert len(made["owner_password"]) == 48
    assert len(made["field_keys"]) == 44
    subprocess.run([script], check=True)
    assert made == {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}


def test_the_proxy_takes_the_delivered_file_for_its_servers(tmp_path: Path) -> None:
    place = {"CONF": str(ROOT / "deploy" / "nginx" / "todoke.conf"), "TARGET": str(tmp_path / "default.conf")}
    environment = {**os.environ, **place, "TODOKE_HOSTS": "a.example.jp", "SERVERS": "web-a:8000 web-b:8000"}
    subprocess.run([FOLDER / "proxy.sh"], check=True, env=environment)
    text = (tmp_path / "default.conf").read_text()
    assert re.findall(r"^    server (\S+) max", text, re.M) == ["web-a:8000", "web-b:8000"]
    assert "ssl_certificate_key /run/secrets/certificate.key;" in text
    assert text.count("server_name a.example.jp;") == 2


class Place:
    """A folder in which the scripts of the database run as the image runs them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.programs = folder, postgresql_programs() or Path()
        self.user = "postgres" if os.geteuid() == 0 else None
        self.primary, self.replica, self.pooler = free_port(), free_port(), free_port()
        self.running: list[subprocess.Popen[bytes]] = []
        for name in ("secrets", "primary", "replica", "pooler"):
            (folder / name).mkdir()
        for role in ("owner", "application", "reader", "replication"):
            (folder / "secrets" / f"{role}_password").write_text(f"secret-of-{role}")
        if self.user:
            for path in (folder, *folder.rglob("*")):
                shutil.chown(path, "postgres", "postgres")

    def surroundings(self, **more: str) -> dict[str, str]:
        known = {"SECRETS": str(self.folder / "secrets"), "SOURCES": str(ROOT / "deploy" / "postgresql"), "PATH": ""}
        path = f"{self.programs}:/usr/sbin:{os.environ['PATH']}"
        return {**os.environ, **known, "PATH": path, "BIN": str(self.programs), **more}

    def run(self, *command: str | Path, **more: str) -> None:
        words = [str(word) for word in command]
        subprocess.run(words, check=True, env=self.surroundings(**more), user=self.user, cwd=self.folder)

    def begin(self, *command: str | Path, **more: str) -> None:
        words = [str(word) for word in command]
        begun = subprocess.Popen(words, env=self.surroundings(**more), user=self.user, cwd=self.folder)
        self.running.append(begun)

    def address(self, port: int, role: str, user: str) -> str:
        return f"postgresql://{user}:secret-of-{role}@127.0.0.1:{port}/todoke"

    def end(self) -> None:
        for process in reversed(self.running):
            process.send_signal(signal.SIGINT)
        for process in self.running:
            process.wait()


def reached(address: str) -> psycopg.Connection[Any]:
    """A connection, however long the server takes to begin."""
    while True:
        try:
            return psycopg.connect(address, autocommit=True, connect_timeout=5, prepare_threshold=None)
        except psycopg.OperationalError as problem:
            if "password authentication failed" in str(problem):
                raise
            time.sleep(0.1)


@pytest.fixture
def place() -> Iterator[Place]:
    folder = Path(tempfile.mkdtemp(prefix="todoke-compose-"))
    made = Place(folder)
    try:
        yield made
    finally:
        made.end()
        shutil.rmtree(folder)


@pytest.mark.slow
@pytest.mark.sqlite
def test_database_pooler_and_replica_begin_with_their_own_passwords(place: Place) -> None:
    data, access = place.folder / "primary", ("--auth-local=trust", "--auth-host=scram-sha-256")
    place.run(place.programs / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--no-sync", *access)
    conf = place.folder / "postgresql.conf"
    text = (FOLDER / "postgresql.conf").read_text().replace("/sources/", f"{ROOT}/deploy/postgresql/")
    conf.write_text(f"{text}\nunix_socket_directories = '{place.folder}'\n")
    server = (place.programs / "postgres", "-D", data, "-c", f"config_file={conf}")
    place.begin(*server, "-p", str(place.primary))
    psql = f"{place.programs}/psql -h {place.folder} -p {place.primary}"
    reached(f"postgresql://postgres@/postgres?host={place.folder}&port={place.primary}").execute(
        "CREATE DATABASE todoke"
    )
    place.run(FOLDER / "database.sh", PSQL=psql, PGDATA=str(data))
    place.run(place.programs / "pg_ctl", "reload", "-D", data)
    ports = {"PRIMARY_HOST": "127.0.0.1", "PRIMARY_PORT": str(place.primary)}
    ini, pooler = ROOT / "deploy" / "postgresql" / "pgbouncer.ini", place.folder / "pooler"
    pooled = {"FOLDER": str(pooler), "POOLER_PORT": str(place.pooler), "LISTEN": "127.0.0.1", "INI": str(ini)}
    place.begin(FOLDER / "pooler.sh", **pooled, **ports)
    copied = {"PGDATA": str(place.folder / "replica"), "PGPASSFILE": str(place.folder / "pgpass")}
    place.begin(FOLDER / "replica.sh", "-c", f"config_file={conf}", "-p", str(place.replica), **copied, **ports)
    owner = reached(place.address(place.primary, "owner", "todoke_owner"))
    owner.execute("CREATE TABLE told (words text)")
    application = reached(place.address(place.pooler, "application", "todoke"))
    application.execute("INSERT INTO told VALUES ('届け')")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        application.execute("CREATE TABLE another (x int)")
    reader = reached(place.address(place.replica, "reader", "todoke_reader"))
    while not (found := reader.execute("SELECT words, pg_is_in_recovery() FROM told").fetchall()):
        time.sleep(0.05)
    assert found == [("届け", True)]
    shown = owner.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')").fetchone()
    assert shown == ("on", "on"), "the delivered settings hold"
    for each in (owner, application, reader):
        each.close()
