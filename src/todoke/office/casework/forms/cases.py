"""Forms of the case pages."""

from collections.abc import Mapping
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.cases.assignment import assignable_names, assignable_users
from todoke.cases.models import Case, DecisionDraft
from todoke.design.bound_choices import set_choices, set_queryset
from todoke.design.date_fields import DateField


class AssignmentForm(forms.Form):
    """The person to assign a case to."""

    assignee = forms.ModelChoiceField(User.objects.none(), label="担当者", required=False, empty_label="未定")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            set_queryset(self, "assignee", assignable_users(user))
        else:
            set_choices(self, "assignee", [("", "未定"), *assignable_names(user)])


class HandoverForm(AssignmentForm):
    """Whose cases are transferred to whom."""

    person = forms.ModelChoiceField(User.objects.none(), label="引き継ぐもとの担当者")
    field_order = ("person", "assignee")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        held = Case.objects.in_office_of(user).open().exclude(assignee=None).values("assignee")
        set_queryset(self, "person", User.objects.filter(pk__in=held))
        self.fields["assignee"].label, self.fields["assignee"].required = "引き継ぐ相手", True


class NoteForm(forms.Form):
    """An internal note."""

    text = forms.CharField(label="内部メモ", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    """The reason of an action."""

    reason = forms.CharField(label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ExtensionForm(ReasonForm):
    """The extension in business days, and the reason."""

    days = forms.IntegerField(label="延ばす日数(開庁日)", min_value=1, max_value=120)
    field_order = ("days", "reason")


class ProposalForm(forms.Form):
    """The decision to propose; ``words`` are those of its outcomes for what was applied for."""

    outcome = forms.ChoiceField(label="決定の案", choices=DecisionDraft.Outcome.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="理由",
        help_text="却下するときと、一部だけ認めるときは、必ず書いてください。通知書にそのまま載ります。",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    takes_effect_on = DateField(label="効力の生じる日", help_text="空のときは決裁の日です。", required=False)
    urgent = forms.CharField(label="至急の理由", max_length=200, required=False)

    def __init__(self, *args: Any, words: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, "outcome", words.items())
