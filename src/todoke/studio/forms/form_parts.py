"""様式の部分の欄: forms for the settings of a form, page, group or question."""

from typing import Any

from django import forms

from todoke.formbuilder.document.comparison import REQUIRED_NAMES
from todoke.formbuilder.document.day_limits import limit_in_words, read_limit
from todoke.formbuilder.document.edits import Definition, Part, options_from, page_of, part
from todoke.formbuilder.document.file_limits import FILE_LABELS, MAX_MEGABYTES
from todoke.formbuilder.document.formula_parser import FormulaParser
from todoke.formbuilder.document.required_channels import OFFICE_CHANNELS, WEB, usual_channels
from todoke.formbuilder.document.structure import DAY_LABELS, KIND_LABELS, DayKind, Document, QuestionKind, Required
from todoke.runtime.refusals import Unreadable
from todoke.studio.forms.conditions import ConditionFields

LIMITS = "日付(令和9年4月1日)か、申請の日から数えた日数(14日後、30日前、当日)"
KINDS = [(kind.value, name) for kind, name in KIND_LABELS.items()]
CHOOSING = {QuestionKind.CHOICE, QuestionKind.CHOICES}
BOUNDED = {QuestionKind.SHORT_TEXT, QuestionKind.LONG_TEXT, QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.FILE}


def _lines(rows: int = 3) -> forms.Textarea:
    return forms.Textarea({"rows": str(rows)})


class PageForm(ConditionFields):
    """ページ: title, introduction and condition."""

    title = forms.CharField(label="ページの題", max_length=80)
    lead = forms.CharField(label="ページの説明", required=False, widget=_lines())

    def changes(self) -> dict[str, Any]:
        """Return the changed properties."""
        return {
            "title": self.cleaned_data["title"],
            "lead": self.cleaned_data["lead"].replace("\r\n", "\n"),
            "when": self.condition(),
        }


class GroupForm(ConditionFields):
    """まとまり: questions that belong together, optionally repeated."""

    title = forms.CharField(label="まとまりの題", max_length=80, required=False)
    lead = forms.CharField(label="まとまりの説明", required=False, widget=_lines())
    noun = forms.CharField(
        label="繰り返す単位", max_length=30, required=False, help_text="繰り返すときだけ。例: お子さん"
    )
    least = forms.IntegerField(label="最も少ない数", min_value=0, max_value=50, required=False)
    most = forms.IntegerField(label="最も多い数", min_value=1, max_value=50, required=False)

    def changes(self) -> dict[str, Any]:
        """Return the changed properties."""
        given = self.cleaned_data
        repeat = None
        if given["noun"]:
            least = 1 if given["least"] is None else given["least"]
            repeat = {"noun": given["noun"], "least": least, "most": given["most"] or 10}
        lead = given["lead"].replace("\r\n", "\n")
        return {"title": given["title"], "lead": lead, "repeat": repeat, "when": self.condition()}


class QuestionForm(ConditionFields):
    """設問: label, kind, validation and condition."""

    label = forms.CharField(label="設問の文", max_length=300)
    kind = forms.ChoiceField(label="答えの種類", choices=KINDS)
    options = forms.CharField(label="選択肢(1行に一つ)", required=False, widget=_lines(4))
    formula = forms.CharField(
        label="計算式",
        required=False,
        widget=_lines(3),
        help_text="設問の文を「」で囲み、＋ − × ÷ でつなぎます。例: 「通数」×300＋84、「金額」の合計、"
        "「お子さん」の数、「生年月日」からの満年齢、(「収入」÷12)の切り捨て、"
        "もし「受け取り方」が「郵送」であるときは84、そうでなければ0",
    )
    unit = forms.CharField(label="単位", required=False, max_length=10, help_text="例: 円、人、通")
    required = forms.ChoiceField(
        label="必須の度合い", choices=[(word.value, name) for word, name in REQUIRED_NAMES.items()]
    )
    forced_at = forms.MultipleChoiceField(
        label="窓口・郵送・電話でも、答えがないと受け付けない経路",
        required=False,
        choices=list(OFFICE_CHANNELS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="オンラインでは、いつも必須です。原本を見れば足りる書類や、持たない人のいる電話は、印を外します。",
    )
    help = forms.CharField(label="説明", required=False, widget=_lines(2))
    example = forms.CharField(label="記入例", required=False, max_length=200)
    low = forms.IntegerField(label="下限(数・金額・文字数)", required=False)
    high = forms.IntegerField(label="上限(数・文字数・ファイルの数)", required=False)
    draw = forms.BooleanField(label="画面に指やペンで書いた署名も受け取る", required=False)
    alternative = forms.BooleanField(label="代替表記も聞く(𠮷・髙など、出ない機械のある字のため)", required=False)
    day = forms.ChoiceField(
        label="どんな日か", required=False, choices=[(kind.value, name) for kind, name in DAY_LABELS.items()]
    )
    not_before = forms.ChoiceField(label="この日より前は受け付けない", required=False)
    earliest = forms.CharField(label="受け付ける最初の日", required=False, max_length=40, help_text=LIMITS)
    latest = forms.CharField(label="受け付ける最後の日", required=False, max_length=40, help_text=LIMITS)
    accepts = forms.MultipleChoiceField(
        label="受け取るファイルの種類", required=False, choices=list(FILE_LABELS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="選ばないときは、写真とPDF。Word・Excelはマクロのないものだけです。",
    )  # fmt: skip
    megabytes = forms.IntegerField(label="1つの大きさの上限(MB)", required=False, min_value=1, max_value=MAX_MEGABYTES)
    same_as = forms.CharField(
        label="前の申請でこの答えにあたる設問の文(1行に一つ)",
        required=False,
        widget=_lines(2),
        help_text="現況届や、ほかの手続の答えを引き継ぐときだけ書きます。同じ文の設問は、書かなくても引き継ぎます。",
    )
    unchanged = forms.ChoiceField(label="現況届で「変わりなし」のときの答え", required=False)
    sensitive = forms.BooleanField(label="要配慮の情報(見る人を限る)", required=False)
    keep = forms.BooleanField(label="匿名にした後も統計に残す", required=False)
    open_data = forms.BooleanField(label="オープンデータにしてよい", required=False)
    group = forms.ChoiceField(label="置き場所", required=False)

    earlier: Part

    def _limit(self, name: str) -> str:
        try:
            return read_limit(str(self.cleaned_data[name]))
        except Unreadable as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def clean_earliest(self) -> str:
        return self._limit("earliest")

    def clean_latest(self) -> str:
        return self._limit("latest")

    def clean_formula(self) -> dict[str, Any] | None:
        """Return the formula; unchanged text keeps its tree."""
        text = str(self.cleaned_data["formula"]).strip()
        if not text or self.data.get("kind") != QuestionKind.CALCULATED:
            return None
        if text == self.initial.get("formula"):
            return dict(self.earlier["formula"])
        try:
            return FormulaParser(self.document, text).read().as_json()
        except Unreadable as refusal:
            raise forms.ValidationError(str(refusal)) from None

    def changes(self) -> dict[str, Any]:
        """Return the changed properties."""
        given, earlier = self.cleaned_data, self.earlier
        kind = QuestionKind(given["kind"])
        options = None
        if kind in CHOOSING:
            text = given.get("options") or "選択肢1\n選択肢2"
            options = options_from(text, earlier.get("options", []))
        bounded = kind in BOUNDED
        return {
            **{key: given.get(key) for key in ("label", "kind", "required", "example")},
            "help": given["help"].replace("\r\n", "\n"),
            "options": options,
            "formula": (given.get("formula") or {"op": "number", "value": 0})
            if kind is QuestionKind.CALCULATED
            else None,
            "unit": given.get("unit") if kind in {QuestionKind.CALCULATED, QuestionKind.NUMBER} else None,
            "low": given.get("low") if bounded else None,
            "high": given.get("high") if bounded else None,
            **{key: given.get(key) or None for key in ("sensitive", "keep", "open_data")},
            "draw": (given.get("draw") or None) if kind is QuestionKind.FILE else None,
            "alternative": (given.get("alternative") or None) if kind is QuestionKind.NAME else None,
            "day": (given.get("day") or DayKind.ANY.value) if kind is QuestionKind.DATE else None,
            **{
                name: (given.get(name) or None) if kind is QuestionKind.DATE else None
                for name in ("not_before", "earliest", "latest")
            },
            **{
                name: (given.get(name) or None) if kind is QuestionKind.FILE else None
                for name in ("accepts", "megabytes")
            },
            "same_as": [line.strip() for line in given["same_as"].splitlines() if line.strip()] or None,
            "unchanged": given.get("unchanged") or None,
            "forced_at": self._forced_at(kind),
            "when": self.condition(),
        }

    def _forced_at(self, kind: QuestionKind) -> list[str] | None:
        """Return the channels in which the answer is required, None for what is usual for its kind."""
        if self.cleaned_data.get("required") != Required.HARD or kind != self.earlier["kind"]:
            return None
        chosen = (WEB, *self.cleaned_data.get("forced_at", ()))
        return None if chosen == usual_channels(kind) else list(chosen)

    def only_fitting(self, kind: str) -> None:
        """Remove fields that do not apply to a kind of question."""
        chosen = QuestionKind(kind) if kind in list(QuestionKind) else QuestionKind.SHORT_TEXT
        if chosen is not QuestionKind.FILE:
            del self.fields["draw"], self.fields["accepts"], self.fields["megabytes"]
        if chosen is not QuestionKind.NAME:
            del self.fields["alternative"]
        if chosen is not QuestionKind.DATE:
            del self.fields["day"], self.fields["not_before"], self.fields["earliest"], self.fields["latest"]
        if chosen not in CHOOSING:
            del self.fields["options"]
        if chosen not in {QuestionKind.CHOICE, QuestionKind.YES_NO}:
            del self.fields["unchanged"]
        if chosen is not QuestionKind.CALCULATED:
            del self.fields["formula"]
            if chosen is not QuestionKind.NUMBER:
                del self.fields["unit"]
        else:
            del self.fields["required"], self.fields["example"], self.fields["forced_at"]
        if chosen not in BOUNDED:
            del self.fields["low"], self.fields["high"]


PartForm = PageForm | GroupForm | QuestionForm


def part_form(definition: Definition, document: Document, part_id: str, data: Any = None) -> PartForm:
    """Return the form of a part. Raises KeyError for an unknown part."""
    found = part(definition, part_id)
    form: PartForm
    if "kind" in found:
        options = "\n".join(option["label"] for option in found.get("options", []))
        groups = [
            (group.id, f"{page.title} / {group.title or 'まとまり'}")
            for page in document.pages
            for group in page.groups
        ]
        _, home, question = document.by_id[part_id]
        formula = document.formula_sentence(question.formula) if question.formula else ""
        shown: dict[str, Any] = {
            "options": options,
            "group": home.id,
            "required": found.get("required", "hard"),
            "formula": formula,
        }
        forced = question.forced_at or usual_channels(question.kind)
        shown |= {"day": question.day.value, "same_as": "\n".join(question.same_as), "forced_at": list(forced)}
        shown |= {name: limit_in_words(found.get(name, "")) for name in ("earliest", "latest")}
        form = QuestionForm(data, initial={**found, **shown})
        form.earlier = found
        form.only_fitting(data.get("kind", "") if data else found["kind"])
        days = [
            (other.id, other.label)
            for _, _, other in document.by_id.values()
            if other.kind is QuestionKind.DATE and other.id != part_id
        ]
        answers = [("", "決めない"), *((value, question.option_label(value)) for value in question.option_values())]
        for name, choices in (("group", groups), ("not_before", [("", "決めない"), *days]), ("unchanged", answers)):
            field = form.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        own = {part_id}
    elif "questions" in found:
        form = GroupForm(data, initial={**found, **(found.get("repeat") or {})})
        own = {question["id"] for question in found["questions"]}
    else:
        form = PageForm(data, initial=found)
        own = {question["id"] for group in found["groups"] for question in group["questions"]}
    form.add_condition(document, found.get("when"), own)
    return form


def page_of_part(definition: Definition, part_id: str) -> str:
    """Return the page id of a part, or the first page when it is gone."""
    try:
        return page_of(definition, part_id)
    except KeyError:
        return str(definition["pages"][0]["id"])
