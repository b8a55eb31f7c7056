"""回答の書出しの入力: what somebody wants as a file, and how."""

from django import forms

from todoke.cases.exports.answer_exports import Wish
from todoke.cases.models import AnswerExport

Format, Repeats = AnswerExport.Format, AnswerExport.Repeats
KINDS: dict[str, str] = {
    "xlsx": "Excel(電話番号や先頭の0もそのまま)",
    "csv": "CSV(UTF-8)",
    "cp932": "CSV(古い業務システム向けの Shift_JIS)",
    "json": "JSON(ほかのシステムへ渡すとき)",
    "papers": "添付書類(ZIP)",
}


class AnswerExportForm(forms.Form):
    """回答の書出し: the kind of file, and whether only what is new."""

    kind = forms.ChoiceField(
        label="ファイルの種類", choices=list(KINDS.items()), widget=forms.RadioSelect, initial="xlsx"
    )
    repeats = forms.ChoiceField(
        label="繰り返しの回答(お子さんごとの回答など)",
        choices=Repeats.choices,
        widget=forms.RadioSelect,
        initial="joined",
    )
    only_new = forms.BooleanField(
        label="前回のあとの分だけ(新しい申請と、補正された申請)", required=False,
        help_text="前回は、あなたがこの様式の表を最後に取り出したときです。",
    )  # fmt: skip

    def wish(self, *, columns: list[str], conditions: str) -> Wish:
        """Return what was asked for, with the columns and the conditions of the table."""
        given = self.cleaned_data
        kind = given["kind"]
        contents = AnswerExport.Contents.PAPERS if kind == "papers" else AnswerExport.Contents.TABLE
        encoding = AnswerExport.Encoding.CP932 if kind == "cp932" else AnswerExport.Encoding.UTF8
        return Wish(
            contents, {"cp932": Format.CSV, "papers": Format.ZIP}.get(kind, kind), encoding, given["repeats"], columns,
            given["only_new"], conditions,
        )  # fmt: skip
