"""Owners 担当: the section or person that a sentence makes responsible."""

import re
from collections.abc import Iterable

from todoke.meetings.minutes.loader import Line, comparison_key, flat
from todoke.meetings.minutes.speaker_labels import NAMED, OF_ADMINISTRATION, PLAIN_A, SECTION, Label, side_of

OWNER = re.compile(
    r"(?:^|[、。\s「をはがてに])(?P<owner>(?:事務局|(?:課|部|園|校|局|係|所|区)長|[一-龥ァ-ヴー]{1,6}さん(?=に)|理事者|教育委員会|当局|執行部|(?:各|全)[課部局室園校館区班]長?|(?!本|\d)[^\s、。「」はがをにのでと]{1,12}(?:課|部|局|室|担当|センター|本部|会議|事業者|推進員|課長|部長|係|係長|園長|班|チーム|消防団|警察署|[都道府]?県(?=に))))(?:さん)?(?:には|にも|に対し|において|のほうで|の方で|のほうに|としては|としても|と連携|から|では|にて|は|が|で|に(?!つ))"
)
PERSON_BEHIND = re.compile(r"[(（][^()（）]{1,20}[)）]$")
QUALIFIER = re.compile(r"^(?:本|今|当該|前|全)?(?:会議|本部|部|課|局|一部|全部|内部|外部|窓口)$")

BODY = r"(?:(?!から)[^\s、。,「」→⇒::()]){1,12}"
BEHIND = re.compile(
    rf"[→⇒➡]\s*(?P<owner>{BODY}?(?:課|部|局|室|係|担当|センター|事務局|班|チーム|園|校)(?:長)?)\s*(?:\([^()]*\))?[。]?$"
)
"""The section that stands behind an arrow (「見積り → 市民課(6/28まで)」)."""
ADDRESSED = re.compile(
    rf"(?:^|[→⇒\s・-]|から)(?P<owner>{BODY}?(?:課|部|局|室|係|担当|園|校|班|事務局|ベンダー|業者))(?:さん|様)?(?:へ|宛て?)(?:の(?:お願い|依頼|要望))?[::]"
)
"""Whom a line asks that ends in a colon (「総務課から各課へ:」)."""
HEADED = re.compile(
    r"^(?:[^()]{2,30}\(|[■□◆◇●◎○▼【〔<\[(\s\d.、・-]*)(?P<owner>[一-龥ァ-ヴーA-Za-z・]{1,12}(?:部|局|課|室|係|センター|事務局)長?)[】〕>\])\s::]*$"
)
LEGEND = re.compile(
    r"[「『(]?(?:答|回答|A)[」』)]?\s*(?:は|=|:|…)、?\s*(?P<who>[^\s、。「」()の=:]{1,12}?)(?:側)?(?:の(?:発言|回答|答え|説明|見解|考え)|です|を(?:示|指|表)|[。、;・)]|$)"
)
"""What a note at the head says that answers stand for (「「答」は市の発言です」)."""
OF_BODY = re.compile(
    r"^\W*(?P<who>[^\s、。の:]{0,6}[市区町村県])(?:側)?(?:の|側)(?:出席者?|説明者?|職員|参加者?)\s*[::\s]"
)

POST_END = re.compile(r"(?:[課局室係所会社監官長士師員]|担当|代表)$")
"""How words in brackets end that are no person's name."""


BODY_HEAD = re.compile(
    r"^\W*(?P<owner>[市区町村県])(?:側|から(?:の(?:回答|説明|コメント|お知らせ))?|の(?:回答|説明|考え|見解|対応))\W*$"
)
"""A line that says whose answers stand below it (「○市の回答」)."""


def answering_body(lines: Iterable[Line], labels: Iterable[Label]) -> str:
    """Return for whom the answers of minutes speak, as a label, a note or the list of those present says, or ""."""
    for label in labels:
        outer = re.sub(r"\([^()]*\)$", "", flat(label.written)).strip()
        if OF_ADMINISTRATION.fullmatch(outer):
            return outer
    for pattern, name in ((LEGEND, "who"), (OF_BODY, "who"), (BODY_HEAD, "owner")):
        for line in lines:
            found = pattern.search(line.flat)
            if found and (pattern is not LEGEND or re.search(r"発言|凡例|※|注|問|Q|質問", line.flat)):
                return line.raw[found.start(name) : found.end(name)]
    return ""


def owner_name(label: Label, body: str, signed: str = "") -> str:
    """Return how an owner is called who speaks under a label: the post without the person, ``body`` for 「答」.

    ``signed`` is the post that stands behind the words.
    """
    if side_of(signed) == "office":
        return signed
    word = re.sub(r"\s", "", flat(label.written))
    if body and label.side == "office" and re.fullmatch(PLAIN_A + r"\s*\d{0,3}", word):
        return body
    named = NAMED.match(flat(label.written))
    if named is None or named["rest"]:
        return label.written
    role, within = named["role"].strip(), named["name"]
    if re.fullmatch(PLAIN_A + r"\d{0,3}", role) or OF_ADMINISTRATION.fullmatch(role):
        return label.written[named.start("name") : named.end("name")] if side_of(within) == "office" else role
    if (side_of(role) or SECTION.fullmatch(role)) and not POST_END.search(within):
        return label.written[: named.end("role")].strip()
    return label.written


def owner_key(owner: str) -> str:
    """Return an owner as two are compared: without the person in brackets behind a post."""
    return comparison_key(PERSON_BEHIND.sub("", owner.strip()))


def _person(sentence: str, people: frozenset[str]) -> list[str]:
    """Return names of the attendance list that are the subject (「伊東が」「服部様にて」)."""
    known = "|".join(sorted(map(re.escape, people), key=len, reverse=True))
    if not known:
        return []
    title = r"(?:係長|課長|部長|室長|主査|主任|主事|委員|様|さん|氏)?"
    called = rf"(?<![一-龥])(?P<who>(?:{known}){title})(?:が|は|にて|で|から|:|:|に(?!は?つい))"
    return [match["who"] for match in re.finditer(called, sentence)]


def owner_of(sentence: str, kind: str, speaker: str, answering: str, people: frozenset[str], section: str = "") -> str:
    """Return the owner of a candidate, or "". ``answering`` is who answers requests, ``section`` the line above."""
    if kind not in {"commitment", "request"}:
        return ""
    text = flat(sentence)
    if behind := BEHIND.search(text):
        return sentence[behind.start("owner") : behind.end("owner")]
    if kind == "request" and (asked := ADDRESSED.search(text) or ADDRESSED.search(section)):
        return asked["owner"]
    named = [re.sub("^.*よう", "", match["owner"]) for match in OWNER.finditer(sentence)]
    named = [each for each in named if not QUALIFIER.match(each)]
    named += [] if speaker else _person(sentence, people)
    if kind == "commitment":
        headed = BODY_HEAD.match(section) or HEADED.match(section)
        return speaker or (named[-1] if named else headed["owner"] if headed else "")
    return named[-1] if named else answering
