"""Name spellings 氏名の表記: the official spelling of a name, and an alternative one for systems without all glyphs.

Common characters are those of JIS X 0208 (JIS第1・第2水準) without variation selectors (異体字セレクタ).
"""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

ALTERNATIVE_PARTS: Mapping[str, str] = {"plain_family": "氏(代替表記)", "plain_given": "名(代替表記)"}
_PAIRS = (("plain_family", "family"), ("plain_given", "given"))
_CLUSTER = re.compile("[^\ufe00-\ufe0f\U000e0100-\U000e01ef][\ufe00-\ufe0f\U000e0100-\U000e01ef]?")


def uncommon_characters(text: str) -> list[str]:
    """Return the characters, each with its variation selector, that are outside JIS X 0208."""
    return [cluster for cluster in dict.fromkeys(_CLUSTER.findall(text)) if not _is_ordinary(cluster)]


def _is_ordinary(cluster: str) -> bool:
    try:
        cluster.encode("shift_jis")
    except UnicodeEncodeError:
        return False
    return True


def alternative_name(value: Mapping[str, str]) -> str:
    """Return a name in its alternative spelling (代替表記), official parts as fallback; empty when none is given."""
    if not any(value.get(plain, "").strip() for plain in ALTERNATIVE_PARTS):
        return ""
    parts = (value.get(plain, "").strip() or value.get(official, "").strip() for plain, official in _PAIRS)
    return " ".join(filter(None, parts))


def official_name(value: Mapping[str, str]) -> dict[str, str]:
    """Return the parts of a name without its alternative spelling (正式表記)."""
    return {part: text for part, text in value.items() if part not in ALTERNATIVE_PARTS}


def alternative_errors(value: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield part and message for each part of an alternative spelling with uncommon characters."""
    for plain in ALTERNATIVE_PARTS:
        if found := uncommon_characters(value.get(plain, "")):
            message = _(
                "代替表記には、どの機械でも出る字を使ってください。「%(rare)s」を、ふだん使う字に変えてください。"
            )
            yield plain, message % {"rare": _("」「").join(found)}


def alternative_warnings(value: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield part and message for each part of a name with uncommon characters and no alternative spelling."""
    for plain, official in _PAIRS:
        found = uncommon_characters(value.get(official, ""))
        if found and not value.get(plain, "").strip():
            message = _("「%(rare)s」の出ない機械があります。代替表記も入力すると確かです。空のままでも進めます。")
            yield plain, message % {"rare": _("」「").join(found)}
