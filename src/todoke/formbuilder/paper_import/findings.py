"""Findings 読み取りの結果: the questions found on a paper form, and every other text with the reason.

Boxes that belong together are one question: フリガナ with 氏名, 支店 with 口座, 郵便番号 with 住所.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from todoke.formbuilder.document.question_kinds import QuestionKind
from todoke.formbuilder.paper_import.plain_text import bare

_BANK = re.compile(r"金融機関|銀行|支店|口座|預金|貯金|名義|店名|店番|店舗番号|通帳")
_BANK_SURE = re.compile(r"口座(?!振替)|振込先|金融機関|預金")
WITHIN = {
    QuestionKind.NAME: re.compile(r"^(?:氏名)?(?:\(?(?:ふりがな|フリガナ|カナ|かな|カタカナ)\)?)$"),
    QuestionKind.ADDRESS: re.compile(r"^郵便番号$"),
}


@dataclass(frozen=True)
class FoundQuestion:
    """見つかった設問: a label with its presumed kind and position; ``behind`` is the option that asks for it."""

    label: str
    kind: QuestionKind
    cell: str
    group: str = ""
    required: bool = True
    repeating: bool = False
    options: tuple[str, ...] = ()
    behind: tuple[str, str] | None = None
    unit: str = ""
    help: str = ""


@dataclass(frozen=True)
class SkippedText:
    """取り込まなかったもの: a text that was not turned into a question, and why."""

    text: str
    cell: str
    reason: str


@dataclass
class Recognition:
    """読み取りの結果: the title, the questions, and the skipped texts."""

    title: str = ""
    questions: list[FoundQuestion] = field(default_factory=list)
    skipped: list[SkippedText] = field(default_factory=list)

    def say_left(self, text: str, cell: str, reason: str) -> None:
        """Add a text to what was left out."""
        self.skipped.append(SkippedText(text, cell, reason))


def join_boxes(reading: Recognition) -> list[FoundQuestion]:
    """Return the questions, with one for boxes that belong together; the others are added to what was skipped."""
    kept: list[FoundQuestion] = []
    for found in reading.questions:
        bank = _bank_parts(reading.questions, found)
        account = next((other for other in kept if other.kind is QuestionKind.BANK_ACCOUNT and bank), None)
        if bank and account is None:
            account = FoundQuestion("振込先の口座", QuestionKind.BANK_ACCOUNT, found.cell, found.group, found.required)
            kept.append(account)
        first = account or _whole_of(reading.questions, found)
        if first is None:
            kept.append(found)
            continue
        text = f"{found.label}({'・'.join(found.options)})" if found.options else found.label
        reading.say_left(text, found.cell, f"「{first.label}」の欄に含みます")
    return kept


def _whole_of(questions: list[FoundQuestion], found: FoundQuestion) -> FoundQuestion | None:
    """Return the question that asks for the reading of its name, or the postal code of its address, itself."""
    whole = next((kind for kind, pattern in WITHIN.items() if pattern.search(bare(found.label))), None)
    if whole is None:
        return None
    near = [
        one for one in questions if one.group == found.group and one.kind is whole and one.repeating == found.repeating
    ]
    return next((one for one in near if one is not found and not WITHIN[whole].search(bare(one.label))), None)


def _bank_parts(questions: Iterable[FoundQuestion], found: FoundQuestion) -> bool:
    """Tell whether a question is a part of a bank account: words of banks, and a sure one of the same group."""
    if found.repeating or found.kind is QuestionKind.FILE:
        return False
    near = [one for one in questions if one.group == found.group and _BANK.search(bare(one.label))]
    if not any(_BANK_SURE.search(bare(one.label)) for one in near):
        return False
    if _BANK.search(bare(found.label)):
        return len(near) > 1 or found.kind is QuestionKind.BANK_ACCOUNT
    return bare(found.label) in {"フリガナ", "ふりがな", "カナ", "種別", "種目", "記号", "番号"} and _follows(
        questions, found
    )


def _follows(questions: Iterable[FoundQuestion], found: FoundQuestion) -> bool:
    """Tell whether the question before or after one is of a bank account."""
    listed = list(questions)
    at = listed.index(found)
    return any(_BANK.search(bare(one.label)) for one in listed[max(0, at - 1) : at + 2] if one is not found)
