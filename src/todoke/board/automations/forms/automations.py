"""Forms of the automations: application, measurement, shape of the input, runs, upkeep and review."""

from decimal import Decimal
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.board.forms.register_rows import procedure_field
from todoke.design.date_fields import DateField, DateTimeField
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.organization.permissions import departments_of
from todoke.spreadsheets.column_difference import TableShape
from todoke.systems.automations.input_file import read_shape
from todoke.systems.models import Automation, AutomationRun

MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"})
MOST = 1_000_000


class AutomationForm(forms.ModelForm[Automation]):
    """A new automation of the person's section."""

    procedure = procedure_field(required=False)

    class Meta:
        model = Automation
        fields = [
            "code", "title", "kind", "owner", "deputy", "procedure", "flow_step", "data_class", "zone",
            "approved_environment", "fallback", "reads_file", "by_position", "unit", "promised_minutes", "cycle",
            "weekday", "day_of_month", "due_time", "grace_minutes",
        ]  # fmt: skip
        widgets = {"due_time": forms.TimeInput(attrs={"type": "time"}), "fallback": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Post.objects.filter(department__in=departments_of(user)).select_related("department")
        for name in ("owner", "deputy"):
            self.fields[name].queryset = own  # type: ignore[attr-defined] # a field of choices among rows


class BaselineForm(forms.Form):
    """How long one unit takes by hand."""

    observed = forms.IntegerField(label="測った件数", min_value=1, max_value=MOST)
    median_minutes = forms.DecimalField(
        label="1件あたりの分(中央値)", min_value=Decimal("0.01"), max_digits=7, decimal_places=2
    )
    measured_on = DateField(label="測った日", initial=today)
    method = forms.CharField(label="測り方", max_length=200, help_text="例: 担当2人が1週間、1件ごとに開始と終了を記録")


class ShapeForm(forms.Form):
    """The columns that the input has: a file of it, or their names."""

    table = forms.FileField(
        label="見本の表", required=False, help_text="CSV か Excel。見出しだけを読み、中身は残しません。"
    )
    columns = forms.CharField(
        label="列の名前", required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="表を選ばないとき。1行に1つ、表の並びのとおりに。",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("table") and not given.get("columns"):
            raise forms.ValidationError("見本の表を選ぶか、列の名前を書いてください。")
        return given

    def shape(self, automation: Automation) -> TableShape:
        """Return the shape. Raises Unreadable."""
        if not self.cleaned_data["table"]:
            return TableShape.of(self.cleaned_data["columns"].split("\n"))
        with NamedTemporaryFile() as file:
            file.write(self.cleaned_data["table"].read())
            file.flush()
            return read_shape(Path(file.name), automation)


class RunForm(forms.Form):
    """A run that a person reports."""

    started_at = DateTimeField(label="開始", widget=MOMENT)
    ended_at = DateTimeField(label="終了", widget=MOMENT)
    outcome = forms.ChoiceField(
        label="結果", choices=[each for each in AutomationRun.Outcome.choices if each[0] in AutomationRun.ENDS]
    )
    units = forms.IntegerField(label="処理した件数", min_value=0, max_value=MOST)
    exceptions = forms.IntegerField(label="例外の件数", min_value=0, max_value=MOST, initial=0)
    human_minutes = forms.IntegerField(label="人がかけた分(確認や手直し)", min_value=0, max_value=MOST, initial=0)


class UpkeepForm(forms.Form):
    """Minutes spent on the automation itself."""

    day = DateField(label="日", initial=today)
    minutes = forms.IntegerField(label="かかった分", min_value=1, max_value=MOST)
    what = forms.CharField(label="したこと", max_length=200, help_text="例: 画面が変わったので手順を直した")


class ReviewForm(forms.Form):
    """What a review found, and when the next one is."""

    finding = forms.CharField(label="結果", max_length=300)
    review_on = DateField(label="次に見直す日", help_text="きょうから12か月以内。")


class StopForm(forms.Form):
    """Why an automation is stopped."""

    reason = forms.CharField(label="止める理由", max_length=300)
