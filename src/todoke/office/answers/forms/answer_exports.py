"""回答の書出しの入力: what somebody wants as a file, and how."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from todoke.cases.exports.answer_exports import Wish
from todoke.cases.exports.own_columns import OwnTarget, guess_own, headings_of
from todoke.cases.models import AnswerExport
from todoke.design.column_choices import ColumnChoices

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
    headings = forms.CharField(
        label="自分の表の見出しに合わせる(使うときだけ)", required=False, max_length=12_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="自分の Excel の見出しの行を写して、ここに貼り付けます。その順番と名前の列になります。"
        "どの列に何が入るかは、次の画面で確かめます。Excel と CSV で使えます。",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if headings_of(given.get("headings", "")) and given.get("kind") in {"json", "papers"}:
            self.add_error("headings", "自分の見出しに合わせられるのは、Excel と CSV だけです。")
        return given

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


class OwnColumnsForm(ColumnChoices):
    """自分の表の列: what each column of a clerk's own sheet holds; "" leaves it blank."""

    NOTHING = ("", "空けておく")

    def __init__(self, data: Any, *, pasted: str, targets: Sequence[OwnTarget], known: Mapping[str, str]) -> None:
        headings = headings_of(pasted)
        guessed = guess_own(headings, targets, known)
        columns = [(at, heading, guessed[heading]) for at, heading in enumerate(headings, 1)]
        super().__init__(data, columns=columns, choices=[(each.key, each.label) for each in targets], samples={})
