"""Forms of the telework pages."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.design.date_fields import DateField
from todoke.flows.models import Flow
from todoke.organization.models import Department
from todoke.organization.permissions import departments_of
from todoke.procedures.models import Procedure
from todoke.workforce.permissions import DESCRIBE_TASKS
from todoke.workforce.task_suitability import BarrierKind


class DayForm(forms.Form):
    """A day elsewhere."""

    on = DateField(label="日付")
    halves = forms.TypedChoiceField(label="長さ", choices=[(2, "1日"), (1, "半日")], coerce=int)
    tasks = forms.CharField(label="する業務", max_length=200, help_text="例: 会議資料の作成、照会への回答")


class AnswerForm(forms.Form):
    """Why a day is not approved; the person reads it."""

    reason = forms.CharField(label="理由", max_length=200, help_text="本人に見えます。")


class TaskForm(forms.Form):
    """A task of the section with its minutes."""

    department = forms.ModelChoiceField(Department.objects.none(), label="部署", to_field_name="code", empty_label=None)
    name = forms.CharField(label="業務", max_length=100)
    minutes = forms.IntegerField(label="1か月の分", min_value=1, max_value=1_000_000)
    source = forms.CharField(label="分の根拠", max_length=100, help_text="例: 実測(2026年10月)、担当の見積")
    procedure = forms.ModelChoiceField(
        Procedure.objects.none(), label="手続", to_field_name="number", required=False, empty_label="手続の業務ではない"
    )
    flow = forms.ModelChoiceField(
        Flow.objects.none(), label="業務フロー", to_field_name="number", required=False, empty_label="なし"
    )
    step_key = forms.CharField(label="フローの手順", max_length=40, required=False, help_text="手順の名前を入れます。")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = Department.objects.all()
        if not DESCRIBE_TASKS.held_by(user):
            sections = sections.filter(pk__in=[each.pk for each in DESCRIBE_TASKS.departments_of(user)])
        known = {
            "department": sections, "flow": Flow.objects.filter(department__in=sections),
            "procedure": Procedure.objects.filter(department__in=departments_of(user)),
        }  # fmt: skip
        for name, rows in known.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined] # the fields declared above

    def clean(self) -> dict[str, Any]:
        """The step is one of the flow, by its name."""
        given: dict[str, Any] = super().clean() or {}
        if flow := given.get("flow"):
            steps = {row.name: row.key for row in flow.table.rows}
            if given.get("step_key") not in steps:
                self.add_error("step_key", f"フローの手順の名前を入れてください: {'、'.join(steps)}"[:200])
            given["step_key"] = steps.get(given.get("step_key", ""), "")
        return given


class BarrierForm(forms.Form):
    """What keeps minutes of a task in the office."""

    kind = forms.ChoiceField(label="妨げ", choices=BarrierKind.choices)
    minutes = forms.IntegerField(label="分", min_value=0, max_value=1_000_000, help_text="0にすると、消えます。")
    remedy = forms.CharField(label="なくすには", max_length=100, required=False, help_text="例: 電子決裁、電話の転送")


class CasesForm(forms.Form):
    """For how many cases a month the minutes of a flow are counted."""

    cases = forms.IntegerField(label="1か月の件数", min_value=1, max_value=100_000)
