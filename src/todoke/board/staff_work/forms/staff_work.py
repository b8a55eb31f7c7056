"""Forms of promotion members and telework trials."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.design.date_fields import DateField
from todoke.japanese.calendar import today
from todoke.organization.models import Department
from todoke.workforce.models import TeleworkComment
from todoke.workforce.section_members import members_of, staff_on


class NominationForm(forms.Form):
    """A colleague of the section, with the hours beside the other work."""

    person = forms.ModelChoiceField(User.objects.none(), label="職員", to_field_name="email", empty_label=None)
    hours = forms.IntegerField(label="兼務の時間(月あたり)", min_value=1, max_value=160, initial=4)

    def __init__(self, *args: Any, department: Department, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = [user.pk for user in members_of(department, today())]
        self.fields["person"].queryset = User.objects.filter(pk__in=here)  # type: ignore[attr-defined] # declared above


class HandoverForm(forms.Form):
    """What a member leaves open."""

    open_points = forms.CharField(label="続いていること、約束したこと", max_length=2000, widget=forms.Textarea)


class TrialForm(forms.Form):
    """A trial of telework."""

    code = forms.SlugField(label="コード", max_length=40, help_text="半角の英数字で書きます。")
    title = forms.CharField(label="名称", max_length=100)
    starts_on = DateField(label="始まる日")
    ends_on = DateField(label="終わる日")
    next_call = DateField(label="次の募集", required=False)
    offered_instead = forms.CharField(
        label="できない人への代わりのもの", max_length=200, help_text="例: 時差出勤、集中できる部屋"
    )


class RuleForm(forms.Form):
    """What a week bears, and who stays in the office."""

    department = forms.ModelChoiceField(
        Department.objects.all(), label="部署", to_field_name="code", required=False, empty_label="全庁"
    )
    valid_from = DateField(label="始まる日")
    weekly_halves = forms.IntegerField(label="1週間の上限(半日の数)", min_value=1, max_value=14, initial=4)
    on_site = forms.IntegerField(label="出勤する人の下限", min_value=0, max_value=1000, initial=1)
    newcomer_months = forms.IntegerField(label="着任から出勤を基本とする月数", min_value=0, max_value=24, initial=0)
    source = forms.CharField(label="根拠", max_length=200)


class JoinForm(forms.Form):
    """Somebody who takes part, from a day on."""

    person = forms.ModelChoiceField(User.objects.none(), label="職員", to_field_name="email", empty_label=None)
    on = DateField(label="参加する日")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = staff_on(today()).order_by("kana", "pk")  # type: ignore[attr-defined] # above


class CommentForm(forms.Form):
    """What somebody says, without a name."""

    kind = forms.ChoiceField(label="種類", choices=TeleworkComment.Kind.choices)
    text = forms.CharField(label="声", max_length=400, help_text="お名前は残りません。")
