"""Inputs 入力欄: one Django field per kind of question. They show; the journey checks."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from todoke.formbuilder.answers.name_spellings import ALTERNATIVE, rare
from todoke.formbuilder.document.question_types import ACCOUNT_TYPES, Value, parts_of
from todoke.formbuilder.document.structure import Kind, Question, Required
from todoke.japanese import parsers

ERAS = ("令和", "平成", "昭和", "大正", "明治", "西暦")
_AUTOCOMPLETE = {
    "family": "family-name",
    "given": "given-name",
    "postal": "postal-code",
    "region": "address-level2",
    "street": "address-line1",
    "building": "address-line2",
    Kind.PHONE: "tel",
    Kind.EMAIL: "email",
}


class PartsInput(forms.MultiWidget):
    """Several inputs under one label, each with a label of its own; joined and split by the kind of question."""

    template_name = "formbuilder/widgets/parts.html"
    use_fieldset = True

    def __init__(self, widgets: Mapping[str, forms.Widget], labels: Mapping[str, str]) -> None:
        super().__init__({f"_{part}": widget for part, widget in widgets.items()})
        self.parts = tuple(widgets)
        self.labels = labels

    def decompress(self, value: Any) -> list[str]:
        return [value.get(part, "") if isinstance(value, dict) else "" for part in self.parts]

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, subwidget in zip(self.parts, context["widget"]["subwidgets"], strict=True):
            subwidget["part"] = part
            subwidget["part_label"] = self.labels[part]
        return context


class NameInput(PartsInput):
    """氏名: the official spelling, its reading, and below them an alternative spelling for those who need one."""

    template_name = "formbuilder/widgets/name.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        inputs = context["widget"]["subwidgets"]
        plain = [subwidget for subwidget in inputs if subwidget["part"] in ALTERNATIVE]
        official = [subwidget for subwidget in inputs if subwidget not in plain]
        context["widget"] |= {
            "official": official,
            "plain": plain,
            "open": any(subwidget["value"] for subwidget in plain)
            or any(rare(subwidget["value"] or "") for subwidget in official),
        }
        return context


class DateInput(PartsInput):
    """An era (or 西暦) with year, month and day; the typed text is kept as 令和8年4月1日."""

    def decompress(self, value: Any) -> list[str]:
        parts = date_parts(value if isinstance(value, str) else "")
        return [parts[part] for part in self.parts]


class Checks(forms.CheckboxSelectMultiple):
    """Check boxes that also tell that they were shown, so that unticking the last one is heard."""

    template_name = "formbuilder/widgets/checks.html"


class Words(forms.Widget):
    """説明文: nothing to fill in."""

    template_name = "formbuilder/widgets/words.html"
    use_fieldset = True


class Result(forms.Widget):
    """計算の結果: shown, never typed."""

    template_name = "formbuilder/widgets/result.html"


class Secret(forms.Widget):
    """個人番号の欄: what is stored is never shown again; it can be typed anew or taken away."""

    template_name = "formbuilder/widgets/secret.html"

    def __init__(self) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "maxlength": "20"})

    def format_value(self, value: Any) -> str:
        return "given" if value else ""


class Attachments(forms.FileInput):
    """添付: the files that are attached already, each with a button that removes it, and an input for one more."""

    template_name = "formbuilder/widgets/attachments.html"

    def __init__(self, *, draw: bool = False) -> None:
        super().__init__()
        self.attached: list[Any] = []
        self.draw = draw

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"attached": self.attached, "draw": self.draw}
        return context


def date_parts(text: str) -> dict[str, str]:
    """Split 令和8年4月1日 (also half-finished: 令和8年月日) into era, year, month and day."""
    era = next((name for name in ERAS if text.startswith(name)), "")
    rest = text.removeprefix(era)
    if "年" in rest and "月" in rest and rest.endswith("日"):
        year, _, rest = rest.partition("年")
        month, _, rest = rest.partition("月")
        return {"era": era or "西暦", "year": year, "month": month, "day": rest.removesuffix("日")}
    read = parsers.day(text)
    if read is not None:
        return {"era": "西暦", "year": str(read.year), "month": str(read.month), "day": str(read.day)}
    return {"era": era or "令和", "year": rest, "month": "", "day": ""}


def joined_date(parts: Mapping[str, str]) -> str:
    """Join the parts of a date as typed; nothing typed is nothing, and 西暦 is left out."""
    year, month, day = (parts.get(part, "").strip() for part in ("year", "month", "day"))
    if not (year or month or day):
        return ""
    era = parts.get("era", "")
    return f"{era if era in ERAS and era != '西暦' else ''}{year}年{month}月{day}日"


def _attributes(key: str, **more: str) -> dict[str, str]:
    found = _AUTOCOMPLETE.get(key)
    return {**({"autocomplete": found} if found else {}), **more}


def _parts(question: Question) -> forms.Widget:
    labels = parts_of(question)
    numeric = {"postal", "number"}
    widgets: dict[str, forms.Widget] = {
        part: forms.TextInput(_attributes(part, **({"inputmode": "numeric"} if part in numeric else {})))
        for part in labels
    }
    if question.kind is Kind.BANK_ACCOUNT:
        widgets["type"] = forms.Select(choices=[(name, name) for name in ACCOUNT_TYPES])
    return (NameInput if question.alternative else PartsInput)(widgets, labels)


def _date(question: Question) -> forms.Widget:
    number = {"inputmode": "numeric"}
    widgets: dict[str, forms.Widget] = {
        "era": forms.Select(choices=[(era, era) for era in ERAS]),
        "year": forms.TextInput({**number, "size": "4"}),
        "month": forms.TextInput({**number, "size": "2"}),
        "day": forms.TextInput({**number, "size": "2"}),
    }
    return DateInput(widgets, {"era": "元号", "year": "年", "month": "月", "day": "日"})


def _number(question: Question) -> forms.Widget:
    return forms.TextInput({"inputmode": "numeric"})


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(value, question.option_label(value)) for value in question.option_values()]


WIDGETS: Mapping[Kind, Callable[[Question], forms.Widget]] = {
    Kind.NAME: _parts,
    Kind.ADDRESS: _parts,
    Kind.BANK_ACCOUNT: _parts,
    Kind.DATE: _date,
    Kind.NUMBER: _number,
    Kind.MONEY: _number,
    Kind.CORPORATE_NUMBER: _number,
    Kind.PHONE: lambda question: forms.TextInput(_attributes(question.kind, inputmode="tel")),
    Kind.EMAIL: lambda question: forms.TextInput(_attributes(question.kind, inputmode="email")),
    Kind.SHORT_TEXT: lambda question: forms.TextInput(),
    Kind.LONG_TEXT: lambda question: forms.Textarea({"rows": "5"}),
    Kind.CHOICE: lambda question: forms.RadioSelect(choices=_choices(question)),
    Kind.YES_NO: lambda question: forms.RadioSelect(choices=_choices(question)),
    Kind.CHOICES: lambda question: Checks(choices=_choices(question)),
    Kind.DECLARATION: lambda question: Checks(choices=[("yes", _("同意します"))]),
    Kind.FILE: lambda question: Attachments(draw=question.draw),
    Kind.INFORMATION: lambda question: Words(),
    Kind.CALCULATED: lambda question: Result(),
    Kind.MY_NUMBER: lambda question: Secret(),
}


def field_of(question: Question, value: Value | None) -> forms.Field:
    """Return the field that shows a question with what was typed; one that may stay empty is not ``required``."""
    office = "職員が記入します。申請者には見えません。" if question.required is Required.STAFF else ""
    example = _("例: %(example)s") % {"example": question.example} if question.example else ""
    return forms.Field(
        label=question.label,
        help_text="\n".join(filter(None, (office, question.help, example))),
        required=question.required is not Required.NO,
        initial=value,
        widget=WIDGETS[question.kind](question),
    )
