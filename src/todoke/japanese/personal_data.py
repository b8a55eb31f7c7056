"""Personal data 個人情報の候補: where a text holds what can point to a person; pure, and for a person to judge.

Numbers are certain kinds (they have a form, and most a check digit); names and addresses are candidates. Positions are
those of the given text: width and dashes are folded letter by letter.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from stdnum import luhn
from stdnum.jp import in_

from todoke.japanese.parsers import only_digits
from todoke.japanese.search_tokens import morphemes


class Kind(StrEnum):
    """個人情報の種類: what a piece is."""

    MY_NUMBER = "個人番号"
    CARD = "カードの番号"
    RECEIPT = "受付番号"
    MAIL = "メールアドレス"
    TELEPHONE = "電話番号"
    ADDRESS = "住所"
    NAME = "氏名"


NUMBERS = frozenset({Kind.MY_NUMBER, Kind.CARD, Kind.RECEIPT, Kind.MAIL, Kind.TELEPHONE})
"""What can be told by its form alone; never written down from a question that somebody types."""
EVERY_KIND = frozenset(Kind)
LONGEST = 10_000
"""Letters in which names are sought at a time; longer texts are read piece by piece."""
_FOLD = {0xFF10 + n: 0x30 + n for n in range(10)} | dict.fromkeys(map(ord, "‐‑‒–—―−ーｰ－─"), ord("-"))
_FOLD |= {0xFF21 + n: 0x41 + n for n in range(26)} | {0xFF41 + n: 0x61 + n for n in range(26)}
_FOLD |= {ord("＠"): ord("@"), ord("．"): ord("."), ord("（"): ord("("), ord("）"): ord(")"), ord("\u3000"): ord(" ")}
_FOLD |= {ord("＿"): ord("_"), ord("＋"): ord("+")}
_GAP = r"[ -]?"
_MY_NUMBER = re.compile(rf"(?<![0-9])(?<![0-9]-)[0-9]{{4}}{_GAP}[0-9]{{4}}{_GAP}[0-9]{{4}}(?!-?[0-9])")
_CARD = re.compile(rf"(?<![0-9])(?<![0-9]-)(?:[0-9]{{4}}{_GAP}){{3}}[0-9]{{2,4}}(?!-?[0-9])")
_RECEIPT = re.compile(r"(?<![0-9-])20[0-9]{2}-?[0-9]{6,8}-?[A-HJ-NP-Ya-hj-np-y](?![A-Za-z0-9])")
_MAIL = re.compile(
    r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_][A-Za-z0-9._%+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}"
)
_TELEPHONE = re.compile(
    r"(?<![0-9])(?<![0-9]-)(?:\+81[ -]?|0)"
    r"(?:[0-9]{9,10}|[0-9]{1,4}(?:-|\(| \(| )[0-9]{1,4}(?:-|\) ?| )[0-9]{3,4})(?!-?[0-9])"
)
_BRACKETED = re.compile(r"\(0[0-9]{1,4}\) ?[0-9]{1,4}-?[0-9]{4}(?![0-9])")
_DIGIT = "[0-9〇一二三四五六七八九十百]"
_BLOCK = re.compile(
    rf"(?:{_DIGIT}{{1,4}}丁目 ?)?{_DIGIT}{{1,5}}(?:番地|番)(?:の?{_DIGIT}{{1,4}}号?)?"
    r"|(?<=[一-鿿ァ-ヶ々ヵケ])(?<![条項号款別図表様第])[0-9]{1,4}(?:-[0-9]{1,5}){1,3}(?![0-9-])"
)
_POSTAL = re.compile(r"〒 ?[0-9]{3}-?[0-9]{4}(?![0-9])")
_PLACE = re.compile(r"[一-鿿ァ-ヶ々ヵケ]{0,20}$")
_NAMED = re.compile(
    r"(?P<name>[一-鿿々]{1,4}(?: [一-鿿々ぁ-んァ-ヶー]{1,4})?|[ァ-ヶー]{2,10})"
    r"(?= ?(?:さん|さま|氏|様|先生|課長|係長|部長|主任))"
)
_COMMON = frozenset(
    {
        "皆",
        "患者",
        "お客",
        "住民",
        "市民",
        "区民",
        "県民",
        "町民",
        "村民",
        "利用者",
        "保護者",
        "申請者",
        "職員",
        "保健師",
    }
    | {"担当", "議員", "神", "王", "子供", "方"}
)
_OF_NAMES = ("名詞", "固有名詞", "人名")


@dataclass(frozen=True, order=True)
class PersonalPiece:
    """個人情報の候補の一か所: the letters from ``start`` to before ``end`` of a text, and what they seem to be."""

    start: int
    end: int
    kind: Kind
    text: str


def find_pieces(text: str, kinds: Collection[Kind] = EVERY_KIND, *, public: Sequence[str] = ()) -> list[PersonalPiece]:
    """Return the pieces of a text that can point to a person, in their order, without overlap.

    ``public`` are the telephone numbers and addresses of mail of offices, which are none.
    """
    folded = text.translate(_FOLD)
    known = {_comparable(each) for each in public}
    taken: list[PersonalPiece] = []
    for kind, start, end in _candidates(folded, kinds):
        free = all(end <= piece.start or piece.end <= start for piece in taken)
        if free and _comparable(folded[start:end]) not in known:
            taken.append(PersonalPiece(start, end, kind, text[start:end]))
    return sorted(taken)


def masked(text: str, kinds: Collection[Kind] = NUMBERS) -> str:
    """Return the text with each piece replaced by its kind in brackets: 〔電話番号〕. Never to be undone."""
    made, at = "", 0
    for piece in find_pieces(text, kinds):
        made += f"{text[at : piece.start]}〔{piece.kind.value}〕"
        at = piece.end
    return made + text[at:]


def _comparable(written: str) -> str:
    return written.casefold() if "@" in written else only_digits(written).removeprefix("81").lstrip("0")


def _candidates(folded: str, kinds: Collection[Kind]) -> Iterator[tuple[Kind, int, int]]:
    """Yield what a text may hold, the most certain kinds first."""
    for kind, pattern in ((Kind.MAIL, _MAIL), (Kind.RECEIPT, _RECEIPT)):
        if kind in kinds:
            yield from ((kind, *found.span()) for found in pattern.finditer(folded))
    if Kind.MY_NUMBER in kinds:
        yield from ((Kind.MY_NUMBER, *f.span()) for f in _MY_NUMBER.finditer(folded) if in_.is_valid(only_digits(f[0])))
    if Kind.CARD in kinds:
        yield from ((Kind.CARD, *f.span()) for f in _CARD.finditer(folded) if luhn.is_valid(only_digits(f[0])))
    if Kind.TELEPHONE in kinds:
        for pattern in (_TELEPHONE, _BRACKETED):
            yield from ((Kind.TELEPHONE, *f.span()) for f in pattern.finditer(folded) if _is_telephone(f[0]))
    if Kind.ADDRESS in kinds:
        yield from _addresses(folded)
    if Kind.NAME in kinds:
        yield from _names(folded)


def _is_telephone(written: str) -> bool:
    digits = only_digits(written.removeprefix("+81"))
    return len(digits if digits.startswith("0") else f"0{digits}") in (10, 11)


def _addresses(folded: str) -> Iterator[tuple[Kind, int, int]]:
    """Yield postal codes, and block numbers together with the place before them."""
    for found in _POSTAL.finditer(folded):
        yield Kind.ADDRESS, *found.span()
    for found in _BLOCK.finditer(folded):
        before = _PLACE.search(folded[max(0, found.start() - 20) : found.start()])
        yield Kind.ADDRESS, found.start() - (len(before[0]) if before else 0), found.end()


def _names(folded: str) -> Iterator[tuple[Kind, int, int]]:
    """Yield the words that the dictionary knows as names of people, and what stands before a form of address."""
    for at in range(0, len(folded), LONGEST):
        run: tuple[int, int] | None = None
        for word in morphemes(folded[at : at + LONGEST]):
            if word.part_of_speech()[:3] == _OF_NAMES and word.surface() not in _COMMON:
                run = (run[0] if run else at + word.begin(), at + word.end())
            elif run and word.surface().strip():
                yield Kind.NAME, *run
                run = None
        if run:
            yield Kind.NAME, *run
    for found in _NAMED.finditer(folded):
        if found["name"] not in _COMMON:
            yield Kind.NAME, *found.span("name")
