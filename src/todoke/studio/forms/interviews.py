"""聞き取りの欄: form for one step and its successor."""

from collections.abc import Mapping

from django import forms

from todoke.design.bound_choices import set_choices
from todoke.design.forms import mark_required_when
from todoke.flows.branches import Branch, normalized, text_of_branches
from todoke.flows.durations import minutes_of
from todoke.flows.step_rows import cells_from_table, table_from_cells
from todoke.flows.step_table import StepTable

GOES_ON = "(続き)"
FORKS = [("branch", "場合によって、分かれる"), ("back", "ときどき前に戻る")]


class AnswerForm(forms.Form):
    """聞き取りの答え: one step."""

    name = forms.CharField(label="何をしますか", max_length=100, help_text="例: 申請書を書く")
    party = forms.CharField(label="だれがしますか", max_length=60, help_text="例: 住民、窓口担当、課長、システム")
    usual = forms.DecimalField(label="ふつう何分かかりますか", min_value=0, max_value=10_000, required=False)
    wait = forms.CharField(
        label="そのあと、どのくらい待ちますか", max_length=30, required=False,
        help_text="「30分」「2時間」「3日」のように書きます。数字だけなら分です。",
    )  # fmt: skip
    after = forms.ChoiceField(
        label="そのあと、どうなりますか",
        choices=[("next", "次のことがある"), *FORKS, ("end", "ここで終わる")],
        initial="next",
        widget=forms.RadioSelect,
    )
    when = forms.CharField(label="分かれるとき、次へ進むのはどんなときですか", max_length=60, required=False)
    share = forms.IntegerField(label="100件のうち何件が次へ進みますか", min_value=1, max_value=99, required=False)
    otherwise = forms.CharField(label="そうでないのは、どんなときですか", max_length=60, required=False)
    other_to = forms.ChoiceField(label="そのときは、どうなりますか", required=False)
    back_to = forms.ChoiceField(label="戻るときは、どこへ戻りますか", required=False)
    back_share = forms.IntegerField(label="100件のうち何件戻りますか", min_value=1, max_value=99, required=False)

    def __init__(self, data: Mapping[str, str] | None, table: StepTable) -> None:
        super().__init__(data)
        self.before = table
        rows = [(str(place), f"{place}. {row.name}") for place, row in enumerate(table.rows, 1)]
        set_choices(self, "back_to", [("", "選んでください"), *rows])
        set_choices(self, "other_to", [("終", "そこで終わる"), *((at, f"{name}へ戻る") for at, name in rows)])
        mark_required_when(self, dict.fromkeys(("when", "share"), "分かれるとき必要"))
        mark_required_when(self, dict.fromkeys(("back_to", "back_share"), "戻るとき必要"))
        if table.rows:
            self.fields["name"].label = "そのあと、何をしますか"
        else:
            for name in ("back_to", "back_share"):
                del self.fields[name]
            set_choices(self, "after", [("next", "次のことがある"), FORKS[0], ("end", "ここで終わる")])

    def clean(self) -> None:
        given = self.cleaned_data
        if given.get("after") == "back" and not (given.get("back_to") and given.get("back_share")):
            self.add_error("back_to", "どこへ、100件のうち何件戻るかを入れてください。")
        if given.get("after") == "branch" and not (given.get("when") and given.get("share")):
            self.add_error("when", "どんなとき、100件のうち何件が次へ進むかを入れてください。")
        if given.get("wait") and minutes_of(normalized(given["wait"])) is None:
            self.add_error("wait", "「30分」「2時間」「3日」のように書いてください。数字だけなら分です。")

    def is_last(self) -> bool:
        """Whether the flow ends with this step."""
        return bool(self.cleaned_data["after"] == "end")

    def table(self) -> StepTable:
        """Return the table with the answer as its last row."""
        given = self.cleaned_data
        cells = [cell for cell in cells_from_table(self.before) if cell["name"] != GOES_ON]
        place = len(cells) + 1
        share, onwards = given.get("back_share") or 0, given.get("share") or 0
        other = Branch(given.get("otherwise") or "そうでない", str(100 - onwards), given.get("other_to") or "終")
        ways = [Branch(given.get("when") or "", str(onwards), str(place + 1)), other]
        back = f"{place + 1} {100 - share}% よい; {given.get('back_to')} {share}% 戻る"
        nexts = {"next": "", "end": "終", "branch": text_of_branches(ways)}
        fresh = {
            "name": given["name"],
            "party": given["party"],
            "usual": str(given["usual"] or ""),
            "wait": str(given["wait"] or ""),
            "next": nexts.get(given["after"], back),
        }
        onward = [{"name": GOES_ON, "party": given["party"]}] if given["after"] in {"back", "branch"} else []
        return table_from_cells([*cells, fresh, *onward], self.before.title, self.before)[0]
