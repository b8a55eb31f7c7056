"""Patterns 言い回し: the expressions by which offices decide, promise, request and postpone.

They stand in ``patterns.toml``, each with a sentence that it matches and one that it does not.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

TABLE = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
VERBS = {each["name"]: f"(?:{'|'.join(each['alternatives'])})" for each in TABLE["verbs"]}


@dataclass(frozen=True)
class PatternRow:
    """言い回しの行: one expression, with a sentence that it must match and one that it must not."""

    name: str
    kind: str
    regex: re.Pattern[str]
    matches: str
    differs: str


def _row(name: str, kind: str, alternatives: list[str], matches: str, differs: str) -> PatternRow:
    text = "|".join(alternatives)
    for verb, words in VERBS.items():
        text = text.replace(f"<{verb}>", words)
    return PatternRow(name, kind, re.compile(text), matches, differs)


ROWS = tuple(_row(**each) for each in TABLE["patterns"])
_NAMED = {row.name: row.regex for row in ROWS}
ACT, TELL = VERBS["ACT"], VERBS["TELL"]
REACH = 60
"""Letters at the end of a sentence in which its kind is sought."""
PATTERNS = tuple((row.name, row.regex) for row in ROWS if row.kind == "candidate")
SHAPES = tuple((row.name, row.regex) for row in ROWS if row.kind != "candidate")
"""Every other row, by name: marks, courtesies and times that a classifier may count."""
ARROW = _NAMED["arrow"]
ASK = _NAMED["ask"]
COURTESY = _NAMED["courtesy"]
DATED = _NAMED["dated"]
DONE = _NAMED["done"]
EXPLAINED = _NAMED["explained"]
FIRM = _NAMED["firm"]
HUMBLE = _NAMED["humble"]
LATER = _NAMED["later"]
NOUN_END = _NAMED["noun_end"]
NO_REQUEST = _NAMED["no_request"]
ONLY_ASKED = _NAMED["only_asked"]
PAPER = _NAMED["paper"]
PASSED_ON = _NAMED["passed_on"]
PLANNED = _NAMED["planned"]
PLEDGE = _NAMED["pledge"]
POINT = _NAMED["point"]
PROCEDURE = _NAMED["procedure"]
RESULT = _NAMED["result"]
SETTLED = _NAMED["settled"]
SITTING = _NAMED["sitting"]
STATIVE = _NAMED["stative"]
SURELY_LATER = _NAMED["surely_later"]
WEAK = _NAMED["weak"]
