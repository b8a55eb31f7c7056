"""Spelling 氏名の表記: the official spelling keeps every character; an alternative one is for machines that lack some.

An ordinary machine is one that has JIS X 0208 (JIS第1・第2水準) and no variants of glyphs (異体字セレクタ).
"""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

ALTERNATIVE: Mapping[str, str] = {"plain_family": "氏(代替表記)", "plain_given": "名(代替表記)"}
_PAIRS = (("plain_family", "family"), ("plain_given", "given"))
_CLUSTER = re.compile("[^\ufe00-\ufe0f\U000e0100-\U000e01ef][\ufe00-\ufe0f\U000e0100-\U000e01ef]?")


def rare(text: str) -> list[str]:
    """Return the characters, each with its variant selector, that an ordinary machine cannot show."""
    return [cluster for cluster in dict.fromkeys(_CLUSTER.findall(text)) if not _is_ordinary(cluster)]


def _is_ordinary(cluster: str) -> bool:
    try:
        cluster.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return True


def plain_name(value: Mapping[str, str]) -> str:
    """Return a name in its alternative spelling (代替表記), official parts standing in; empty when none is given."""
    if not any(value.get(plain, "").strip() for plain in ALTERNATIVE):
        return ""
    parts = (value.get(plain, "").strip() or value.get(official, "").strip() for plain, official in _PAIRS)
    return " ".join(filter(None, parts))


def official(value: Mapping[str, str]) -> dict[str, str]:
    """Return a name without its alternative spelling (正式表記)."""
    return {part: text for part, text in value.items() if part not in ALTERNATIVE}


def misspelt(value: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the parts of an alternative spelling that an ordinary machine cannot show either."""
    for plain in ALTERNATIVE:
        if found := rare(value.get(plain, "")):
            message = _(
                "代替表記には、どの機械でも出る字を使ってください。「%(rare)s」を、ふだん使う字に変えてください。"
            )
            yield plain, message % {"rare": "」「".join(found)}


def unshown(value: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the parts of a name that some machines cannot show, where no alternative spelling is given."""
    for plain, official in _PAIRS:
        found = rare(value.get(official, ""))
        if found and not value.get(plain, "").strip():
            message = _("「%(rare)s」の出ない機械があります。代替表記も入力すると確かです。空のままでも進めます。")
            yield plain, message % {"rare": "」「".join(found)}
