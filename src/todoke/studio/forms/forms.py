"""様式の欄: forms for new drafts and imports."""

from datetime import datetime
from typing import Any

from django import forms

from todoke.design.date_fields import DateField
from todoke.file_validation.bounded_read import read_bounded
from todoke.formbuilder.models import FormDraft
from todoke.formbuilder.paper_import.grid import LARGEST_FILE as LARGEST_FORM
from todoke.formbuilder.paper_import.recognition import read_paper_form
from todoke.japanese import parsers
from todoke.japanese.calendar import JAPAN
from todoke.procedures.models import Procedure
from todoke.runtime.refusals import Unreadable

LARGEST_FILE = 2_000_000
TAKEN = {"library", "addition", "import", "reading", "survey"}


class BeginForm(forms.Form):
    """様式を作る: an empty form, or a template."""

    title = forms.CharField(label="名称", max_length=120)
    code = forms.SlugField(
        label="様式コード",
        max_length=60,
        help_text="英小文字・数字・ハイフン。あとから変えられません。例: kosodate-2026",
    )
    start = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"]).lower()
        if code in TAKEN or FormDraft.objects.filter(code=code).exists():
            raise forms.ValidationError("このコードの様式はもうあります。別のコードにしてください。")
        return code


class FileForm(forms.Form):
    """様式ファイルを取り込む。"""

    file = forms.FileField(label="様式ファイル(.json)")
    code = forms.SlugField(
        label="様式コード", max_length=60, required=False, help_text="空のときはファイルのコードを使います。"
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
    sheet_code = forms.SlugField(label="様式コード", max_length=60, help_text="英小文字・数字・ハイフン。")

    def clean_sheet_code(self) -> str:
        code = str(self.cleaned_data["sheet_code"]).lower()
        if code in TAKEN or FormDraft.objects.filter(code=code).exists():
            raise forms.ValidationError("このコードの様式はもうあります。別のコードにしてください。")
        return code

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

    number = forms.CharField(label="手続番号", max_length=12, help_text="手続の台帳にある番号。例: P-000123")
    survey_code = forms.SlugField(label="様式コード", max_length=60, help_text="英小文字・数字・ハイフン。")

    def clean_number(self) -> Procedure:
        number = parsers.to_ascii_hyphens(self.cleaned_data["number"]).strip().upper()
        found = Procedure.objects.filter(number=number).first()
        if found is None:
            raise forms.ValidationError("この番号の手続は台帳にありません。番号を確かめてください。")
        return found

    def clean_survey_code(self) -> str:
        code = str(self.cleaned_data["survey_code"]).lower()
        if code in TAKEN or FormDraft.objects.filter(code=code).exists():
            raise forms.ValidationError("このコードの様式はもうあります。別のコードにしてください。")
        return code


class PlanForm(forms.Form):
    """公開の予定。"""

    day = DateField(label="公開する日", widget=forms.DateInput({"type": "date"}))
    time = forms.TimeField(label="時刻", initial="00:00", widget=forms.TimeInput({"type": "time"}))
    note = forms.CharField(label="変更の理由", required=False, max_length=300)

    def at(self) -> datetime:
        """Return the chosen instant, entered in Japan time."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], JAPAN)
