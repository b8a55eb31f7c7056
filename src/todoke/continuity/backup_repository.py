"""Backup repository 控えの置き場: encrypted objects named by a keyed hash of their content, one manifest per backup.

``objects/ab/abcd…`` holds one content each; content unchanged since the last backup is not written again. A backup
exists when its manifest (``backups/20261122-150000.todoke``) does: it is written last, after all else is synced.
Without the
key, names and manifests reveal nothing.
"""

import hashlib
import hmac
import io
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from todoke.continuity import stream_encryption
from todoke.continuity.stream_encryption import CorruptStream

FORMAT = 1
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class BackupItem:
    """One content of a backup (控えの一点): its name, SHA-256, and size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass
class BackupManifest:
    """The contents of one backup (控えの目録)."""

    stamp: str
    at: str
    vendor: str
    program: str
    database: BackupItem
    files: list[BackupItem]
    papers: list[BackupItem]
    counts: dict[str, int]
    problems: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def items(self) -> list[BackupItem]:
        """All contents: database, keys and checkpoints, files."""
        return [self.database, *self.papers, *self.files]

    @property
    def size(self) -> int:
        """The total size in bytes."""
        return sum(item.size for item in self.items)


def _manifest(data: dict[str, Any]) -> BackupManifest:
    """Build a manifest from JSON. Raises CorruptStream for another format version."""
    if data.get("format") != FORMAT:
        raise CorruptStream("この版のプログラムでは読めない形式の控えです。新しい版で開いてください。")
    for part in ("files", "papers"):
        data[part] = [BackupItem(**item) for item in data[part]]
    return BackupManifest(**{**data, "database": BackupItem(**data["database"])})


class BackupRepository:
    """A folder of backups and the key that encrypts them."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder, self.key = folder, key
        self.added = self.added_bytes = 0

    def stamps(self) -> list[str]:
        """Return the stamps of all complete backups, oldest first."""
        return sorted(path.stem for path in (self.folder / "backups").glob("*.todoke"))

    def path_of(self, sha256: str) -> Path:
        """Return the path of the object with this hash."""
        name = hmac.new(self.key, sha256.encode(), hashlib.sha256).hexdigest()
        return self.folder / "objects" / name[:2] / name

    def add(self, name: str, content: IO[bytes]) -> BackupItem:
        """Encrypt and store a content unless it is there; ``content`` must be seekable. Return its item."""
        total, size = hashlib.sha256(), 0
        while block := content.read(BLOCK):
            total.update(block)
            size += len(block)
        item = BackupItem(name, total.hexdigest(), size)
        content.seek(0)
        self._store(item, content)
        return item

    def stored(self, name: str, sha256: str) -> BackupItem | None:
        """Return the item of a content that is stored already, without reading it; None when it is not."""
        try:
            size = self.path_of(sha256).stat().st_size
        except FileNotFoundError:
            return None
        return BackupItem(name, sha256, stream_encryption.content_size(size))

    def _store(self, item: BackupItem, content: IO[bytes]) -> None:
        path = self.path_of(item.sha256)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            stream_encryption.encrypt(content, target, self.key)
        half.replace(path)
        self._give_to_owner(path.parents[1], path.parent, path)
        self.added += 1
        self.added_bytes += item.size

    def _give_to_owner(self, *paths: Path) -> None:
        """Give what an administrator wrote to the owner of the folder, whose own backups and checks must open it."""
        owner = self.folder.stat()
        for path in paths if os.geteuid() == 0 else ():
            os.chown(path, owner.st_uid, owner.st_gid)

    def write_manifest(self, manifest: BackupManifest) -> None:
        """Write the manifest after everything else is synced; from then on the backup exists."""
        os.sync()
        folder = self.folder / "backups"
        folder.mkdir(parents=True, exist_ok=True)
        half = folder / f"{manifest.stamp}.half"
        text = json.dumps(asdict(manifest), ensure_ascii=False).encode()
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            stream_encryption.encrypt(io.BytesIO(text), target, self.key)
            target.flush()
            os.fsync(target.fileno())
        half.replace(folder / f"{manifest.stamp}.todoke")
        self._give_to_owner(folder, folder / f"{manifest.stamp}.todoke")
        os.sync()

    def read_manifest(self, stamp: str) -> BackupManifest:
        """Return a manifest. Raises CorruptStream for a wrong key or changed bytes, FileNotFoundError."""
        with (self.folder / "backups" / f"{stamp}.todoke").open("rb") as source:
            return _manifest(json.loads(b"".join(stream_encryption.decrypt(source, self.key))))

    def content(self, item: BackupItem) -> Iterator[bytes]:
        """Yield the bytes of an item. Raises CorruptStream when it is missing or differs from the manifest."""
        total = hashlib.sha256()
        try:
            with self.path_of(item.sha256).open("rb") as source:
                for block in stream_encryption.decrypt(source, self.key):
                    total.update(block)
                    yield block
        except FileNotFoundError:
            raise CorruptStream(f"{item.name}: 控えの中にありません。") from None
        except CorruptStream as broken:
            raise CorruptStream(f"{item.name}: {broken}(控えの {self._place(item)})") from None
        if total.hexdigest() != item.sha256:
            raise CorruptStream(f"{item.name}: 目録のハッシュと違います。(控えの {self._place(item)})")

    def _place(self, item: BackupItem) -> Path:
        """Return where the object of an item lies, so that an operator can delete it and have it written anew."""
        return self.path_of(item.sha256).relative_to(self.folder)

    def verify(self, manifest: BackupManifest) -> list[str]:
        """Read every content of a backup, a block at a time and nothing to disk; return what is wrong."""
        broken = []
        for item in manifest.items:
            try:
                for _ in self.content(item):
                    pass
            except CorruptStream as problem:
                broken.append(str(problem))
        return broken

    def delete(self, stamps: list[str]) -> int:
        """Delete backups, and objects that no remaining backup names; return how many objects went."""
        kept = [self.read_manifest(stamp) for stamp in self.stamps() if stamp not in stamps]
        needed = {self.path_of(item.sha256) for manifest in kept for item in manifest.items}
        for stamp in stamps:
            (self.folder / "backups" / f"{stamp}.todoke").unlink(missing_ok=True)
        gone = [path for path in (self.folder / "objects").glob("*/*") if path not in needed]
        for path in gone:
            path.unlink()
        return len(gone)
