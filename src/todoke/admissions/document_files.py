"""Document files 書き出すファイル: several documents written together, each whole or not at all."""

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write every file beside its place first and put them in place only when all are written. Raises OSError."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for place, content in files.items():
            if place.is_dir():
                raise IsADirectoryError(21, "フォルダです", str(place))
            with NamedTemporaryFile(dir=place.parent, prefix=".todoke-", delete=False) as beside:
                waiting.append((Path(beside.name), place))
                beside.write(content)
                beside.flush()
                os.fsync(beside.fileno())
        for written, place in waiting:
            written.chmod(0o644)
            written.replace(place)
    finally:
        for written, _ in waiting:
            written.unlink(missing_ok=True)
