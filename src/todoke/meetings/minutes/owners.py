"""Owners 担当: the section or person that a sentence makes responsible."""

import re

OWNER = re.compile(
    r"(?:^|[、。\s「をはがてに])(?P<owner>(?:事務局|理事者|教育委員会|当局|執行部|各[課部局]|(?!本)[^\s、。「」はがをにのでと]{1,12}(?:課|部|局|室|担当|センター|本部|会議|事業者|推進員|課長|部長|係)))(?:さん)?(?:には|にも|に対し|において|のほうで|の方で|のほうに|としては|としても|と連携|から|では|にて|は|が|で|に)"
)
QUALIFIER = re.compile(r"^(?:本|今|当該|前|全)?(?:会議|本部|部|課|局|一部|全部|内部|外部|窓口)$")


def _person(sentence: str, people: frozenset[str]) -> list[str]:
    """Return names of the attendance list that are the subject (「伊東が」「服部様にて」)."""
    known = "|".join(sorted(map(re.escape, people), key=len, reverse=True))
    if not known:
        return []
    title = r"(?:係長|課長|部長|室長|主査|主任|主事|委員|様|さん|氏)?"
    called = rf"(?<![一-龥])(?P<who>(?:{known}){title})(?:が|は|にて|で|から|:|:|に(?!は?つい))"
    return [match["who"] for match in re.finditer(called, sentence)]


def owner_of(sentence: str, kind: str, speaker: str, answering: str, people: frozenset[str]) -> str:
    """Return the owner of a candidate, or "". ``answering`` is who answers requests."""
    named = [match["owner"] for match in OWNER.finditer(sentence) if not QUALIFIER.match(match["owner"])]
    named += [] if speaker else _person(sentence, people)
    if kind == "commitment":
        return speaker or (named[-1] if named else "")
    if kind == "request":
        return named[-1] if named else answering
    return ""
