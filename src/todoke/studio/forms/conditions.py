"""表示条件の欄: form fields of a condition as up to four rows; a deeper tree is shown as text and kept."""

from typing import Any

from django import forms

from todoke.formbuilder.document.structure import FACTS, Document, QuestionKind
from todoke.japanese import days, parsers
from todoke.japanese.calendar import format_era_date

ROWS = 4
WORDS: dict[str, tuple[str, bool, str]] = {
    "is": ("が、次の答えである", False, "is"),
    "is_not": ("が、次の答えでない", True, "is"),
    "includes": ("に、次の答えが含まれる", False, "includes"),
    "not_includes": ("に、次の答えが含まれない", True, "includes"),
    "answered": ("に、答えがある", False, "answered"),
    "not_answered": ("に、答えがない", True, "answered"),
    "at_least": ("が、次の数以上である", False, "at_least"),
    "at_most": ("が、次の数以下である", False, "at_most"),
    "on_or_after": ("が、次の日以後である", False, "on_or_after"),
    "before": ("が、次の日より前である", False, "before"),
    "age_under": ("から数えて、次の歳より若い", False, "age_under"),
}
CHOSEN = "="
_CHOOSING = {"is", "is_not", "includes", "not_includes"}
_OF_DAYS = {"on_or_after", "before"}
_BY_OP = {(negated, op): word for word, (_, negated, op) in WORDS.items()}


def condition_rows(tree: dict[str, Any] | None) -> tuple[str, list[tuple[str, str, str]]] | None:
    """Return the joiner and (question, word, value) of each row, or None for a deeper tree."""
    if tree is None:
        return "all", []
    joined = tree["op"] if tree["op"] in {"all", "any"} else "all"
    found: list[tuple[str, str, str]] = []
    for leaf in tree["of"] if tree["op"] in {"all", "any"} else [tree]:
        negated = leaf["op"] == "not"
        inner = leaf["of"][0] if negated else leaf
        word = _BY_OP.get((negated, inner["op"]))
        if word is None:
            return None
        found.append((inner["question"], word, _shown(inner)))
    return (joined, found) if len(found) <= ROWS else None


def _shown(leaf: dict[str, Any]) -> str:
    """Return the value of a condition as it is written in its field: a day in its era."""
    value = str(leaf.get("value", ""))
    day = days.parse_date(value) if leaf["op"] in _OF_DAYS else None
    return format_era_date(day) if day and day.year >= 1873 else value


class ConditionFields(forms.Form):
    """表示条件: fields of the answers on which a part is shown."""

    def add_condition(self, document: Document, tree: dict[str, Any] | None, without: set[str]) -> None:
        """Add the rows; ``without`` names the questions that may not be used."""
        self.document, self.tree = document, tree
        rows = condition_rows(tree)
        self.deep = rows is None
        joined, found = rows or ("all", [])
        labels = [
            (question_id, f"{page.title} / {question.label}")
            for question_id, (page, _, question) in document.by_id.items()
            if question_id not in without and question.kind is not QuestionKind.INFORMATION
        ]
        labels += [(fact, f"申請のしかた / {question.label}") for fact, question in FACTS.items()]
        answers = [
            (f"{asked}{CHOSEN}{value}", f"{label}: {document.question(asked).option_label(value)}")
            for asked, label in labels
            for value in document.question(asked).option_values()
        ]
        choices = [("", "(条件なし)"), ("設問の答え", answers), ("設問(答えを下に書く)", labels)]
        for index in range(0 if self.deep else min(len(found) + 1, ROWS)):
            question, word, value = found[index] if index < len(found) else ("", "is", "")
            if f"{question}{CHOSEN}{value}" in dict(answers) and word in _CHOOSING:
                question, value = f"{question}{CHOSEN}{value}", ""
            self._add_row(index, choices, question, word, value)
        if not self.deep and found:
            self.fields["when_join"] = forms.ChoiceField(
                label="条件のつなぎ方",
                choices=[("all", "すべてにあてはまるとき"), ("any", "どれか一つにあてはまるとき")],
                initial=joined,
            )

    def _add_row(self, index: int, labels: list[Any], question: str, word: str, value: str) -> None:
        number = "" if index == 0 else f"{index + 1}"
        self.fields[f"when_question_{index}"] = forms.ChoiceField(
            label=f"表示の条件{number}:設問", choices=labels, required=False, initial=question
        )
        self.fields[f"when_word_{index}"] = forms.ChoiceField(
            label=f"表示の条件{number}:比べ方",
            choices=[(key, words[0]) for key, words in WORDS.items()],
            required=False,
            initial=word,
        )
        self.fields[f"when_value_{index}"] = forms.CharField(
            label=f"表示の条件{number}:答え",
            required=False,
            initial=value,
            help_text="上で答えまで選んだときは空けておきます。数、日付(例: 令和8年4月1日)などは、ここに書きます。",
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for index in range(ROWS):
            word = given.get(f"when_word_{index}") or "is"
            if CHOSEN in given.get(f"when_question_{index}", "") and word not in _CHOOSING:
                said = "答えまで選んだときは、「次の答えである」か「次の答えでない」を選んでください。"
                self.add_error(f"when_word_{index}", said)
            value = given.get(f"when_value_{index}", "")
            if given.get(f"when_question_{index}") and word in _OF_DAYS and not days.parse_date(value):
                said = "日付を、令和8年4月1日 か 2026年4月1日 のように書いてください。"
                self.add_error(f"when_value_{index}", said)
        return given

    def condition(self) -> dict[str, Any] | None:
        """Return the condition tree of the rows; a deeper one is returned unchanged."""
        if self.deep:
            return self.tree
        leaves = [leaf for index in range(ROWS) if (leaf := self._leaf(index))]
        if len(leaves) <= 1:
            return leaves[0] if leaves else None
        return {"op": self.cleaned_data.get("when_join") or "all", "of": leaves}

    def _leaf(self, index: int) -> dict[str, Any] | None:
        question_id, _, chosen = self.cleaned_data.get(f"when_question_{index}", "").partition(CHOSEN)
        if not question_id:
            return None
        _, negated, op = WORDS[self.cleaned_data[f"when_word_{index}"] or "is"]
        if chosen:
            several = self.document.question(question_id).kind is QuestionKind.CHOICES
            leaf: dict[str, Any] = {"op": "includes" if several else "is", "question": question_id, "value": chosen}
            return {"op": "not", "of": [leaf]} if negated else leaf
        leaf = {"op": op, "question": question_id}
        if op != "answered":
            leaf["value"] = self._value(op, question_id, self.cleaned_data[f"when_value_{index}"].strip())
        return {"op": "not", "of": [leaf]} if negated else leaf

    def _value(self, op: str, question_id: str, text: str) -> str | int:
        if op in {"at_least", "at_most", "age_under"}:
            number = parsers.parse_integer(text)
            return text if number is None else number
        if op in _OF_DAYS:
            day = days.parse_date(text)
            return day.isoformat() if day else text
        question = self.document.question(question_id)
        labels = {question.option_label(value): value for value in question.option_values()}
        return labels.get(text, text)
