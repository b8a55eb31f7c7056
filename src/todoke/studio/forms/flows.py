"""業務フローの欄: forms for search, new flows, import, the table, and trial calculations."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django import forms

from todoke.design.bound_choices import set_choices
from todoke.flows.branches import Branch, text_of_branches
from todoke.flows.flow_templates import TEMPLATES
from todoke.flows.simulation.scenario import Scenario, Staff
from todoke.flows.step_rows import COLUMNS, MAX_ROWS
from todoke.flows.step_table import PartyKind, StepTable
from todoke.procedures.models import Procedure

MOST_WAYS = 8
"""Ways on from one step that the page takes."""
MAIN = ("name", "party", "next", "usual", "wait")
CASES_A_RUN = 1500


class FlowBeginForm(forms.Form):
    """業務フローを書き始める: an empty flow, or a template."""

    procedure = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    title = forms.CharField(label="名称", max_length=120, help_text="例: 犬の登録")
    start = forms.ChoiceField(
        label="ひな形",
        required=False,
        choices=[("", "何もない表から"), *((one.key, one.title) for one in TEMPLATES)],
        help_text="ひな形の分は例です。自分の部署の時間に直してください。",
    )


class ProcedureChoiceForm(forms.Form):
    """手続を選ぶ: one of the procedures that were found by words; none takes the procedure away."""

    number = forms.ChoiceField(label="手続", required=False, widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, str] | None, *, found: Sequence[Procedure], now: Procedure | None) -> None:
        super().__init__(data, initial={"number": now.number if now else ""})
        self.known = {each.number: each for each in ([now] if now else []) + list(found)}
        described = [(each.number, f"{each.title}({each.law or '根拠は未記入'})") for each in self.known.values()]
        set_choices(self, "number", [*described, ("", "手続なし")])

    def procedure(self) -> Procedure | None:
        """Return the chosen one."""
        return self.known.get(self.cleaned_data["number"])


class FlowFileForm(forms.Form):
    """業務フローを取り込む: a BPMN file or an Excel table of ours."""

    file = forms.FileField(label="ファイル(.bpmn か .xlsx)")
    title = forms.CharField(label="名称", max_length=120, required=False)


def posted_cells(data: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the posted table cells; field names end in the row number."""
    try:
        count = min(int(data.get("rows", "0")), MAX_ROWS)
    except ValueError:
        count = 0
    names = ("key", *COLUMNS)
    cells = [{name: str(data.get(f"{name}_{place}", ""))[:200] for name in names} for place in range(count)]
    for place, cell in enumerate(cells):
        if ways := text_of_branches(_posted_branches(data, place)):
            cell["next"] = ways
    return cells


def _posted_branches(data: Mapping[str, str], place: int) -> list[Branch]:
    """Return the ways on from a row; field names end in the row and the number of the way."""
    said = [
        [str(data.get(f"{name}_{place}_{way}", ""))[:100] for name in ("when", "share", "to")]
        for way in range(MOST_WAYS)
    ]
    return [Branch(*each) for each in said]


class TrialForm(forms.Form):
    """試算の条件: arrivals and staff."""

    cases = forms.IntegerField(label="1年の件数", min_value=1, max_value=1_000_000)
    online = forms.BooleanField(label="24時間受け付ける(電子申請)", required=False)
    deadline_days = forms.IntegerField(label="標準処理期間(日)", min_value=0, max_value=3650, required=False)
    overtime = forms.IntegerField(label="残業の上限(1日、分)", min_value=0, max_value=300, required=False)
    absence = forms.IntegerField(label="職員の不在(%)", min_value=0, max_value=80, required=False)
    peak = forms.ChoiceField(
        label="季節",
        required=False,
        choices=[("", "1年を通して同じ"), ("spring", "3月と4月に3倍"), ("summer", "6月から8月に2倍")],
    )
    fewer = forms.IntegerField(
        label="もし職員が減ったら(人)",
        min_value=0,
        max_value=20,
        required=False,
        help_text="一番人の多い担い手から引きます。",
    )

    def __init__(self, data: Mapping[str, str] | None, table: StepTable, before: Scenario | None) -> None:
        known = {staff.party: staff.people for staff in before.staff} if before else {}
        self.parties = [p for p in table.parties if p.kind in {PartyKind.POST, PartyKind.BODY}]
        super().__init__(data or None, initial={"cases": int(before.cases_per_year) if before else 2000})
        for number, party in enumerate(self.parties):
            field = forms.IntegerField(label=f"{party.name}(人)", min_value=0, max_value=50, required=False)
            field.initial = known.get(party.key, 1)
            self.fields[f"people_{number}"] = field

    def scenario(self) -> Scenario:
        """Return the scenario; the period is limited to 1,500 cases to bound the response time."""
        given = self.cleaned_data
        staff = tuple(
            Staff(party.key, given.get(f"people_{n}") or 0, absence=(given["absence"] or 0) / 100, yen_per_hour=4000.0)
            for n, party in enumerate(self.parties)
        )
        days = max(28, min(365, int(365 * CASES_A_RUN / given["cases"])))
        seasons = {"spring": (3.0, *([1.0] * 10), 3.0), "summer": (1.0, 1.0, 2.0, 2.0, 2.0, *([1.0] * 7))}
        return Scenario(
            cases_per_year=float(given["cases"]),
            staff=staff,
            days=365 if given["peak"] and given["cases"] <= 4 * CASES_A_RUN else days,
            season=seasons.get(given["peak"], (1.0,) * 12),
            online=given["online"],
            overtime=given["overtime"] or 0,
            deadline_days=given["deadline_days"] or 0,
        )


def with_fewer(scenario: Scenario, fewer: int) -> Scenario:
    """Return the scenario with fewer staff, each taken from the largest post."""
    staff = list(scenario.staff)
    for _ in range(fewer if staff else 0):
        place = max(range(len(staff)), key=lambda n: staff[n].people)
        if staff[place].people > 1:
            staff[place] = replace(staff[place], people=staff[place].people - 1)
    return replace(scenario, staff=tuple(staff))
