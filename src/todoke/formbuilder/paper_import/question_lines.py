"""Question lines 設問の行: questions typed one a line, with the kind of answer read from the words.

A line is a label, perhaps with options after a colon (``学年: 1年、2年``) and marks in brackets at its end
(``(任意)``, ``(いくつでも)``, ``(添付)``); without a mark the kind follows from the wording, as on paper.
"""

import re
import unicodedata

from todoke.formbuilder.document.edits import Part, new_id, new_question
from todoke.formbuilder.document.structure import KIND_LABELS, QuestionKind
from todoke.formbuilder.paper_import.label_rules import kind_of
from todoke.runtime.refusals import Unreadable

LONGEST, MOST = 300, 60
MARKS: dict[str, QuestionKind] = {
    "氏名": QuestionKind.NAME, "日付": QuestionKind.DATE, "住所": QuestionKind.ADDRESS, "電話": QuestionKind.PHONE,
    "メール": QuestionKind.EMAIL, "短い文章": QuestionKind.SHORT_TEXT, "長い文章": QuestionKind.LONG_TEXT,
    "数": QuestionKind.NUMBER, "金額": QuestionKind.MONEY, "一つ選ぶ": QuestionKind.CHOICE,
    "いくつでも": QuestionKind.CHOICES, "はい・いいえ": QuestionKind.YES_NO, "添付": QuestionKind.FILE,
    "同意": QuestionKind.DECLARATION, "説明文": QuestionKind.INFORMATION, "口座": QuestionKind.BANK_ACCOUNT,
}  # fmt: skip
WEIGHTS = {"任意": "no", "必須": "hard", "職員": "staff"}
_MARK = re.compile("[(\uff08]([^()\uff08\uff09]{1,10})[)\uff09]\\s*$")
_KNOWN = {*MARKS, *WEIGHTS}
_ASKS = re.compile(r"ますか[。??]?$|ですか[。??]?$|の有無$")
_NAME = re.compile(r"氏名$")
_CONSENT = re.compile(r"(?:同意|誓約)(?:します|する)[。]?$")
_PAPER = re.compile(r"(?:証明書|診断書|診断書等|写し|契約書|申立書|委任状)$")
_BETWEEN = re.compile("[、,\uff0c/\uff0f|]")


def read_lines(text: str) -> list[Part]:
    """Return one question for every line that is not blank.

    Raises Unreadable for no line, too many or too long ones, and for a choice without options.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        raise Unreadable("設問を1行に一つずつ書いてください。")
    if len(lines) > MOST:
        raise Unreadable(f"一度に加えられるのは{MOST}行までです({len(lines)}行あります)。")
    return [_question(line) for line in lines]


def lines_in_words(questions: list[Part]) -> str:
    """Return what was understood: 氏名=氏名(フリガナつき)、学年=一つ選ぶ."""
    return "、".join(f"{one['label']}={KIND_LABELS[QuestionKind(one['kind'])]}" for one in questions)


def _without_marks(text: str) -> tuple[str, list[str]]:
    """Return a text without the marks at its end, and the marks."""
    marks = []
    while (mark := _MARK.search(text)) and (word := unicodedata.normalize("NFKC", mark[1]).strip()) in _KNOWN:
        marks.append(word)
        text = text[: mark.start()].strip()
    return text, marks


def _question(line: str) -> Part:
    rest, marks = _without_marks(line)
    before, _, listed = rest.replace("\uff1a", ":").partition(":")
    label, more = _without_marks(before.strip())
    kind = next((MARKS[mark] for mark in [*marks, *more] if mark in MARKS), None)
    weight = next((WEIGHTS[mark] for mark in [*marks, *more] if mark in WEIGHTS), "")
    options = list(dict.fromkeys(option.strip() for option in _BETWEEN.split(listed) if option.strip()))
    if options and kind not in {QuestionKind.CHOICE, QuestionKind.CHOICES}:
        kind = QuestionKind.CHOICE
    kind = kind or _kind_of(label)
    if not label or len(label) > LONGEST:
        raise Unreadable(f"「{line[:40]}」の設問の文は、1文字から{LONGEST}文字までにしてください。")
    if kind in {QuestionKind.CHOICE, QuestionKind.CHOICES} and not options:
        raise Unreadable(f"「{label}」の選択肢を、「{label}: 選択肢1、選択肢2」のように書いてください。")
    made = {**new_question(kind, label), **({"required": weight} if weight else {})}
    if options:
        made["options"] = [{"value": new_id("o"), "label": option} for option in options]
    return {**made, "low": 0} if kind is QuestionKind.NUMBER else made


def _kind_of(label: str) -> QuestionKind:
    for pattern, kind in (
        (_NAME, QuestionKind.NAME),
        (_CONSENT, QuestionKind.DECLARATION),
        (_ASKS, QuestionKind.YES_NO),
        (_PAPER, QuestionKind.FILE),
    ):
        if pattern.search(label):
            return kind
    return kind_of(label) or QuestionKind.SHORT_TEXT
