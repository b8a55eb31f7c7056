"""Inputs 入力欄: the Django form field and widget of each kind of question; the journey validates, not the field."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from todoke.design.page_forms import in_english, write_day
from todoke.file_validation.content_types import ACCEPT
from todoke.formbuilder.answers.input_html import part_html
from todoke.formbuilder.answers.name_spellings import ALTERNATIVE_PARTS, uncommon_characters
from todoke.formbuilder.document.answer_parts import ACCOUNT_TYPES, parts_of
from todoke.formbuilder.document.file_limits import EXCEL_FILE, PDF, PHOTO, WORD_FILE, accept_attribute, largest_file
from todoke.formbuilder.document.question_types import ERAS, Value
from todoke.formbuilder.document.structure import DayKind, Question, QuestionKind, Required
from todoke.japanese import days
from todoke.japanese.postal_codes import regions_of

GREGORIAN = "西暦"
MAX_FILES = 5
_AUTOCOMPLETE = {
    "family": "family-name",
    "given": "given-name",
    "postal": "postal-code",
    "region": "address-level2",
    "street": "address-line1",
    "building": "address-line2",
    QuestionKind.PHONE: "tel",
    QuestionKind.EMAIL: "email",
}


class PartsInput(forms.MultiWidget):
    """Widget of several labelled inputs in a fieldset, one per part of an answer."""

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
            subwidget |= {"part": part, "html": part_html(part, self.labels[part], subwidget)}
        return context


class NameInput(PartsInput):
    """氏名: widget for a name and its reading, with an optional alternative spelling below."""

    template_name = "formbuilder/widgets/name.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        inputs = context["widget"]["subwidgets"]
        plain = [subwidget for subwidget in inputs if subwidget["part"] in ALTERNATIVE_PARTS]
        official = [subwidget for subwidget in inputs if subwidget not in plain]
        context["widget"] |= {
            "official": official,
            "plain": plain,
            "open": any(subwidget["value"] for subwidget in plain)
            or any(uncommon_characters(subwidget["value"] or "") for subwidget in official),
        }
        return context


class AddressInput(PartsInput):
    """住所: widget with a button that fills in the place of the postal code; where it has several, all are offered."""

    template_name = "formbuilder/widgets/address.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        typed = value if isinstance(value, dict) else {}
        postal, region = typed.get("postal", "").strip(), typed.get("region", "").strip()
        places = regions_of(postal) if postal and not region else []
        context["widget"]["places"] = places if len(places) > 1 else []
        return context


class DateInput(PartsInput):
    """Widget of an era (or 西暦), year, month and day, read back in words; the value is a text: 令和8年4月1日."""

    template_name = "formbuilder/widgets/day.html"

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["spoken"] = read_back(value if isinstance(value, str) else "")
        return context

    def decompress(self, value: Any) -> list[str]:
        parts = date_parts(value if isinstance(value, str) else "")
        return [parts[part] for part in self.parts]


class CheckboxList(forms.CheckboxSelectMultiple):
    """Check boxes with a hidden input that says they were shown, so that unticking the last one is submitted."""

    template_name = "formbuilder/widgets/checks.html"


class InformationText(forms.Widget):
    """説明文: widget without an input."""

    template_name = "formbuilder/widgets/words.html"
    use_fieldset = True


class CalculatedResult(forms.Widget):
    """計算の結果: widget that shows a calculated value without an input."""

    template_name = "formbuilder/widgets/result.html"


class MyNumberInput(forms.Widget):
    """個人番号の欄: widget that never shows the stored value; it can be replaced or cleared."""

    template_name = "formbuilder/widgets/secret.html"

    def __init__(self) -> None:
        super().__init__({"inputmode": "numeric", "autocomplete": "off", "maxlength": "20"})

    def format_value(self, value: Any) -> str:
        return "given" if value else ""


class AttachmentInput(forms.FileInput):
    """添付: widget of the attached files, each with a button that removes it, and a file input."""

    template_name = "formbuilder/widgets/attachments.html"

    def __init__(self, *, draw: bool = False, accept: str = ACCEPT, largest: int = 0) -> None:
        said = _("ファイルが大きすぎます。%(size)dMB以下にしてください。") % {"size": largest // 1024 // 1024}
        limit = {"data-largest": str(largest), "data-too-large": said} if largest else {}
        super().__init__({"accept": accept, **limit})
        self.attached: list[Any] = []
        self.draw = draw
        self.pictures = ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"attached": self.attached, "draw": self.draw, "pictures": self.pictures}
        return context


def date_parts(text: str) -> dict[str, str]:
    """Return era, year, month and day of a text such as 令和8年4月1日, also incomplete (令和8年月日).

    A day whose parts as written would be another day or none (㋿8年4月1日) is given in the Gregorian calendar.
    """
    parts, read = _written_parts(text), days.parse_date(text)
    if read is not None and (not parts["era"] or days.parse_date(join_date(parts)) != read):
        return {"era": GREGORIAN, "year": str(read.year), "month": str(read.month), "day": str(read.day)}
    return parts


def _written_parts(text: str) -> dict[str, str]:
    era = next((name for name in (*ERAS, GREGORIAN) if text.startswith(name)), "")
    rest = text.removeprefix(era)
    if "年" in rest and "月" in rest and rest.endswith("日"):
        year, _, rest = rest.partition("年")
        month, _, rest = rest.partition("月")
        era = era or (GREGORIAN if len(year.strip()) > 3 else "")
        return {"era": era, "year": year, "month": month, "day": rest.removesuffix("日")}
    return {"era": era, "year": rest, "month": "", "day": ""}


def join_date(parts: Mapping[str, str]) -> str:
    """Return the text of the parts of a date as typed; empty when nothing was typed.

    Four digits are a year of the Gregorian calendar (西暦), whichever era was chosen; they are written without it.
    """
    year, month, day = (parts.get(part, "").strip() for part in ("year", "month", "day"))
    if not (year or month or day):
        return ""
    era = parts.get("era", "")
    known = era in ERAS or (era == GREGORIAN and year)
    return f"{era if known and len(year) < 4 else ''}{year}年{month}月{day}日"


def read_back(text: str) -> str:
    """Return a typed day in words that ask, for example 2026年11月20日(金)ですね。; empty where no day can be read."""
    read = days.parse_date(text)
    return _("%(day)sですね。") % {"day": write_day(read)} if read else ""


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
    if question.kind is QuestionKind.BANK_ACCOUNT:
        widgets["type"] = forms.Select(choices=[(name, _(name)) for name in ACCOUNT_TYPES])
    if question.kind is QuestionKind.ADDRESS:
        return AddressInput(widgets, labels)
    return (NameInput if question.alternative else PartsInput)(widgets, labels)


def era_choices(question: Question) -> list[tuple[str, str]]:
    """Return the choices of an era: 西暦 first in English; no era is chosen beforehand for a birth."""
    eras = [(era, _(era)) for era in ERAS]
    if in_english():
        return [(GREGORIAN, _(GREGORIAN)), *eras]
    nothing = [("", _("選ぶ"))] if question.day is DayKind.BIRTH else []
    return [*nothing, *eras, (GREGORIAN, _(GREGORIAN))]


def _date(question: Question) -> forms.Widget:
    number = {"inputmode": "numeric"}
    widgets: dict[str, forms.Widget] = {
        "era": forms.Select(choices=era_choices(question)),
        "year": forms.TextInput({**number, "size": "4"}),
        "month": forms.TextInput({**number, "size": "2"}),
        "day": forms.TextInput({**number, "size": "2"}),
    }
    english = in_english()
    labels = ("Era", "Year", "Month", "Day") if english else ("元号", "年", "月", "日")
    return DateInput(widgets, dict(zip(widgets, labels, strict=True)))


def _number(question: Question) -> forms.Widget:
    return forms.TextInput({"inputmode": "numeric"})


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(value, question.option_label(value)) for value in question.option_values()]


WIDGETS: Mapping[QuestionKind, Callable[[Question], forms.Widget]] = {
    QuestionKind.NAME: _parts,
    QuestionKind.ADDRESS: _parts,
    QuestionKind.BANK_ACCOUNT: _parts,
    QuestionKind.DATE: _date,
    QuestionKind.NUMBER: _number,
    QuestionKind.MONEY: _number,
    QuestionKind.CORPORATE_NUMBER: _number,
    QuestionKind.PHONE: lambda question: forms.TextInput(_attributes(question.kind, inputmode="tel")),
    QuestionKind.EMAIL: lambda question: forms.TextInput(_attributes(question.kind, inputmode="email")),
    QuestionKind.SHORT_TEXT: lambda question: forms.TextInput(),
    QuestionKind.LONG_TEXT: lambda question: forms.Textarea({"rows": "5"}),
    QuestionKind.CHOICE: lambda question: forms.RadioSelect(choices=_choices(question)),
    QuestionKind.YES_NO: lambda question: forms.RadioSelect(choices=_choices(question)),
    QuestionKind.CHOICES: lambda question: CheckboxList(choices=_choices(question)),
    QuestionKind.DECLARATION: lambda question: CheckboxList(choices=[("yes", _("同意します"))]),
    QuestionKind.FILE: lambda question: AttachmentInput(
        draw=question.draw, accept=accept_attribute(question), largest=largest_file(question)
    ),
    QuestionKind.INFORMATION: lambda question: InformationText(),
    QuestionKind.CALCULATED: lambda question: CalculatedResult(),
    QuestionKind.MY_NUMBER: lambda question: MyNumberInput(),
}


def file_limits(question: Question) -> str:
    """Return which files a question takes, told before one is chosen."""
    limits: dict[str, object] = {
        "size": largest_file(question) // 1024 // 1024, "count": question.high or MAX_FILES,
    }  # fmt: skip
    if question.accepts == (PHOTO,):
        return _("写真(JPEG・PNG・HEIC・WebP)。1つ%(size)dMBまで、%(count)d個まで。") % limits
    if question.accepts == (PDF,):
        return _("PDF。1つ%(size)dMBまで、%(count)d個まで。") % limits
    if {WORD_FILE, EXCEL_FILE} & set(question.accepts):
        names = {PHOTO: _("写真"), PDF: "PDF", WORD_FILE: "Word", EXCEL_FILE: "Excel"}
        limits = {**limits, "kinds": ", ".join(str(names[kind]) for kind in names if kind in question.accepts)}
        return _("%(kinds)s(マクロのないもの)。1つ%(size)dMBまで、%(count)d個まで。") % limits
    return _("写真(JPEG・PNG・HEIC・WebP)かPDF。1つ%(size)dMBまで、%(count)d個まで。") % limits


def form_field(question: Question, value: Value | None) -> forms.Field:
    """Return the form field of a question with its answer as initial value; ``required`` unless it may stay empty."""
    office = "職員が記入します。申請者には見えません。" if question.required is Required.STAFF else ""
    is_foreign = question.kind is QuestionKind.NAME and (get_language() or "ja") != "ja"
    one_name = _("名前が一つだけの方は、もう一つの欄を空のままにしてください。") if is_foreign else ""
    example = _("例: %(example)s") % {"example": question.example} if question.example else ""
    limits = file_limits(question) if question.kind is QuestionKind.FILE else ""
    return forms.Field(
        label=question.label,
        help_text="\n".join(filter(None, (office, question.help, limits, one_name, example))),
        required=question.required is not Required.NO,
        initial=value,
        widget=WIDGETS[question.kind](question),
    )
