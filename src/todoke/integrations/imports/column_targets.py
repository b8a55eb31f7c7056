"""Column targets 列の行き先: where a column of a table may go in a form, and how its cells are typed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from todoke.formbuilder.answers.page_form import input_name
from todoke.formbuilder.document.answer_parts import parts_of
from todoke.formbuilder.document.structure import WITHOUT_INPUT, Document, Question, QuestionKind
from todoke.japanese.search_tokens import fold
from todoke.spreadsheets.heading_guesses import guess_headings, heading_key

NOT_TAKEN, NUMBER, RECEIVED_AT = "", "=number", "=received_at"
SPECIAL = {NUMBER: "もとの受付番号", RECEIVED_AT: "受付日時"}
SYNONYMS = {
    NUMBER: ("受付番号", "回答番号", "整理番号", "レコード番号", "回答ID", "申請番号", "ID", "No", "番号"),
    RECEIVED_AT: ("受付日時", "回答日時", "送信日時", "申請日時", "作成日時", "タイムスタンプ", "申込日時", "受信日時"),
}
WHOLE, WHOLE_KANA = "whole", "whole_kana"
WHOLES = {
    WHOLE: ("氏名(空白で氏と名に分ける)", ("family", "given")),
    WHOLE_KANA: ("フリガナ(空白で氏と名に分ける)", ("family_kana", "given_kana")),
}
PART_WORDS = {
    "family": ("氏", "姓"), "given": ("名",), "family_kana": ("セイ", "氏フリガナ", "姓フリガナ", "氏カナ", "姓カナ"),
    "given_kana": ("メイ", "名フリガナ", "名カナ"), "postal": ("郵便番号",),
    "region": ("都道府県市区町村町名", "市区町村"), "street": ("番地", "丁目番地号"),
    "building": ("建物名", "建物名部屋番号"), WHOLE: ("",),
    WHOLE_KANA: ("フリガナ", "カナ", "ふりがな"),
}  # fmt: skip
LEFT_OUT = {QuestionKind.MY_NUMBER, QuestionKind.FILE} | WITHOUT_INPUT
ROWS = 3
"""Rows of a repeated group that columns may go to."""
SEPARATORS = re.compile(r"[、,,;;\n|/]")
YES = frozenset(
    map(fold, ("はい", "有", "あり", "する", "○", "1", "true", "yes", "同意する", "該当する", "チェック", "on"))
)
NO = frozenset(
    map(fold, ("いいえ", "無", "なし", "しない", "×", "0", "false", "no", "同意しない", "該当しない", "off"))
)


class UnfitCell(ValueError):
    """合わない値: what a cell says cannot be an answer; the message says what to do."""


@dataclass(frozen=True)
class ColumnTarget:
    """列の行き先: the name of an input of a form, or of one of ``SPECIAL``, and its label as a person chooses it."""

    name: str
    label: str
    question: Question | None = None
    part: str = ""
    row: int = 0

    def typed(self, cell: str) -> dict[str, str | list[str]]:
        """Return what a cell says under the names of inputs; nothing for a blank one. Raises UnfitCell."""
        text = cell.strip()
        if not text or self.question is None:
            return {}
        if self.part in WHOLES:
            return self._halves(text)
        if self.question.kind is QuestionKind.CHOICES:
            return {self.name: [self._value(each.strip()) for each in SEPARATORS.split(text) if each.strip()]}
        return {self.name: self._value(text) if self.question.option_values() else text}

    def in_row(self, row: int) -> ColumnTarget:
        """Return the same place in another row of its repeated group."""
        name = input_name(self.question.id, row, self.part) if self.question else self.name
        return replace(self, name=name, row=row)

    def _halves(self, text: str) -> dict[str, str | list[str]]:
        words = text.split()
        if len(words) != 2:
            raise UnfitCell("氏と名の間に、空白を一つ入れてください。")
        _, parts = WHOLES[self.part]
        names = (input_name(self.question.id, self.row, part) for part in parts) if self.question else ()
        return dict(zip(names, words, strict=True))

    def _value(self, text: str) -> str:
        """Return the stored value of a choice by its label or value. Raises UnfitCell."""
        question = self.question
        values = question.option_values() if question else ()
        known = {fold(value): value for value in values}
        known |= {fold(question.option_label(value)): value for value in values if question}
        if set(values) <= {"yes", "no"}:
            known |= dict.fromkeys(YES, "yes") | dict.fromkeys(NO, "no")
        found = known.get(fold(text))
        if found is None or found not in values:
            labels = "」「".join(question.option_label(value) for value in values[:8]) if question else ""
            raise UnfitCell(f"選択肢にありません。「{labels}」のどれかにしてください。")
        return found


def column_names(headings: Sequence[str]) -> list[str]:
    """Return the headings in one line, each once; a column without one, or with one that is there, by its place."""
    found = list[str]()
    for at, heading in enumerate(headings, 1):
        name = " ".join(heading.split())[:190] or f"{at}列目"
        found.append(name if name not in found else f"{name}({at}列目)")
    return found


def targets_of(document: Document) -> list[ColumnTarget]:
    """Return where columns may go in a form, in its order, after the special ones."""
    found = [ColumnTarget(name, label) for name, label in SPECIAL.items()]
    for _, group, question in document.by_id.values():
        if question.kind in LEFT_OUT or question.formula is not None:
            continue
        rows = range(1, min(group.repeat.most, ROWS) + 1) if group.repeat else (0,)
        for row in rows:
            found += _targets(question, row, f"{group.repeat.noun} {row} " if group.repeat else "")
    return found


def _targets(question: Question, row: int, before: str) -> Iterator[ColumnTarget]:
    label = before + question.label
    if question.kind is QuestionKind.NAME:
        for part, (said, _) in WHOLES.items():
            yield ColumnTarget(input_name(question.id, row, part), f"{label}: {said}", question, part, row)
    parts = parts_of(question)
    for part, said in parts.items():
        yield ColumnTarget(input_name(question.id, row, part), f"{label}: {said}", question, part, row)
    if not parts:
        yield ColumnTarget(input_name(question.id, row), label, question, "", row)


def guess_targets(headings: Sequence[str], targets: Sequence[ColumnTarget]) -> dict[str, str]:
    """Return a likely target of each heading by its words; "" where none is likely. No target is named twice."""
    return guess_headings(headings, {target.name: _words(target) for target in targets})


def _words(target: ColumnTarget) -> frozenset[str]:
    if target.question is None:
        return frozenset(map(heading_key, SYNONYMS[target.name]))
    said = [target.label]
    label = target.question.label
    if target.part:
        said += [f"{label}{word}" for word in PART_WORDS.get(target.part, ())]
        said += [word for word in PART_WORDS.get(target.part, ()) if word]
    else:
        said.append(label)
    said += [f"{each}{word}" for each in target.question.same_as for word in PART_WORDS.get(target.part, ("",))]
    return frozenset(map(heading_key, said))


def answers_of(
    cells: Mapping[str, str], chosen: Mapping[str, ColumnTarget]
) -> tuple[dict[str, str | list[str]], list[tuple[str, str]]]:
    """Return the typed answers of a row, and what does not fit: heading and reason."""
    answers, unfit = dict[str, str | list[str]](), list[tuple[str, str]]()
    for heading, target in chosen.items():
        try:
            answers |= target.typed(cells.get(heading, ""))
        except UnfitCell as problem:
            unfit.append((heading, str(problem)))
    return answers, unfit
