"""Branches 分かれ道: the cell of 「次の手順」 as fields, one way on after the other, and back."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

NEXT = re.compile(r"^(?P<number>\d++|終わり|終|おわり|end)\s*+(?:(?P<share>\d+(?:\.\d+)?)\s*%)?\s*(?P<name>.*)$")


def normalized(text: str) -> str:
    """Return a text in Unicode NFKC without surrounding spaces."""
    return unicodedata.normalize("NFKC", text).strip()


@dataclass(frozen=True)
class Branch:
    """分かれ道: one way on from a step: when, in how many of a hundred cases, and to which number; all as text."""

    when: str
    share: str
    to: str


def branches_of(text: str) -> tuple[Branch, ...]:
    """Return the ways of a cell of 「次の手順」; one plain way, and what cannot be read, is none."""
    found = [NEXT.match(part.strip()) for part in re.split(r"[;\n]", normalized(text)) if part.strip()]
    ways = tuple(Branch(each["name"].strip(), each["share"] or "", each["number"]) for each in found if each)
    plain = len(ways) == 1 and not ways[0].when and not ways[0].share
    return () if plain or len(ways) != len(found) else ways


def text_of_branches(ways: Sequence[Branch]) -> str:
    """Return the cell of 「次の手順」 for ways; those without any word are left out."""
    parts = []
    for way in ways:
        share = normalized(way.share).removesuffix("%").strip()
        words = [normalized(way.to), f"{share}%" if share else "", normalized(way.when).replace(";", "、")]
        if any(words):
            parts.append(" ".join(word for word in words if word))
    return "; ".join(parts)
