"""Flags 聞く印: why a person has to hear, or should look at, what was written of a speech. Pure.

A wrong number, date, sum or name in the minutes is dangerous and reads as smoothly as the right one, so that those must
be heard before minutes are made of a transcript.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from todoke.meetings.speech.time_codes import length_words


class FlagKind(StrEnum):
    """印の種類: what is dangerous or doubtful about a piece of speech."""

    NUMBER = "number"
    DATE = "date"
    MONEY = "money"
    OWNER = "owner"
    NEGATION = "negation"
    NEAR_TERM = "near_term"
    REPEATED = "repeated"
    INVENTED = "invented"
    SILENT_TAIL = "silent_tail"
    UNCERTAIN_WORD = "uncertain_word"
    COMPRESSION = "compression"
    GAP = "gap"


MUST_HEAR = frozenset({FlagKind.NUMBER, FlagKind.DATE, FlagKind.MONEY, FlagKind.OWNER, FlagKind.GAP})
TIMES_IN_A_ROW = 3
SILENCE_SECONDS = 60
SHORTEST_TERM = 3
INVENTED = (
    "ご視聴ありがとうございました", "ご視聴いただきありがとうございます", "ご覧いただきありがとうございます",
    "チャンネル登録", "高評価", "字幕視聴ありがとうございました", "最後までご視聴", "次の動画でお会いしましょう",
    "おやすみなさい", "この動画の字幕は",
)  # fmt: skip
"""Sentences that machines are known to write where nobody spoke."""

KANJI = "〇零一二三四五六七八九十百千万億兆"
WORDS_WITH_A_NUMERAL = re.compile(
    r"一般|一部|一方|一緒|一応|一定|一律|一旦|一番|一度に|唯一|統一|万一|万が一|一層|一切|一体|一致|一括|一連|一時的|一見|一歩|"
    r"一環|一助|一概|一昨|一同|一貫|一覧|一極|一種|一新|一斉|一生懸命|十分に|十分な|不十分|十分で|第一線|三位一体|四半期|"
    r"千差万別|万全|万博|百貨|八百屋|二次元|三者|二重|一元|画一|同一|均一|随一|逐一"
)
NUMBER = re.compile(rf"[0-9\uff10-\uff19]|[{KANJI}]|ひとつ|ふたつ|みっつ|半分|半数|倍")
UNIT_OF_DAYS = r"(?:年|月|日|時|分|週|か月|カ月|ヶ月|箇月)"
DATE = re.compile(
    rf"[0-9\uff10-\uff19{KANJI}]{UNIT_OF_DAYS}|(?:今|来|先|再来|翌|前|本|昨)(?:年度|年|月|週|日)|年度[内末中初]|月末|年末|年始|"
    r"[上中下]旬|[月火水木金土日]曜|明日|明後日|昨日|後日|当日|次回|期限|締切|締め切り|までに"
)
MONEY = re.compile(r"円|ドル|[\u00a5\uffe5]|予算額|交付額|補助額|負担額")
HIRAGANA = re.compile(r"[ぁ-ん]")
NEGATION = re.compile(
    r"(?:ません(?:でした)?|ない(?:です)?|なかった(?:です)?|ございませんでした|せず|ぬ|まい)[かよねとの]{0,2}[。、.?\uff1f!\uff01]{0,2}\s{0,3}$"
)


@dataclass(frozen=True)
class Flag:
    """聞く印: its kind and the reason as a person reads it."""

    kind: FlagKind
    reason: str

    @property
    def must_be_heard(self) -> bool:
        """Whether no minutes are made before a person has heard the piece."""
        return self.kind in MUST_HEAR


def text_flags(text: str, *, names: Collection[str] = (), terms: Collection[str] = ()) -> list[Flag]:
    """Return the flags of one text. ``names`` are posts and persons of the municipality, ``terms`` its own words."""
    return [*_of_words(text), *_of_names(text, names), *_of_terms(text, terms)]


def _of_words(text: str) -> Iterator[Flag]:
    plain = WORDS_WITH_A_NUMERAL.sub("", text)
    if MONEY.search(plain):
        yield Flag(FlagKind.MONEY, "金額")
    if DATE.search(plain):
        yield Flag(FlagKind.DATE, "日付・期限")
    if NUMBER.search(plain):
        yield Flag(FlagKind.NUMBER, "数字")
    if NEGATION.search(text):
        yield Flag(FlagKind.NEGATION, "打消しで終わる")
    if any(phrase in text for phrase in INVENTED):
        yield Flag(FlagKind.INVENTED, "機械が作りやすい言葉")


def _of_names(text: str, names: Collection[str]) -> Iterator[Flag]:
    found = sorted({name for name in names if len(name) > 1 and name in text}, key=lambda name: text.index(name))
    if found:
        yield Flag(FlagKind.OWNER, f"職名・氏名({'、'.join(found[:3])})")


def _of_terms(text: str, terms: Collection[str]) -> Iterator[Flag]:
    near = [(written, term) for term in terms for written in [near_miss(text, term)] if written]
    for written, term in near[:3]:
        yield Flag(FlagKind.NEAR_TERM, f"「{written}」は用語の「{term}」かもしれない")


def near_miss(text: str, term: str) -> str:
    """Return what in a text is one letter away from a term (changed, left out inside, or added inside); "" for nothing.

    Places where the term stands itself are no near miss, nor is the term without its first or last letter.
    """
    size = len(term)
    if size < SHORTEST_TERM:
        return ""
    half = size // 2
    rest = text.replace(term, "\n")
    for part, offset in ((term[:half], 0), (term[half:], half)):
        at = rest.find(part)
        while at >= 0:
            for length in (size, size + 1, size - 1):
                start = at if offset == 0 else at + len(part) - length
                window = rest[max(start, 0) : start + length]
                if start >= 0 and len(window) == length and "\n" not in window and _one_edit(window, term):
                    return window
            at = rest.find(part, at + 1)
    return ""


def _one_edit(written: str, term: str) -> bool:
    """Whether one letter was changed, or left out inside, or added inside; a particle after a word is none."""
    if len(written) == len(term):
        changed = [(a, b) for a, b in zip(written, term, strict=True) if a != b]
        return len(changed) == 1 and not (HIRAGANA.match(changed[0][0]) and not HIRAGANA.match(changed[0][1]))
    short, long = sorted((written, term), key=len)
    if len(short) < SHORTEST_TERM or long.startswith(short) or long.endswith(short):
        return False
    return any(long[:i] + long[i + 1 :] == short for i in range(1, len(long) - 1))


def all_flags(
    texts: Sequence[str], *, last_end_ms: int | None = None, seconds: float | None = None,
    names: Collection[str] = (), terms: Collection[str] = (),
) -> list[list[Flag]]:  # fmt: skip
    """Return the flags of each text of a transcript, also those that come from its neighbours and its end."""
    found = [text_flags(text, names=names, terms=terms) for text in texts]
    for place in _repeated(texts):
        found[place].append(Flag(FlagKind.REPEATED, f"同じ文が{TIMES_IN_A_ROW}回以上続く"))
    silent = 0.0 if seconds is None or last_end_ms is None else seconds - last_end_ms / 1000
    if found and silent >= SILENCE_SECONDS:
        found[-1].append(Flag(FlagKind.SILENT_TAIL, f"このあと録音の終わりまで{length_words(silent)}、発言がない"))
    return found


def _repeated(texts: Sequence[str]) -> Iterator[int]:
    at = 0
    for text, group in groupby(texts, key=lambda each: "".join(each.split())):
        times = sum(1 for _ in group)
        if text and times >= TIMES_IN_A_ROW:
            yield from range(at, at + times)
        at += times
