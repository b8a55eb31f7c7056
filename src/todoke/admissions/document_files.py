"""Document files 書き出すファイル: several documents written together, each whole or not at all."""

import errno
import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write every file beside its place first and put them in place only when all are written. Raises OSError.

    A link is followed; what is no file (a folder, a device, a pipe) is never replaced.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for named, content in files.items():
            place = named.resolve()
            if place.exists() and not place.is_file():
                raise OSError(errno.EINVAL, "ファイルではありません", str(named))
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
