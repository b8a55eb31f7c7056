"""Office documents 文書ファイルの検査: Word and Excel files that run and load nothing when they are opened."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAIN = {b"wordprocessingml.document.main+xml": WORD, b"spreadsheetml.sheet.main+xml": EXCEL}
MOST_PARTS, MOST_BYTES, MOST_RATIO = 2000, 200 * 1024 * 1024, 200
_STEP = 1 << 18
_ACTIVE = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|externallinks?/|customui|\.(?:exe|dll|js|vbs|bat|cmd|scr|lnk)$",
    re.IGNORECASE,
)
_RELATION = re.compile(rb"<Relationship\b[^<>]*", re.IGNORECASE)
_EXTERNAL = re.compile(rb"\bTargetMode\s{0,99}=\s{0,99}[\"']External[\"']", re.IGNORECASE)
_LINK = re.compile(rb"\bType\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_SCHEME = re.compile(rb"\bTarget\s*=\s*[\"']\s*(?:https?:|mailto:|tel:|#)", re.IGNORECASE)
_FIELD = re.compile(rb"(?<![A-Z])(?:DDE(?:AUTO)?|INCLUDETEXT|INCLUDEPICTURE|IMPORT)\s", re.IGNORECASE)
_INSTRUCTION = re.compile(rb"<w:instrText\b[^<>]*>([^<]*)|w:instr\s{0,99}=\s{0,99}[\"']([^\"'<]*)", re.IGNORECASE)


class UnsafeOfficeDocument(Exception):
    """受け取れない文書: the message says in Japanese what is in it."""


def office_type(content: bytes) -> str:
    """Return the media type of a Word or Excel file without macros, links to outside data or embedded files.

    Empty where it is neither. Raises UnsafeOfficeDocument.
    """
    if not content.startswith(b"PK\x03\x04"):
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _inspect(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, zlib.error, KeyError) as broken:
        raise UnsafeOfficeDocument("壊れているか、パスワードが付いています") from broken


def _inspect(archive: zipfile.ZipFile) -> str:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if "[Content_Types].xml" not in names:
        return ""
    if len(entries) > MOST_PARTS or len({name.lower() for name in names}) != len(names):
        raise UnsafeOfficeDocument("部品が多すぎるか、同じ名前の部品があります")
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise UnsafeOfficeDocument("部品の名前が正しくありません")
    room, kind = MOST_BYTES, ""
    for entry in entries:
        content = b"".join(_bounded(archive, entry, room))
        room -= len(content)
        if _ACTIVE.search(entry.filename):
            raise UnsafeOfficeDocument("マクロ、動く部品、埋め込まれたファイル、またはほかのファイルへの参照があります")
        if entry.filename == "[Content_Types].xml":
            kind = _kind(content)
        if entry.filename.endswith((".xml", ".rels")):
            _check_part(entry.filename, content)
    return kind


def _bounded(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> Iterator[bytes]:
    """Yield one part, whose real size may differ from the declared one."""
    size = 0
    with archive.open(entry) as file:
        while block := file.read(_STEP):
            size += len(block)
            if size > room or (size > _STEP and size > max(entry.compress_size, 1) * MOST_RATIO):
                raise UnsafeOfficeDocument("広げると大きすぎます")
            yield block


def _kind(content: bytes) -> str:
    if b"macroEnabled" in content or b"vbaProject" in content:
        raise UnsafeOfficeDocument("マクロの入った形式です")
    return next((kind for mark, kind in _MAIN.items() if mark in content), "")


def _check_part(name: str, content: bytes) -> None:
    if b"\0" in content[:2] or re.search(rb"<!(?:DOCTYPE|ENTITY)", content, re.IGNORECASE):
        raise UnsafeOfficeDocument("部品の書き方が正しくありません")
    if name.endswith(".rels"):
        for found in filter(_EXTERNAL.search, _RELATION.findall(content)):
            if not (_LINK.search(found) and _SCHEME.search(found)):
                raise UnsafeOfficeDocument("開くとほかの場所から読み込む仕掛けがあります")
    if any(_FIELD.search(b" ".join(parts) + b" ") for parts in _INSTRUCTION.findall(content)):
        raise UnsafeOfficeDocument("開くとほかの場所から読み込む仕掛けがあります")
