"""様式の欄: forms for new drafts and imports."""

import secrets
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q

from todoke.design.bound_choices import set_choices
from todoke.design.date_fields import DateField
from todoke.file_validation.bounded_read import read_bounded
from todoke.formbuilder.models import FormDraft
from todoke.formbuilder.paper_import.grid import LARGEST_FILE as LARGEST_FORM
from todoke.formbuilder.paper_import.recognition import read_paper_form
from todoke.japanese import parsers
from todoke.japanese.calendar import JAPAN
from todoke.procedures import search
from todoke.procedures.models import Procedure
from todoke.runtime.refusals import Unreadable
from todoke.studio.form_beginnings import beginnings

LARGEST_FILE = 2_000_000
TAKEN = {"library", "addition", "import", "reading", "survey", "definition"}


def _code_field() -> forms.SlugField:
    return forms.SlugField(
        label="アドレスに使う短い名前", max_length=60, required=False,
        help_text="半角の英小文字・数字・ハイフン。空けておくと、自動で付けます。",
    )  # fmt: skip


def free_code(given: str) -> str:
    """Return the code of a new form: the given one, or a new one. Raises ValidationError for one that is taken."""
    code = given.lower()
    if code in TAKEN or FormDraft.objects.filter(code=code).exists():
        raise forms.ValidationError("この名前の様式はもうあります。別の名前にしてください。")
    return code or f"form-{secrets.token_hex(4)}"


class BeginForm(forms.Form):
    """様式を作る: an empty form, or a template."""

    title = forms.CharField(label="名称", max_length=120)
    code = _code_field()
    start = forms.ChoiceField(label="はじめの内容", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = ""
        set_choices(self, "start", beginnings())

    def clean_code(self) -> str:
        return free_code(self.cleaned_data["code"])


class FileForm(forms.Form):
    """様式ファイルを取り込む。"""

    file = forms.FileField(label="様式ファイル(.json)")
    code = forms.SlugField(
        label="アドレスに使う短い名前", max_length=60, required=False, help_text="空のときはファイルの名前を使います。"
    )

    def clean_file(self) -> str:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("ファイルが大きすぎます(2MBまで)。")
        try:
            return str(file.read().decode("utf-8"))
        except UnicodeDecodeError:
            raise forms.ValidationError("文字コードがUTF-8ではありません。") from None


class PaperFileForm(forms.Form):
    """紙の様式から作る。"""

    sheet = forms.FileField(label="紙の様式のファイル(.xlsx・.docx)", widget=forms.FileInput({"accept": ".xlsx,.docx"}))
    sheet_code = _code_field()

    def clean_sheet_code(self) -> str:
        return free_code(self.cleaned_data["sheet_code"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        file = given.get("sheet")
        if file is not None:
            try:
                given["reading"] = read_bounded(read_paper_form, file.name, file.read(LARGEST_FORM + 1))
            except Unreadable as refusal:
                self.add_error("sheet", str(refusal))
        return given


class SurveyForm(forms.Form):
    """手続の台帳から作る。"""

    number = forms.CharField(label="手続の名前", max_length=100, help_text="手続の台帳にある名前(または番号)。")
    survey_code = _code_field()

    def clean_number(self) -> Procedure:
        words = self.cleaned_data["number"].strip()
        number = parsers.to_ascii_hyphens(words).upper()
        rows = Procedure.objects.current()
        named = list(rows.filter(Q(number=number) | Q(title=words))[:2])
        found = named or list(rows.filter(search.matching(words)).order_by("serial")[:11])
        if not found:
            raise forms.ValidationError("この手続は台帳にありません。名前を確かめてください。")
        if len(found) > 1:
            some = "、".join(f"「{procedure.title}」" for procedure in found[:10])
            raise forms.ValidationError(f"当てはまる手続がいくつもあります。名前を続けて書いてください: {some}")
        return found[0]

    def clean_survey_code(self) -> str:
        return free_code(self.cleaned_data["survey_code"])


class PlanForm(forms.Form):
    """公開の予定。"""

    day = DateField(label="公開する日", widget=forms.DateInput({"type": "date"}))
    time = forms.TimeField(label="時刻", initial="00:00", widget=forms.TimeInput({"type": "time"}))
    note = forms.CharField(label="変更の理由", required=False, max_length=300)

    def at(self) -> datetime:
        """Return the chosen instant, entered in Japan time."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], JAPAN)
