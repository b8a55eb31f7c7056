"""来庁の用件: what people come for, by which ways, when they are received, and by how many."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.bookings.hall_setup import frame_lines
from todoke.bookings.permissions import MANAGE_BOOKINGS
from todoke.organization.models import Department
from todoke.reception.models import Visit
from todoke.reception.visits.visit_setup import VisitSetup

MOST = 50
"""Officers or places of a section."""


class PurposeForm(forms.Form):
    """One purpose of a section with its times."""

    department = forms.ModelChoiceField(Department.objects.none(), label="担当部署", empty_label=None)
    title = forms.CharField(label="用件の名称", max_length=60, help_text="住民のページに出ます。例: 保育園の相談")
    minutes = forms.IntegerField(label="1件の時間(分)", min_value=5, max_value=480, initial=30)
    modes = forms.MultipleChoiceField(
        label="方法", choices=Visit.Mode.choices, widget=forms.CheckboxSelectMultiple, initial=["desk"]
    )
    lead_days = forms.IntegerField(label="何開庁日前まで受けるか", min_value=0, max_value=30, initial=1)
    times = forms.CharField(
        label="受け付ける時間", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        initial="午前、9:00、12:00、月火水木金\n午後、13:00、16:00、月火水木金",
        help_text="1行に1つ書きます。開庁しない日には、ひとりでに受け付けません。",
    )  # fmt: skip
    officers = forms.IntegerField(label="同時に応対できる担当者(人)", initial=1, min_value=0, max_value=MOST)
    desks = forms.IntegerField(label="相談窓口の数", initial=1, min_value=0, max_value=MOST)
    screens = forms.IntegerField(label="オンラインの席の数", initial=0, min_value=0, max_value=MOST)
    language = forms.CharField(
        label="通訳",
        max_length=30,
        required=False,
        help_text="通訳が要る人を受けるときだけ書きます。例: 手話、ベトナム語",
    )
    papers = forms.CharField(label="持ち物", max_length=300, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [each.pk for each in MANAGE_BOOKINGS.departments_of(user)]
        self.fields["department"].queryset = Department.objects.filter(pk__in=mine)  # type: ignore[attr-defined]

    def setup(self) -> VisitSetup:
        """Return the purpose as it was typed. Raises UnreadableSetup for a line of times that cannot be read."""
        typed = {name: each for name, each in self.cleaned_data.items() if name != "department"}
        return VisitSetup(**{**typed, "times": frame_lines(typed["times"])})
