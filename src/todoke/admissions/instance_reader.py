"""Instance reader 入力の読取り: a document or its bytes, gzip too, read strictly into an ``Instance``."""

import gc
import gzip
import hashlib
import io
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from todoke.admissions.instance import Fault, Instance, InvalidInstance
from todoke.admissions.instance_rules import rule_faults
from todoke.admissions.instance_shape import shape_faults
from todoke.runtime.refusals import Unreadable

MOST_BYTES = 600_000_000
MANY_OBJECTS = 200_000
_GZIP = b"\x1f\x8b"
_HALF_CHARACTER = re.compile(rb"\\u[dD][89a-fA-F]")


@contextmanager
def collection_paused() -> Iterator[None]:
    """Hold the garbage collector while many objects are made that all stay: it would walk them over and over.

    When they are many, they are then handed to the oldest generation at once, unless a process has frozen objects that
    must stay so; to count the frozen ones is to walk over them, 70 ms for a program of ours.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            if gc.get_count()[0] > MANY_OBJECTS and not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def canonical_bytes(document: Any) -> bytes:
    """Return a document as the bytes in which it is written: UTF-8, no blanks, keys in their order."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def unpacked(raw: bytes) -> bytes:
    """Return the bytes of a file, unpacked where they are gzip. Raises Unreadable when it is broken or too large."""
    if len(raw) > MOST_BYTES:
        raise Unreadable(f"ファイルが大きすぎます({MOST_BYTES // 1_000_000}MBまで)。")
    if raw[:2] != _GZIP:
        return raw
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as file:
            found = file.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as problem:
        raise Unreadable(
            "圧縮されたファイル(.gz)が途中で切れているか、壊れています。もう一度受け取ってください。"
        ) from problem
    if len(found) > MOST_BYTES:
        raise Unreadable(f"ファイルが大きすぎます(展開して{MOST_BYTES // 1_000_000}MBまで)。")
    return found


def read_document(raw: bytes) -> Any:
    """Return what a JSON file holds. Raises Unreadable with the line when it is not JSON in UTF-8."""
    text = unpacked(raw)
    try:
        found = json.loads(text.decode("utf-8-sig"))
        if _HALF_CHARACTER.search(text):
            canonical_bytes(found)
    except UnicodeEncodeError as problem:
        raise Unreadable("文字にならない符号(\\ud800 など)があります。書き出した側で直してください。") from problem
    except UnicodeDecodeError as problem:
        raise Unreadable(f"ファイルの文字が UTF-8 ではありません({problem.start + 1}バイト目)。") from problem
    except json.JSONDecodeError as problem:
        raise Unreadable(f"JSON として読めません({problem.lineno}行目、{problem.colno}文字目)。") from problem
    except (RecursionError, ValueError) as problem:
        raise Unreadable("JSON として読めません(入れ子が深すぎるか、数が長すぎます)。") from problem
    return found


def read_instance(given: bytes | Mapping[str, Any]) -> Instance:
    """Return a sound instance. Raises InvalidInstance with every fault, Unreadable when it is no document at all.

    ``given`` are the bytes of a file, or the document as ``json`` reads it, which must not be changed afterwards. The
    SHA-256 is of the unpacked bytes, or of the canonical ones.
    """
    with collection_paused():
        if isinstance(given, bytes):
            raw = unpacked(given)
            data = read_document(raw)
        else:
            raw, data = canonical_bytes(given), dict(given)
        digest = hashlib.sha256(raw).hexdigest()
        del raw
        faults = list(shape_faults(data))
        instance = Instance(data, digest)
        if not faults:
            faults = rule_faults(instance)
        if faults:
            raise InvalidInstance(faults)
    return instance


def fault_lines(faults: tuple[Fault, ...]) -> str:
    """Return the faults, one a line, each with its place in the document."""
    return "\n".join(f"{fault.said}[{fault.place or '全体'}]" for fault in faults)
