"""紙の使用量の入力欄."""

from datetime import date
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.plans.models import PaperUse
from todoke.plans.paper_reminders import last_month
from todoke.plans.permissions import REPORT_PAPER

MONTHS_BACK = 36


def _months() -> list[tuple[str, str]]:
    found, month = [], today().replace(day=1)
    for _ in range(MONTHS_BACK):
        found.append((month.isoformat(), f"{month.year}年{month.month}月"))
        month = last_month(month)
    return found


class PaperForm(forms.Form):
    """紙の使用量の報告: packs times sheets, or sheets."""

    department = forms.ModelChoiceField(Department.objects.none(), label="部署")
    month = forms.ChoiceField(label="月", choices=_months)
    kind = forms.ChoiceField(label="種類", choices=PaperUse.Kind.choices)
    count = forms.IntegerField(
        label="数", min_value=0, max_value=10_000_000, help_text="使わなかった月は 0 と書きます。"
    )
    per_unit = forms.TypedChoiceField(
        label="単位", coerce=int, initial=1,
        choices=[(1, "枚"), (500, "冊(500枚)"), (2500, "箱(2,500枚)"), (5000, "箱(5,000枚)")],
    )  # fmt: skip
    source = forms.CharField(label="出典", max_length=200, help_text="例: 納品書、複合機のカウンター")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Department.objects.all()
        own = REPORT_PAPER.departments_of(user)
        if not REPORT_PAPER.held_by(user):
            rows = rows.filter(pk__in=[each.pk for each in own])
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.initial = rows, own[0] if own else None
        self.fields["month"].initial = last_month(today()).isoformat()

    def facts(self) -> dict[str, Any]:
        """Return what ``PaperUse.report`` takes."""
        given = self.cleaned_data
        return {
            "department": given["department"], "month": date.fromisoformat(given["month"]), "kind": given["kind"],
            "sheets": given["count"] * given["per_unit"], "source": given["source"],
        }  # fmt: skip
