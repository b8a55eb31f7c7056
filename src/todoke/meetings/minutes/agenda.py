"""Agenda 議題: the items of a meeting, from the list at its head and from the headings in the text."""

import re
from dataclasses import dataclass, replace

from todoke.meetings.minutes.heading import Heading
from todoke.meetings.minutes.loader import Line, comparison_key, flat
from todoke.meetings.minutes.sentences import PAGE, is_spoken
from todoke.meetings.minutes.speaker_labels import label_of

WORDS = (
    r"(?:議題|議案|議事|報告事項|報告|協議事項|協議|審議事項|審議|案件|連絡事項|検討事項|説明事項|"
    r"諮問|陳情|請願|その他|日程|認定|質問)"
)
NUMBER = (
    r"(?:第?\s*+[(]?\s*+(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:\s*+(?:号|[)..、,::])|\s++)"
    r"|[①-⑳]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ][..\s]?)"
)
NUMBERED = re.compile(
    rf"^\s*+[■●○◎◆△【\[<]?\s*+(?P<number>{WORDS}\s*+{NUMBER}|{NUMBER})\s*+(?P<title>\S(?:.*?\S)??)\s*+[】\]>]?+\s*+$"
)
WORDED = re.compile(
    rf"^\s*+[■●○◎◆△【\[<]?\s*+(?P<number>{WORDS}(?:\s*+第?\s*+[\d一二三四五六七八九十]{{1,3}})?)(?:\s*+[::])?+(?:\s*+[】\]>])?+\s++(?P<title>\S.{{2,60}})$"
)
TOPIC = re.compile(r"^\s*△\s*(?P<title>\S.*)$")
BARE = re.compile(r"^\s*+[■●○◎◆]?\s*+(?P<title>(?!私|本日|次に|以上)[^\s、。]{2,50}(?:に関すること|について|の件))\s*$")
LIST_HEAD = re.compile(
    r"^\s*+(?:\d{1,2}[..\s]*+)?[■●○◎◆【\[(<]?\s*+(?:会\s*議\s*次\s*第|次\s*第|議\s*題|議\s*事(?:\s*日\s*程)?|議\s*案|案\s*件|付\s*議\s*事\s*件|会\s*議\s*に\s*付\s*し\s*た\s*事\s*件|報\s*告\s*事\s*項|協\s*議\s*事\s*項|審\s*議\s*事\s*項)(?:\s*等)?\s*[】\])>]?\s*[::]?(?=\s|$)"
)
INLINE = re.compile(
    rf"(?P<group>{WORDS})?\s{{0,9}}+(?P<number>[(]\d{{1,2}}[)]|[①-⑳]|(?<!\d)\d{{1,2}}[..]\s)\s*(?P<title>[^((①-⑳\t]+?(?:[(][^))\d][^)]{{0,80}}[)][^((①-⑳\t]*?)*)(?=\s{{0,9}}+(?:{WORDS}\s{{0,9}}+)?(?:[(]\d{{1,2}}[)]|[①-⑳]|(?<!\d)\d{{1,2}}[..]\s)|\t|$)"
)
CEREMONY = re.compile(
    r"^(?:(?:日時|場所|会場|出席|欠席|傍聴|公開|資料|配[付布]|開催|事務局|議事録|会議録|署名).*|会議の?(?:内容|結果|概要|経過).*|議題(?:及び|と|・|及びその)結果|.*主な(?:意見|質疑).*|議事(?:内容|概要|要旨)?|内容|概要|議案等?|次第|開会|閉会|開議|散会|休憩|再開|挨拶|あいさつ|開会の?(?:挨拶|あいさつ|辞|宣告)|閉会の?(?:挨拶|あいさつ|辞)|.{0,8}(?:挨拶|あいさつ)|点呼|表決|質疑|討論|出席.*|欠席.*|日時|場所|開催.*|会議録.*|傍聴.*|配[付布]資料|資料.*|次第|会議次第|議題|議事)$"
)


@dataclass(frozen=True)
class AgendaEntry:
    """議題 in minutes: one item of the agenda (``item``), or one entry of a list of questions (``question``)."""

    line: int
    number: str
    title: str
    kind: str = "item"
    listed: int | None = None


def _plain(title: str) -> str:
    bare = re.sub(r"(?<![·…・.])[·…・.]{3,}\s*\d*$|(?<!\s)\s+[\d０-９]{1,2}$", "", title.strip())
    return re.sub(r"\s+", " ", bare).strip(" \t】]>")


def _is_title(title: str) -> bool:
    return (
        2 <= len(title) <= 90
        and not re.search(r"[。?？]|(?:です|ます|ました|ません|でした|である|した|ください)$|[、,]$", title)
        and not re.match(r"^[,.%~:()\s-]*\d[\d,.%年月日時分~:()\s-]*", flat(title))
        and bool(re.search(r"[一-龥ァ-ヴぁ-ん]", title))
        and len(re.findall(r"(?:^|\s)\S(?=\s|$)", title)) < 3
    )


def _heading(line: Line, names: frozenset[str]) -> AgendaEntry | None:
    for pattern in (TOPIC, NUMBERED, WORDED, BARE):
        match = pattern.match(line.flat)
        if not match:
            continue
        title = _plain(line.raw[match.start("title") : match.end("title")])
        if pattern is TOPIC and (found := NUMBERED.match(flat(title))):
            return AgendaEntry(line.number, found["number"].strip(), _plain(title[found.start("title") :]))
        if _is_title(title) and label_of(title, names) is None and not re.search(r"\s\S+\s\S+\s\S+\s\S+\s", title):
            written = match["number"].strip() if "number" in match.groupdict() else ""
            return AgendaEntry(line.number, written, title)
    return None


def _listed(lines: list[Line]) -> list[AgendaEntry]:
    """Return the items of the list at the head of the minutes, also when it is one line of a table."""
    found: list[AgendaEntry] = []
    inside = False
    spoken = next((each.number for each in lines[3:] if is_spoken(each.raw) and "。" in each.raw), 150)
    for line in lines[: spoken - 1]:
        number, head = line.number, None if line.raw.count("\t") > 1 else LIST_HEAD.match(line.flat)
        if head:
            inside, rest = True, line.raw[head.end() :]
            inline = list(INLINE.finditer(flat(rest)))
            for match in inline:
                title = _plain(rest[match.start("title") : match.end("title")])
                if _is_title(title):
                    found.append(AgendaEntry(number, match["number"], title, listed=number))
            if not inline and _is_title(rest.strip()):
                found.append(AgendaEntry(number, "", _plain(re.sub(rf"^\s*+{NUMBER}", "", rest)), listed=number))
        elif inside and not line.is_blank:
            item = _heading(line, frozenset())
            if item is None:
                inside = bool(PAGE.match(line.raw))
            else:
                found.append(replace(item, listed=number))
    return found


def _same(one: AgendaEntry, other: AgendaEntry) -> bool:
    a, b = comparison_key(one.title), comparison_key(other.title)
    return a == b or (min(len(a), len(b)) >= 6 and (a in b or b in a))


def find_agenda(lines: list[Line], heading: Heading, spoken: frozenset[int]) -> list[AgendaEntry]:
    """Return the items in order, each once, at its heading in the text if any. ``spoken``: lines of speech."""
    listed = _listed(lines)
    items: list[AgendaEntry] = []
    silent = heading.attendance | spoken | {each.line for each in listed}
    for line in lines:
        if line.number in silent:
            continue
        item = _heading(line, heading.names)
        if item is None or CEREMONY.match(comparison_key(item.title)):
            continue
        items = [each for each in items if not (_same(each, item) and not each.number)]
        if not any(_same(each, item) for each in items) and (
            item.number or any(_same(each, item) for each in listed) or BARE.match(line.flat)
        ):
            source = next((each.line for each in listed if _same(each, item)), None)
            items.append(replace(item, listed=source))
    for each in listed:
        if not CEREMONY.match(comparison_key(each.title)) and not any(_same(each, item) for item in items):
            items.append(each)
    return sorted(items, key=lambda item: (item.line, item.listed or 0))
