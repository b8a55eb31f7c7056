"""National portal 国の窓口: how applications are listed, read and given a state, and a folder that does so.

The interface specification is given to municipalities by contract and is not known here; the shape is ours, and only
this module knows it. Where the closed network's own program exchanges files, a folder stands for the portal:
``in/NUMBER.json`` is an application, ``out/NUMBER.json`` the state that is set back.
"""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from todoke.file_validation.json_text import read_json
from todoke.integrations.whole_files import write_whole
from todoke.runtime.refusals import Unreadable
from todoke.spreadsheets.encodings import wrong_byte

NUMBER = re.compile(r"[A-Za-z0-9_-]{1,80}")
LARGEST = 100 * 1024 * 1024
STATES = {
    "received": "到達", "review": "処理中", "correction": "補正待ち", "deciding": "処理中", "granted": "完了",
    "partly": "完了", "refused": "完了", "withdrawn": "取下げ",
}  # fmt: skip
"""The state of the national portal by that of a case."""


@dataclass(frozen=True)
class PortalFile:
    """添付書類: of which item it is, its name and content."""

    item: str
    name: str
    content: bytes


@dataclass(frozen=True)
class PortalApplication:
    """国の窓口の申請の中身: items by name as they were filled in, and attached files."""

    number: str
    code: str
    title: str
    received_at: datetime
    items: dict[str, str]
    files: tuple[PortalFile, ...]


class ApplicationPortal(Protocol):
    """申請の窓口: lists what is there, gives one, and takes the state of one. Each may be asked any number of times."""

    def numbers(self) -> Iterator[str]:
        """Yield the numbers of the applications that are there."""

    def read(self, number: str) -> bytes:
        """Return an application as it is there."""

    def set_state(self, number: str, state: str) -> None:
        """Set the state of an application; the same again changes nothing."""


class PortalFolder:
    """国の窓口のフォルダ: a folder to which the closed network's own program brings and from which it takes."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def numbers(self) -> Iterator[str]:
        """Yield the numbers of the files that are written whole, in their order."""
        return (path.stem for path in sorted((self.place / "in").glob("*.json")) if NUMBER.fullmatch(path.stem))

    def read(self, number: str) -> bytes:
        """Return the content of a file. Raises Unreadable for one that is too large, OSError."""
        path = self.place / "in" / f"{number}.json"
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"申請のファイルが大きすぎます({LARGEST // 1024 // 1024}MBまで)。")
        return path.read_bytes()

    def set_state(self, number: str, state: str) -> None:
        """Write the state beside its place, sync it, and rename it. Raises OSError."""
        told = json.dumps({"number": number, "state": state}, ensure_ascii=False)
        write_whole(self.place / "out" / f"{number}.json", [told.encode()])


def read_application(content: bytes, *, number: str) -> PortalApplication:
    """Parse an application. Raises Unreadable."""
    if wrong := wrong_byte(content.splitlines(keepends=True), "utf-8"):
        raise Unreadable(f"申請のファイルの{wrong}を、文字として読めません。届けた側に確かめてください。")
    try:
        found = _application(read_json(content))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise Unreadable("申請のファイルの書き方が違います。届けた側に確かめてください。") from problem
    if found.number != number:
        raise Unreadable("申請のファイルの名前と、中の受付番号が違います。届けた側に確かめてください。")
    return found


def _application(told: dict[str, Any]) -> PortalApplication:
    at = datetime.fromisoformat(told["received_at"])
    if at.tzinfo is None:
        raise ValueError(told["received_at"])
    items = {str(each["name"])[:190]: str(each["value"]) for each in told["items"]}
    files = tuple(
        PortalFile(str(each["item"]), str(each["name"]), _content(each["content"])) for each in told.get("files", [])
    )
    return PortalApplication(str(told["number"]), str(told["code"])[:64], str(told["title"])[:200], at, items, files)


def _content(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as problem:
        raise ValueError(text[:20]) from problem
