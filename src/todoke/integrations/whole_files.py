"""Whole files 書き終わったファイル: what another program carries on appears whole under its name or not at all."""

from collections.abc import Iterable
from pathlib import Path

from todoke.audit.file_sync import fsync


def write_whole(target: Path, blocks: Iterable[bytes]) -> None:
    """Write a file beside its place as ``.part``, sync it, and rename it. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(".part")
    with unfinished.open("wb") as file:
        for block in blocks:
            file.write(block)
    fsync(unfinished)
    unfinished.replace(target)
    fsync(target.parent)
