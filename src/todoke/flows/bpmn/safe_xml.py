"""XML from strangers: no entities, no DTD, no network, no giants."""

from typing import Any

from lxml import etree

from todoke.runtime.refusals import Unreadable

LARGEST_DOCUMENT = 5_000_000


class UnsafeXml(Unreadable):
    """The XML tries something that a document has no business doing, or is broken; the message says what."""


def parse(raw: bytes, limit: int = LARGEST_DOCUMENT) -> Any:
    """Return the root element. Raises UnsafeXml for a DTD, an entity, a giant or broken XML."""
    if len(raw) > limit:
        raise UnsafeXml(f"ファイルが大きすぎます({limit // 1_000_000}MB まで)。")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise UnsafeXml(f"XML として読めません({problem})。") from problem
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml("DTD や実体宣言のある XML は受け付けません。")
    return root
