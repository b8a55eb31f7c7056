"""Formula parser 計算式の言葉: parses a formula in Japanese into a tree; the sentence of a tree parses back to it.

Example: 「通数」×300＋もし「受け取り方」が「郵送」であるときは84、そうでなければ0
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from todoke.formbuilder.document.conditions import Condition
from todoke.formbuilder.document.formulas import CHOOSERS, ROUNDINGS, Formula
from todoke.formbuilder.document.structure import Document
from todoke.japanese import parsers
from todoke.runtime.refusals import Unreadable

_SIGNS = {"+": "add", "＋": "add", "-": "subtract", "−": "subtract", "－": "subtract"}
_FACTORS = {"×": "multiply", "*": "multiply", "＊": "multiply", "÷": "divide", "/": "divide", "／": "divide"}
_NUMBER = re.compile(r"[-−]?[0-9０-９][0-9０-９,，]*")
_COMPARISONS = {"以上である": "at_least", "以下である": "at_most"}


@dataclass
class FormulaParser:
    """書かれた計算式: recursive-descent parser of one text, with the labels of a document as names."""

    document: Document
    text: str
    at: int = 0

    def read(self) -> Formula:
        """Parse the whole text and return its tree. Raises Unreadable."""
        formula = self._sum()
        if self.text[self.at :].strip():
            raise self._error()
        return formula

    def _sum(self) -> Formula:
        return self._chain(_SIGNS, self._product)

    def _product(self) -> Formula:
        return self._chain(_FACTORS, self._factor)

    def _chain(self, signs: dict[str, str], part: Callable[[], Formula]) -> Formula:
        left = part()
        joined = ""
        while sign := self._take(*signs):
            op, right = signs[sign], part()
            if op == joined and op != "divide":
                left = Formula(op, of=(*left.of, right))
            else:
                left = Formula(op, of=(left, right), rounding="down" if op == "divide" else "")
            joined = op
        return left

    def _factor(self) -> Formula:
        if self._take("もし"):
            return self._choice()
        if self._take("(", "（"):
            return self._bracket()
        if self._take("「"):
            return self._named()
        self._skip()
        if found := _NUMBER.match(self.text, self.at):
            self.at = found.end()
            number = parsers.parse_integer(found.group().replace("，", ","))
            if number is not None:
                return Formula("number", value=number)
        raise self._error()

    def _bracket(self) -> Formula:
        parts = [self._sum()]
        while self._take("、"):
            parts.append(self._sum())
        self._expect(")", "）")
        for op, words in CHOOSERS.items():
            if self._take(f"の{words}"):
                return Formula(op, of=tuple(parts))
        if len(parts) > 1:
            raise self._error()
        for rounding, words in ROUNDINGS.items():
            if parts[0].op == "divide" and self._take(f"の{words}"):
                return Formula("divide", of=parts[0].of, rounding=rounding)
        return parts[0]

    def _named(self) -> Formula:
        groups = {group.title or group.id: group.id for page in self.document.pages for group in page.groups}
        groups |= {group.repeat.noun: group.id for page in self.document.pages for group in page.groups if group.repeat}
        start = self.at
        for noun in sorted(groups, key=len, reverse=True):
            if self._take(f"{noun}」の数"):
                return Formula("rows", group=groups[noun])
        self.at = start
        question = self._question()
        if self._take("の合計"):
            return Formula("total", question=question)
        return Formula("age" if self._take("からの満年齢") else "answer", question=question)

    def _question(self) -> str:
        labels: dict[str, list[str]] = {}
        for question_id, (_, _, question) in self.document.by_id.items():
            labels.setdefault(question.label, []).append(question_id)
        for label in sorted(labels, key=len, reverse=True):
            if self._take(f"{label}」"):
                if len(labels[label]) > 1:
                    raise Unreadable(f"「{label}」という設問がいくつもあります。設問の文を変えて区別してください。")
                return labels[label][0]
        raise self._error()

    def _choice(self) -> Formula:
        self._expect("「")
        question = self.document.question(self._question())
        self._expect("が")
        when = self._compared(question.id)
        self._expect("ときは")
        yes = self._sum()
        self._expect("、そうでなければ")
        return Formula("if", of=(yes, self._sum()), when=when)

    def _compared(self, question_id: str) -> Condition:
        question = self.document.question(question_id)
        if self._take("「"):
            for value in question.option_values():
                if self._take(f"{question.option_label(value)}」である"):
                    return Condition("is", question_id, value)
                if self._take(f"{question.option_label(value)}」でない"):
                    return Condition("not", of=(Condition("is", question_id, value),))
        elif found := _NUMBER.match(self.text, self.at):
            self.at = found.end()
            if words := self._take(*_COMPARISONS):
                return Condition(_COMPARISONS[words], question_id, parsers.parse_integer(found.group()))
        raise self._error()

    def _skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def _take(self, *words: str) -> str:
        self._skip()
        for word in words:
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return word
        return ""

    def _expect(self, *words: str) -> None:
        if not self._take(*words):
            raise self._error()

    def _error(self) -> Unreadable:
        rest = self.text[self.at : self.at + 20] or "(おわり)"
        return Unreadable(f"「{rest}」から先を計算式として読めません。例: 「通数」×300＋84")
