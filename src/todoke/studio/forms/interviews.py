"""聞き取りの欄: form for one step and its successor."""

from collections.abc import Mapping

from django import forms

from todoke.design.bound_choices import set_choices
from todoke.flows.step_rows import cells_from_table, table_from_cells
from todoke.flows.step_table import StepTable

GOES_ON = "(続き)"


class AnswerForm(forms.Form):
    """聞き取りの答え: one step."""

    name = forms.CharField(label="何をしますか", max_length=100, help_text="例: 申請書を書く")
    party = forms.CharField(label="だれがしますか", max_length=60, help_text="例: 住民、窓口担当、課長、システム")
    usual = forms.DecimalField(label="ふつう何分かかりますか", min_value=0, max_value=10_000, required=False)
    wait = forms.DecimalField(
        label="そのあと何分待ちますか", min_value=0, max_value=500_000, required=False, help_text="1日は480分です。"
    )
    after = forms.ChoiceField(
        label="そのあと、どうなりますか",
        choices=[("next", "次のことがある"), ("back", "ときどき前に戻る"), ("end", "ここで終わる")],
        initial="next",
        widget=forms.RadioSelect,
    )
    back_to = forms.ChoiceField(label="戻るときは、どこへ戻りますか", required=False)
    back_share = forms.IntegerField(label="100件のうち何件戻りますか", min_value=1, max_value=99, required=False)

    def __init__(self, data: Mapping[str, str] | None, table: StepTable) -> None:
        super().__init__(data)
        self.before = table
        rows = [(str(place), f"{place}. {row.name}") for place, row in enumerate(table.rows, 1)]
        set_choices(self, "back_to", [("", "選んでください"), *rows])
        if table.rows:
            self.fields["name"].label = "そのあと、何をしますか"
        else:
            for name in ("back_to", "back_share"):
                del self.fields[name]
            set_choices(self, "after", [("next", "次のことがある"), ("end", "ここで終わる")])

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("after") == "back" and not (given.get("back_to") and given.get("back_share")):
            self.add_error("back_to", "どこへ、100件のうち何件戻るかを入れてください。")

    def is_last(self) -> bool:
        """Whether the flow ends with this step."""
        return bool(self.cleaned_data["after"] == "end")

    def table(self) -> StepTable:
        """Return the table with the answer as its last row."""
        given = self.cleaned_data
        cells = [cell for cell in cells_from_table(self.before) if cell["name"] != GOES_ON]
        place = len(cells) + 1
        nexts = {"next": "", "end": "終"}
        share = given.get("back_share") or 0
        back = f"{place + 1} {100 - share}% よい; {given.get('back_to')} {share}% 戻る"
        fresh = {
            "name": given["name"],
            "party": given["party"],
            "usual": str(given["usual"] or ""),
            "wait": str(given["wait"] or ""),
            "next": nexts.get(given["after"], back),
        }
        onward = [{"name": GOES_ON, "party": given["party"]}] if given["after"] == "back" else []
        return table_from_cells([*cells, fresh, *onward], self.before.title, self.before)[0]
