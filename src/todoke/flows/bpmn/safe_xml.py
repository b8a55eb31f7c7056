"""Safe XML 安全な XML: a parser without entities, DTD or network, limited in size."""

from typing import Any

from lxml import etree

from todoke.runtime.refusals import Unreadable

MAX_XML_BYTES = 5_000_000


def parse_xml(raw: bytes, limit: int = MAX_XML_BYTES) -> Any:
    """Return the root element of an XML document.

    Raises Unreadable for a DTD, an entity, more than ``limit`` bytes or a syntax error.
    """
    if len(raw) > limit:
        raise Unreadable(f"ファイルが大きすぎます({limit // 1_000_000}MB まで)。")
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
        place = f"({problem.lineno}行目のあたり)" if isinstance(problem, etree.XMLSyntaxError) else ""
        raise Unreadable(f"XML として読めません{place}。元の道具から書き出し直してください。") from problem
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("DTD や実体宣言のある XML は受け付けません。")
    return root
