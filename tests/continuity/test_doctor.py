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
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests import cast
from tests.cast import continuity
from todoke.audit import data_export_triggers, triggers
from todoke.bookings import closed_list_triggers, overlap_triggers
from todoke.continuity import backup, stream_encryption
from todoke.continuity.backup_repository import BackupManifest, BackupRepository
from todoke.continuity.checks import GROUPS, configuration, database, outage, storage, work
from todoke.continuity.health_checks import CheckResult, CheckState, run_checks, worst_state
from todoke.continuity.models import RecoveryCheck
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
        configuration.production_mode, configuration.allowed_hosts, configuration.secret_key,
        configuration.second_factor, configuration.headers, configuration.libraries, database.durability_settings,
        database.migrations, database.audit_triggers, database.timeouts, database.clock, work.worker,
        work.pending_jobs, work.dead_jobs, work.send_block, storage.disk, storage.folder_permissions,
        storage.stored_files, storage.audit, storage.checkpointed,
    ]  # fmt: skip
    if connection.vendor == "postgresql":
        points = [point for point in points if point not in {database.durability_settings, database.timeouts}]
    said = {point.__name__: point() for point in points}
    assert {name: finding for name, finding in said.items() if finding.state is CheckState.CRITICAL} == {}
    assert storage.audit().state is CheckState.OK


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
        (_lose_a_file, storage.stored_files),
        (_change_a_file, storage.stored_files),
        (_stop_the_worker, work.worker),
        (_let_a_job_wait, work.pending_jobs),
        (_give_up_a_job, work.dead_jobs),
        (lambda: SendBlock.objects.create(reason="控えから戻した写し"), work.send_block),
        (lambda: triggers.uninstall(connection), database.audit_triggers),
        (lambda: data_export_triggers.uninstall(connection), database.audit_triggers),
        (lambda: overlap_triggers.uninstall(connection), database.booking_rules),
        (lambda: closed_list_triggers.uninstall(connection), database.booking_rules),
    ],
)
def test_what_is_broken_is_found(office: Path, break_it: Callable[[], Any], point: Callable[[], CheckResult]) -> None:
    assert point().state is CheckState.OK
    break_it()
    found = point()
    assert found.state is not CheckState.OK
    assert found.do


@pytest.mark.parametrize(
    ("name", "value", "point"),
    [
        ("DEBUG", True, configuration.production_mode),
        ("DEMO", True, configuration.production_mode),
        ("ALLOWED_HOSTS", ["*"], configuration.allowed_hosts),
        ("PUBLIC_URL", "http://todoke.example.lg.jp", configuration.allowed_hosts),
        ("SECRET_KEY", "short", configuration.secret_key),
        ("STAFF_SECOND_FACTOR", False, configuration.second_factor),
        ("X_FRAME_OPTIONS", "SAMEORIGIN", configuration.headers),
        ("BACKUPS", None, storage.backups),
    ],
)
def test_a_loose_setting_is_found(office: Path, settings: Settings, name: str, value: Any, point: Any) -> None:
    setattr(settings, name, value)
    assert point().state is CheckState.CRITICAL


def test_an_old_backup_and_a_wrong_key_are_found(office: Path) -> None:
    assert storage.backups().state is CheckState.CRITICAL
    repository = BackupRepository(office / "backups", stream_encryption.make_key(office / "key"))
    repository.write_manifest(_empty_manifest(timezone.now() - timedelta(hours=30)))
    assert "30 時間前" in storage.backups().seen
    repository.write_manifest(_empty_manifest(timezone.now()))
    assert storage.backups().state is CheckState.OK
    (office / "key").write_text("00" * 32)
    assert run_checks({"": {"控え": storage.backups}})[0].finding.state is CheckState.CRITICAL


def _empty_manifest(at: Any) -> Any:
    item = continuity.NOTHING
    return BackupManifest(at.strftime(backup.STAMP), at.isoformat(), "sqlite", "", item, [], [], {})


@pytest.mark.parametrize(
    ("mode", "archived", "failed", "state"),
    [
        ("off", None, None, CheckState.WARNING),
        ("on", None, None, CheckState.WARNING),
        ("on", None, 1, CheckState.CRITICAL),
        ("on", 1, 2, CheckState.CRITICAL),
        ("on", 2, 1, CheckState.OK),
        ("always", 2, None, CheckState.OK),
    ],
)
def test_an_archive_that_takes_nothing_is_found(
    mode: str, archived: int | None, failed: int | None, state: CheckState
) -> None:
    archived_at, failed_at = (timezone.now() + timedelta(days=day) if day else None for day in (archived, failed))
    assert database.archive_state(mode, archived_at, failed_at, "000000010000000000000003").state is state


def test_a_check_that_fails_is_told_and_never_left_out() -> None:
    def fails() -> CheckResult:
        raise RuntimeError("no such table")

    lines = run_checks({"": {"表": fails}})
    assert worst_state(lines) is CheckState.CRITICAL
    assert "no such table" in lines[0].finding.seen


def test_the_monitor_reads_the_same_as_json_and_gets_an_exit_code(office: Path) -> None:
    said = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--only-critical", json=True, stdout=said)
    lines = json.loads(said.getvalue())
    assert len(lines) == sum(len(checks) for checks in GROUPS.values())
    assert ended.value.code == 2
    assert all(line["do"] for line in lines if line["state"] != "良好")


def test_the_result_of_a_check_and_of_a_drill_stays_and_the_examination_says_it(
    office: Path, client: Client, settings: Settings
) -> None:
    assert outage.backup_opened().state is CheckState.WARNING
    RecoveryCheck.register(RecoveryCheck.Kind.BACKUP, seconds=3.2, summary="39点をすべて開き", failed=False)
    assert "39点をすべて開き" in outage.backup_opened().seen
    RecoveryCheck.register(RecoveryCheck.Kind.DRILL, seconds=60, summary="失われたもの 1", failed=True)
    assert outage.drilled().state is CheckState.CRITICAL
    RecoveryCheck.objects.filter(kind="backup").update(at=timezone.now() - timedelta(days=20))
    assert "20 日前です" in outage.backup_opened().seen
    settings.STAFF_SECOND_FACTOR = False
    client.force_login(cast.headquarters())
    page = client.get("/board/changes/").content.decode()
    assert "39点をすべて開き" in page
    assert "問題あり" in page
