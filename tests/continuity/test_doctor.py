"""The operator asks the installation how it is, and is told what to do next."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from tests.cast import continuity
from todoke.audit import triggers
from todoke.continuity import backup, stream_encryption
from todoke.continuity.backup_repository import Listing, Vault
from todoke.continuity.checks import GROUPS, configuration, database, storage, work
from todoke.continuity.health_checks import Finding, State, examine, worst
from todoke.formbuilder.models import Upload
from todoke.jobs.models import Job, PeriodicTask
from todoke.runtime.models import SendBlock

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation as it should be."""
    room = tmp_path_factory.mktemp("office", numbered=True)
    settings.VAR, settings.BACKUPS, settings.BACKUP_KEY_FILE = room, room / "backups", room / "key"
    settings.AUDIT_CHECKPOINTS = room / "checkpoints.jsonl"
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://todoke.example.lg.jp", ["todoke.example.lg.jp", "testserver"]
    settings.STAFF_SECOND_FACTOR, settings.SECRET_KEY = True, "k" * 64
    room.chmod(0o700)
    PeriodicTask.objects.create(name="監査の検証点", next_at=timezone.now())
    continuity.applied()
    Job.objects.update(run_after=timezone.now())
    return room


def test_what_is_as_it_should_be_is_called_fine(office: Path) -> None:
    points = [
        configuration.mode, configuration.hosts, configuration.key, configuration.second_factor,
        configuration.headers, configuration.libraries,
        database.durable, database.schema, database.guard, database.limits, database.clock, work.worker, work.waiting,
        work.given_up, work.held, storage.disk, storage.folder, storage.files, storage.audit, storage.checkpointed,
    ]  # fmt: skip
    if connection.vendor == "postgresql":
        points = [point for point in points if point not in {database.durable, database.limits}]
    said = {point.__name__: point() for point in points}
    assert {name: finding for name, finding in said.items() if finding.state is State.DANGER} == {}
    assert storage.audit().state is State.FINE


def _lose_a_file() -> None:
    default_storage.delete(Upload.objects.get().path)


def _change_a_file() -> None:
    with default_storage.open(Upload.objects.get().path, "wb") as file:
        file.write(b"other")


def _stop_the_worker() -> None:
    PeriodicTask.objects.update(next_at=timezone.now() - timedelta(minutes=6))


def _let_a_job_wait() -> None:
    Job.objects.update(run_after=timezone.now() - timedelta(minutes=16))


def _give_up_a_job() -> None:
    Job.objects.update(status=Job.Status.DEAD)


@pytest.mark.parametrize(
    ("break_it", "point"),
    [
        (_lose_a_file, storage.files),
        (_change_a_file, storage.files),
        (_stop_the_worker, work.worker),
        (_let_a_job_wait, work.waiting),
        (_give_up_a_job, work.given_up),
        (lambda: SendBlock.objects.create(reason="控えから戻した写し"), work.held),
        (lambda: triggers.uninstall(connection), database.guard),
    ],
)
def test_what_is_broken_is_found(office: Path, break_it: Callable[[], Any], point: Callable[[], Finding]) -> None:
    assert point().state is State.FINE
    break_it()
    found = point()
    assert found.state is not State.FINE
    assert found.do


@pytest.mark.parametrize(
    ("name", "value", "point"),
    [
        ("DEBUG", True, configuration.mode),
        ("DEMO", True, configuration.mode),
        ("ALLOWED_HOSTS", ["*"], configuration.hosts),
        ("PUBLIC_URL", "http://todoke.example.lg.jp", configuration.hosts),
        ("SECRET_KEY", "short", configuration.key),
        ("STAFF_SECOND_FACTOR", False, configuration.second_factor),
        ("X_FRAME_OPTIONS", "SAMEORIGIN", configuration.headers),
        ("BACKUPS", None, storage.backups),
    ],
)
def test_a_loose_setting_is_found(office: Path, settings: Settings, name: str, value: Any, point: Any) -> None:
    setattr(settings, name, value)
    assert point().state is State.DANGER


def test_an_old_backup_and_a_wrong_key_are_found(office: Path) -> None:
    assert storage.backups().state is State.DANGER
    vault = Vault(office / "backups", stream_encryption.make_key(office / "key"))
    vault.close(_empty_listing(timezone.now() - timedelta(hours=30)))
    assert "30 時間前" in storage.backups().seen
    vault.close(_empty_listing(timezone.now()))
    assert storage.backups().state is State.FINE
    (office / "key").write_text("00" * 32)
    assert examine({"": {"控え": storage.backups}})[0].finding.state is State.DANGER


def _empty_listing(at: Any) -> Any:
    item = continuity.NOTHING
    return Listing(at.strftime(backup.STAMP), at.isoformat(), "sqlite", "", item, [], [], {})


def test_a_check_that_fails_is_told_and_never_left_out() -> None:
    def fails() -> Finding:
        raise RuntimeError("no such table")

    lines = examine({"": {"表": fails}})
    assert worst(lines) is State.DANGER
    assert "no such table" in lines[0].finding.seen


def test_the_monitor_reads_the_same_as_json_and_gets_an_exit_code(office: Path) -> None:
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", json=True, stdout=said)
    lines = json.loads(said.getvalue())
    assert len(lines) == sum(len(checks) for checks in GROUPS.values())
    assert ended.value.code == 2
    assert all(line["do"] for line in lines if line["state"] != "良好")
