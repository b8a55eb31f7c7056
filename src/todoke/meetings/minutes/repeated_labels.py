"""Repeated labels 発言者の略記: speakers named by a bare word before a blank (「市 …」「A …」), or after a clock."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from todoke.meetings.minutes.loader import Line
from todoke.meetings.minutes.sentences import is_spoken
from todoke.meetings.minutes.speaker_labels import SECTION, Label, label_of, side_of

CLOCKED = re.compile(
    r"^\s*+[\[(]?(?:\d{1,2}:\d{2}|\d{1,2}時\d{1,2}分)[\])]?\s++(?P<label>[^\s::。、「」\d][^\s::。、「」]{0,15})\s++(?P<rest>\S.*)$"
)
BARE = re.compile(r"^\s*+(?P<label>[一-龥々ァ-ヴー]{1,6}|[A-Z])[^\S\t]++(?P<rest>\S.*)$")
ADMINISTRATION = re.compile(
    r"[一-龥]{0,4}?(?:市|区|町|村|県|府|都|国|館|局|院|病|校|園|省|庁|当局|行政|執行部|理事者|事務局)"
)
FEWEST = 3
"""Times that a bare word stands before speech to be a speaker."""
SHARE = 0.5
"""Share of the spoken lines that such words begin."""


def _side(label: str, labels: Iterable[str]) -> str:
    if re.fullmatch("[A-Z]", label):
        return "member" if any(re.fullmatch("[B-PR-Z]", each) for each in labels) else side_of(label)
    is_office = ADMINISTRATION.fullmatch(label) or SECTION.fullmatch(label)
    return side_of(label) or ("office" if is_office else "member")


def _begins(pattern: re.Pattern[str], lines: Iterable[Line]) -> Iterator[re.Match[str]]:
    return (match for line in lines if (match := pattern.match(line.flat)) and is_spoken(match["rest"]))


def find_repeated_labels(lines: list[Line]) -> dict[str, Label]:
    """Return the speakers whom minutes name by a bare word or after a clock, by how they are written."""
    spoken = sum("。" in line.raw for line in lines)
    seen = Counter(match["label"] for match in _begins(BARE, lines))
    bare = {label: count for label, count in seen.items() if count >= FEWEST}
    found = set(bare) if len(bare) >= 2 and sum(bare.values()) >= SHARE * spoken else set()
    clocked = [match["label"] for match in _begins(CLOCKED, lines)]
    found |= set(clocked) if len(clocked) >= FEWEST else set()
    return {each: label_of(each) or Label(each, "", each, _side(each, found)) for each in found if _may_name(each)} | {
        each: Label(each, each, "", _side(each, found)) for each in found if re.fullmatch("[A-Z]", each)
    }


def _may_name(label: str) -> bool:
    return not re.fullmatch(r"次回|議題|結果|備考|日時|場所|資料|問|答|質問|回答|意見|要望|その他", label)


def repeated_start(line: Line, labels: dict[str, Label]) -> tuple[Label, str] | None:
    """Return the speaker of such a line and the words behind, or None."""
    for pattern in (CLOCKED, BARE):
        match = pattern.match(line.flat)
        if match and match["label"] in labels:
            return labels[match["label"]], line.raw[match.start("rest") : match.end("rest")].strip()
    return None
