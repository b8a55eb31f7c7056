"""The vault 控えの置き場: sealed objects named by a keyed hash of their content, and one sealed list per backup.

``objects/ab/abcd…`` holds one content each; what did not change since the last backup is not written again. A backup
is complete when its list (``backups/20261122-150000.todoke``) is there: it is written last, after everything else is on
the disk. Names and lists tell nothing to whoever has no key.
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
from todoke.continuity.stream_encryption import Broken

FORMAT = 1
BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Item:
    """One content of a backup (控えの一点): where it belongs, its SHA-256 and its size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass
class Listing:
    """What one backup holds (控えの目録)."""

    stamp: str
    at: str
    vendor: str
    program: str
    database: Item
    files: list[Item]
    papers: list[Item]
    counts: dict[str, int]
    problems: list[str] = field(default_factory=list)
    format: int = FORMAT

    @property
    def items(self) -> list[Item]:
        return [self.database, *self.papers, *self.files]

    @property
    def size(self) -> int:
        return sum(item.size for item in self.items)


def _listing(data: dict[str, Any]) -> Listing:
    if data.get("format") != FORMAT:
        raise Broken("この版のプログラムでは読めない形式の控えです。新しい版で開いてください。")
    for part in ("files", "papers"):
        data[part] = [Item(**item) for item in data[part]]
    return Listing(**{**data, "database": Item(**data["database"])})


class Vault:
    """A folder with backups, opened with a key."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder, self.key = folder, key
        self.added = self.added_bytes = 0

    def stamps(self) -> list[str]:
        """Return the names of all complete backups, oldest first."""
        return sorted(path.stem for path in (self.folder / "backups").glob("*.todoke"))

    def path_of(self, sha256: str) -> Path:
        name = hmac.new(self.key, sha256.encode(), hashlib.sha256).hexdigest()
        return self.folder / "objects" / name[:2] / name

    def keep(self, name: str, content: IO[bytes]) -> Item:
        """Seal a content that can be read twice, unless it is there already."""
        total, size = hashlib.sha256(), 0
        while block := content.read(BLOCK):
            total.update(block)
            size += len(block)
        item = Item(name, total.hexdigest(), size)
        content.seek(0)
        self._place(item, content)
        return item

    def _place(self, item: Item, content: IO[bytes]) -> None:
        path = self.path_of(item.sha256)
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".half")
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            stream_encryption.seal(content, target, self.key)
        half.replace(path)
        self.added += 1
        self.added_bytes += item.size

    def close(self, listing: Listing) -> None:
        """Write the list of a backup after everything else is on the disk; only now the backup exists."""
        os.sync()
        folder = self.folder / "backups"
        folder.mkdir(parents=True, exist_ok=True)
        half = folder / f"{listing.stamp}.half"
        text = json.dumps(asdict(listing), ensure_ascii=False).encode()
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as target:
            stream_encryption.seal(io.BytesIO(text), target, self.key)
            target.flush()
            os.fsync(target.fileno())
        half.replace(folder / f"{listing.stamp}.todoke")
        os.sync()

    def read(self, stamp: str) -> Listing:
        """Return the list of a backup. Raises Broken for a wrong key or a changed list, FileNotFoundError."""
        with (self.folder / "backups" / f"{stamp}.todoke").open("rb") as source:
            return _listing(json.loads(b"".join(stream_encryption.unseal(source, self.key))))

    def content(self, item: Item) -> Iterator[bytes]:
        """Yield the content of an item. Raises Broken when it is missing, changed, or not what the list says."""
        total = hashlib.sha256()
        try:
            with self.path_of(item.sha256).open("rb") as source:
                for block in stream_encryption.unseal(source, self.key):
                    total.update(block)
                    yield block
        except FileNotFoundError:
            raise Broken(f"{item.name}: 控えの中にありません。") from None
        except Broken as broken:
            raise Broken(f"{item.name}: {broken}") from None
        if total.hexdigest() != item.sha256:
            raise Broken(f"{item.name}: 目録のハッシュと違います。")

    def forget(self, stamps: list[str]) -> int:
        """Delete backups and every object that no remaining backup names; returns how many objects went."""
        kept = [self.read(stamp) for stamp in self.stamps() if stamp not in stamps]
        needed = {self.path_of(item.sha256) for listing in kept for item in listing.items}
        for stamp in stamps:
            (self.folder / "backups" / f"{stamp}.todoke").unlink(missing_ok=True)
        gone = [path for path in (self.folder / "objects").glob("*/*") if path not in needed]
        for path in gone:
            path.unlink()
        return len(gone)
