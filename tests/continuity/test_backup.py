"""An office that loses everything gets it back from its backup: every answer, every file, and nothing is sent twice."""

import io
import tracemalloc
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from tests.cast import continuity
from todoke.continuity import backup, restore, stream_encryption
from todoke.continuity.backup_repository import BackupRepository
from todoke.continuity.models import RecoveryCheck
from todoke.continuity.stream_encryption import CorruptStream
from todoke.formbuilder.models import Upload
from todoke.runtime.models import is_send_blocked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("elsewhere")


@pytest.fixture
def repository(place: Path) -> BackupRepository:
    return continuity.repository(place)


def test_a_restored_office_holds_every_application_and_its_paper_and_sends_nothing(
    repository: BackupRepository, place: Path
) -> None:
    case = continuity.applied()
    manifest = backup.create(repository)
    assert not manifest.problems
    later = continuity.applied("k8")
    there = continuity.elsewhere(place / "var")
    key = ["--key-file", str(place / "key")]
    told = there.run("restore", str(repository.folder), *key)
    assert told.returncode == 0, told.stderr
    assert "差し止められています" in told.stdout
    look = (
        "import hashlib; from django.core.files.storage import default_storage as store\n"
        "from todoke.cases.models import Case; from todoke.formbuilder.models import Upload\n"
        "from django.core.mail import send_mail; from todoke.payments.providers.registry import provider\n"
        "for case in Case.objects.all(): print(case.number, case.applicant_name)\n"
        "for upload in Upload.objects.all(): print(hashlib.sha256(store.open(upload.path).read()).hexdigest())\n"
        "try: send_mail('s', 'b', None, ['a@example.jp'])\n"
        "except OSError as held: print(type(held).__name__)\n"
        "try: provider('simulator')\n"
        "except Exception as held: print(type(held).__name__)\n"
    )
    seen = there.run("shell", "-c", look).stdout
    assert f"{case.number} {case.applicant_name}" in seen
    assert later.number not in seen
    assert Upload.objects.get(submission=case.submission).sha256 in seen
    assert "SendBlocked\nProviderDown" in seen
    assert (place / "var" / "field-key").read_text() == ",".join(settings.FIELD_KEYS)
    assert "0件の作業" in there.run("worker", "--until-idle").stdout
    assert "空ではありません" in there.run("restore", str(repository.folder), *key).stderr
    released = there.run("restore", "--release", "--by", "佐藤 係員", "--reason", "本番を切り替えた")
    assert released.returncode == 0, released.stderr
    assert "notices.tasks.deliver" in there.run("worker", "--until-idle").stderr
    assert there.run("audit").returncode == 0


def test_damage_is_found_before_anything_is_written(repository: BackupRepository, place: Path) -> None:
    continuity.applied()
    manifest = backup.create(repository)
    paper = repository.path_of(manifest.files[0].sha256)
    whole = paper.read_bytes()
    paper.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    there = continuity.elsewhere(place / "var")
    told = there.run("restore", str(repository.folder), "--key-file", str(place / "key"))
    assert told.returncode == 1
    assert "何も書き換えていません" in told.stderr
    assert manifest.files[0].name in told.stderr
    assert not (place / "var" / "files").exists()
    paper.unlink()
    with pytest.raises(CorruptStream, match="控えの中にありません"), restore.unpacked(repository, manifest.stamp):
        pass
    other = BackupRepository(repository.folder, stream_encryption.make_key(place / "other-key"))
    with pytest.raises(CorruptStream, match="鍵が違う"), restore.unpacked(other, manifest.stamp):
        pass
    paper.write_bytes(whole)
    with restore.unpacked(repository, manifest.stamp) as (read, _):
        assert read == manifest


def test_a_second_backup_writes_only_what_is_new(repository: BackupRepository) -> None:
    continuity.applied()
    backup.create(repository)
    continuity.applied("k8")
    again = BackupRepository(repository.folder, repository.key)
    manifest = backup.create(again, now=backup.taken_at("20261122-000000") + timedelta(days=3650))
    assert len(manifest.files) == 2
    assert again.added <= 3
    assert len(again.stamps()) == 2


def test_old_backups_go_and_what_the_newest_needs_stays(repository: BackupRepository) -> None:
    continuity.applied()
    backup.create(repository, now=backup.taken_at("20260101-000000"))
    newest = backup.create(repository, now=backup.taken_at("20260102-000000"))
    assert backup.prune(repository, keep_for=timedelta(days=7)) == 1
    assert repository.stamps() == [newest.stamp]
    with restore.unpacked(repository, newest.stamp):
        pass


def test_a_paper_that_is_gone_or_changed_is_told_but_the_rest_is_kept(
    repository: BackupRepository, place: Path
) -> None:
    continuity.applied()
    path = Upload.objects.get().path
    with default_storage.open(path, "wb") as file:
        file.write(b"other")
    assert "ハッシュと違います" in backup.create(repository).problems[0]
    default_storage.delete(path)
    with pytest.raises(CommandError, match="ファイルがありません"):
        call_command("backup", repository.folder, key_file=place / "key", stdout=io.StringIO())


def _changed(name: str) -> None:
    with default_storage.open(name, "wb") as file:
        file.write(b"other")


def test_a_file_of_the_last_backup_is_read_again_once_a_week_and_never_loses_its_first_content(
    repository: BackupRepository,
) -> None:
    continuity.applied()
    first = backup.create(repository)
    item = first.files[0]
    now = backup.taken_at(first.stamp)
    hours = [now + timedelta(hours=hour) for hour in range(1, 169)]
    due = [hour for hour in hours if backup.is_read_again(item.sha256, hour)]
    assert len(due) == 1
    _changed(item.name)
    unread = backup.create(repository, now=next(hour for hour in hours if hour not in due))
    assert (unread.problems, unread.files) == ([], [item])
    read = backup.create(repository, now=due[0])
    assert "ハッシュと違います" in read.problems[0]
    assert read.files == [item]


def test_a_check_reads_a_large_file_a_block_at_a_time_and_writes_nothing(repository: BackupRepository) -> None:
    continuity.applied()
    manifest = backup.create(repository)
    large = repository.add("large", io.BytesIO(bytes(24 * 1024 * 1024)))
    manifest.files.append(large)
    before = sorted(settings.VAR.rglob("*"))
    tracemalloc.start()
    assert repository.verify(manifest) == []
    assert tracemalloc.get_traced_memory()[1] < 8 * 1024 * 1024
    tracemalloc.stop()
    assert sorted(settings.VAR.rglob("*")) == before


def test_a_damaged_object_is_named_with_its_place(repository: BackupRepository) -> None:
    continuity.applied()
    manifest = backup.create(repository)
    path = repository.path_of(manifest.files[0].sha256)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(CorruptStream, match=str(path.relative_to(repository.folder))):
        restore.verify(repository, manifest.stamp)
    path.unlink()
    again = backup.create(repository, now=backup.taken_at("20991122-000000"))
    assert restore.verify(repository, again.stamp).files == manifest.files


def test_a_backup_without_a_key_says_how_to_make_one(place: Path) -> None:
    with pytest.raises(CommandError, match="--new-key"):
        call_command("backup", place / "vault", key_file=place / "none")
    said = io.StringIO()
    call_command("backup", new_key=True, key_file=place / "new", stdout=said)
    assert "別の場所" in said.getvalue()


def test_a_copy_made_in_another_way_can_be_held_and_released() -> None:
    call_command("restore", hold=True, reason="14時50分に戻した写し", stdout=io.StringIO())
    assert is_send_blocked()
    with pytest.raises(CommandError, match="--by"):
        call_command("restore", release=True)
    call_command("restore", release=True, by="佐藤 係員", reason="切替え", stdout=io.StringIO())
    assert not is_send_blocked()


def test_a_backup_that_was_opened_whole_leaves_its_result_and_so_does_one_that_fails(
    repository: BackupRepository, place: Path
) -> None:
    continuity.applied()
    manifest = backup.create(repository)
    words = ("restore", str(repository.folder), "--key-file", str(place / "key"), "--check")
    call_command(*words, stdout=io.StringIO())
    good = RecoveryCheck.objects.get()
    assert (good.outcome, manifest.stamp in good.summary) == (RecoveryCheck.Outcome.GOOD, True)
    paper = repository.path_of(manifest.files[0].sha256)
    paper.write_bytes(paper.read_bytes()[:-1] + b"x")
    with pytest.raises(CommandError):
        call_command(*words, stdout=io.StringIO())
    assert [each.outcome for each in RecoveryCheck.objects.all()] == ["failed", "good"]
