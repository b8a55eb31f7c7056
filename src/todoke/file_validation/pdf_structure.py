"""PDF structure PDFの構造: the names by which a PDF tells what it does, read from its objects and not from its text."""

import re
import zlib
from collections.abc import Iterator

MAX_UNPACKED = 20 * 1024 * 1024
_TOKEN = re.compile(
    rb"%[^\r\n]*|\(|<[0-9A-Fa-f\s]{0,10000}>|/(?P<name>[^\s()<>\[\]{}/%]{0,200})|(?P<stream>\bstream\r?\n)|(?P<obj>\bobj\b)"
)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_OBJECT = re.compile(rb"\d[ \r\n\t]{1,3}obj\b")
_PARENTHESES = re.compile(rb"\\.|[()]", re.DOTALL)
ACTIVE = frozenset({"JavaScript", "JS", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "XFA"})
LOCKED = "Encrypt"
UNCHECKED = "(object stream)"
"""Stands for objects packed or hidden in a way that cannot be looked into."""


def names_in(content: bytes) -> set[str]:
    """Return the names of all objects, also packed ones, written with or without escapes (/J#61vaScript).

    The contents of strings, comments and page streams are text and tell nothing, unless an object hides there: a reader
    finds objects by their place in the file.
    """
    room = [MAX_UNPACKED]
    return set(_names(content, room))


def _names(content: bytes, room: list[int]) -> Iterator[str]:
    at, here = 0, set[str]()
    while token := _TOKEN.search(content, at):
        at = token.end()
        if token[0] == b"(":
            end = _end_of_string(content, at)
            if _OBJECT.search(content, at, end):
                yield UNCHECKED
            at = end
        elif token[0].startswith(b"%") and _OBJECT.search(token[0]):
            yield UNCHECKED
        elif token["obj"]:
            here = set()
        elif token["name"] is not None:
            name = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), token["name"]).decode("latin-1")
            here.add(name)
            yield name
        elif token["stream"]:
            end = content.find(b"endstream", at)
            body = content[at : end if end >= 0 else len(content)]
            yield from _packed(body, here, room)
            at += len(body)


def _packed(body: bytes, here: set[str], room: list[int]) -> Iterator[str]:
    """Yield the names of objects inside a stream: packed ones, and whole ones that hide there."""
    if "ObjStm" in here:
        filters = {name for name in here if name.endswith(("Decode", "Crypt"))}
        unpacked = _inflated(body, room) if filters == {"FlateDecode"} else (None if filters else body)
        if unpacked is None:
            yield UNCHECKED
        else:
            yield from _names(unpacked, [0])
    elif _OBJECT.search(body):
        yield from _names(body.replace(b"stream", b"      "), room)


def _inflated(body: bytes, room: list[int]) -> bytes | None:
    """Return a packed body unpacked, None when it is broken or larger than what is left of the room."""
    if room[0] <= 0:
        return None
    try:
        unpacker = zlib.decompressobj()
        found = unpacker.decompress(body, room[0])
    except zlib.error:
        return None
    room[0] -= len(found)
    return None if unpacker.unconsumed_tail else found


def _end_of_string(content: bytes, at: int) -> int:
    depth = 1
    while depth and (sign := _PARENTHESES.search(content, at)):
        at = sign.end()
        depth += {b"(": 1, b")": -1}.get(sign[0], 0)
    return at if not depth else len(content)
