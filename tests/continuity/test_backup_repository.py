"""A repository keeps each content once, names it to nobody without the key, and never gives back what changed."""

import hashlib
import io
import os
from pathlib import Path

import pytest

from todoke.continuity import stream_encryption
from todoke.continuity.backup_repository import FORMAT, BackupItem, BackupManifest, BackupRepository
from todoke.continuity.stream_encryption import CorruptStream

KEY, OTHER = bytes(range(32)), bytes(32)


def repository(folder: Path, key: bytes = KEY) -> BackupRepository:
    return BackupRepository(folder, key)


def manifest(stamp: str, database: BackupItem, *files: BackupItem) -> BackupManifest:
    return BackupManifest(stamp, "2026-11-22T15:00", "sqlite", "0.1.0", database, list(files), [], {"案件": 3})


def read(repo: BackupRepository, item: BackupItem) -> bytes:
    return b"".join(repo.content(item))


def test_a_content_comes_back_as_it_was_and_says_its_size_and_hash(tmp_path: Path) -> None:
    repo, content = repository(tmp_path), "髙橋".encode() * 400_000
    item = repo.add("letter.pdf", io.BytesIO(content))
    assert item == BackupItem("letter.pdf", hashlib.sha256(content).hexdigest(), len(content))
    assert read(repo, item) == content


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    for name, content in (("a", b"same"), ("b", b"same"), ("c", b"other!")):
        repo.add(name, io.BytesIO(content))
    assert (repo.added, repo.added_bytes) == (2, 10)
    assert len(list((tmp_path / "objects").glob("*/*"))) == 2


def test_the_name_of_an_object_tells_nothing_without_the_key(tmp_path: Path) -> None:
    item = repository(tmp_path).add("a", io.BytesIO(b"secret"))
    path = repository(tmp_path).path_of(item.sha256)
    assert path.exists()
    assert path.parent.name == path.name[:2]
    assert item.sha256 not in str(path)
    assert repository(tmp_path, OTHER).path_of(item.sha256) != path
    assert b"secret" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_what_is_missing_changed_or_exchanged_is_named(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    item = repo.add("letter.pdf", io.BytesIO(b"content"))
    path = repo.path_of(item.sha256)
    whole = path.read_bytes()
    exchanged = io.BytesIO()
    stream_encryption.encrypt(io.BytesIO(b"forged!"), exchanged, KEY)
    for stored, message in (
        (whole[:-1] + bytes([whole[-1] ^ 1]), "letter.pdf: "),
        (exchanged.getvalue(), "letter.pdf: 目録のハッシュと違います"),
        (None, "letter.pdf: 控えの中にありません"),
    ):
        path.unlink()
        if stored is not None:
            path.write_bytes(stored)
        with pytest.raises(CorruptStream, match=message):
            read(repo, item)


def test_a_backup_exists_once_its_manifest_is_written_and_opens_with_its_key(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    assert repo.stamps() == []
    database, paper = repo.add("db", io.BytesIO(b"rows")), repo.add("paper", io.BytesIO(b"p"))
    written = manifest("20261122-150000", database, repo.add("f", io.BytesIO(b"file")))
    written.papers.append(paper)
    repo.write_manifest(written)
    assert repo.stamps() == ["20261122-150000"]
    assert repo.read_manifest("20261122-150000") == written
    assert [item.name for item in written.items] == ["db", "paper", "f"]
    assert written.size == 9
    [path] = (tmp_path / "backups").iterdir()
    assert "案件".encode() not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0
    with pytest.raises(CorruptStream):
        repository(tmp_path, OTHER).read_manifest("20261122-150000")
    with pytest.raises(FileNotFoundError):
        repo.read_manifest("20261123-150000")


def test_a_manifest_of_another_format_is_not_guessed(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    newer = manifest("s", repo.add("db", io.BytesIO(b"rows")))
    newer.format = FORMAT + 1
    repo.write_manifest(newer)
    with pytest.raises(CorruptStream, match="新しい版で開いてください"):
        repo.read_manifest("s")


def test_deleting_a_backup_leaves_what_others_need(tmp_path: Path) -> None:
    repo = repository(tmp_path)
    shared, old, new = (repo.add(name, io.BytesIO(name.encode())) for name in ("shared", "old", "new"))
    repo.write_manifest(manifest("2", new, shared))
    repo.write_manifest(manifest("1", old, shared))
    assert repo.stamps() == ["1", "2"]
    assert repo.delete(["1", "gone"]) == 1
    assert repo.stamps() == ["2"]
    assert (read(repo, shared), read(repo, new)) == (b"shared", b"new")
    with pytest.raises(CorruptStream):
        read(repo, old)


@pytest.mark.skipif(os.geteuid() != 0, reason="only an administrator can write for somebody else")
def test_what_an_administrator_writes_belongs_to_the_owner_of_the_folder(tmp_path: Path) -> None:
    os.chown(tmp_path, 65534, 65534)
    repo = repository(tmp_path)
    repo.write_manifest(manifest("20261122-150000", repo.add("database", io.BytesIO(b"rows"))))
    made = list(tmp_path.rglob("*"))
    assert len(made) == 5
    assert {path.stat().st_uid for path in made} == {65534}
