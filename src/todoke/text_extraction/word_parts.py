"""Word parts Word の部品: the XML parts of a DOCX file, opened without entities and within a size."""

import io
import zipfile
import zlib
from typing import Any

from lxml import etree

from todoke.runtime.refusals import Unreadable

LARGEST_PART = 100 * 1024 * 1024
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OLE = b"\xd0\xcf\x11\xe0"
CUT = "Word のファイルが途中で切れているか、壊れています。もとのファイルを Word で開き、保存し直してください。"
PASSWORD = (
    "パスワードが付いたファイルです。Word や Excel でパスワードを外して保存し直してから、もう一度選んでください。"  # noqa: S105
)
OLD = "古い形式(.doc・.xls)のファイルです。Word や Excel で開き、.docx か .xlsx で保存し直してください。"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def refuse_ole(content: bytes) -> None:
    """Raise Unreadable for an Office file that is locked with a password, or of the old format."""
    if content.startswith(OLE):
        raise Unreadable(PASSWORD if _ENCRYPTED in content else OLD)


def word_parts(content: bytes, *names: str) -> dict[str, Any]:
    """Return the roots of those parts that a DOCX file has. Raises Unreadable for a cut, locked or hostile file."""
    refuse_ole(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: _root(archive, name) for name in names if name in archive.namelist()}
    except (zipfile.BadZipFile, etree.XMLSyntaxError, EOFError, zlib.error, ValueError, NotImplementedError) as problem:
        raise Unreadable(CUT) from problem
    except RuntimeError as problem:
        raise Unreadable(PASSWORD) from problem


def _root(archive: zipfile.ZipFile, name: str) -> Any:
    with archive.open(name) as file:
        raw = file.read(LARGEST_PART + 1)
    if len(raw) > LARGEST_PART:
        raise Unreadable("ファイルの中身が大きすぎます。いくつかに分けて、もう一度選んでください。")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    root = etree.fromstring(raw, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(CUT)
    return root


def local(element: Any) -> str:
    """Return the name of an element without its namespace; empty for an instruction."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def value(element: Any, path: str, default: str = "") -> str:
    """Return the ``w:val`` of the element at a path of ``w:`` names."""
    found = element.find("/".join(f"{{{WORD}}}{step}" for step in path.split("/")))
    return default if found is None else str(found.get(f"{{{WORD}}}val", default))


def is_on(element: Any, path: str) -> bool:
    """Tell whether a switch such as ``w:vanish`` is set at a path."""
    found = element.find("/".join(f"{{{WORD}}}{step}" for step in path.split("/")))
    return found is not None and found.get(f"{{{WORD}}}val", "1") not in {"0", "false", "off"}
