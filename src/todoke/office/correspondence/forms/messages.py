"""Forms of messages to applicants, and of opinions between departments."""

from typing import Any

from django import forms

from todoke.cases.models import Case
from todoke.design.bound_choices import set_queryset
from todoke.design.date_fields import DateField
from todoke.organization.models import Department


class MessageForm(forms.Form):
    """A message to the applicant."""

    text = forms.CharField(
        label="申請者に伝えること",
        help_text="申請者の状況のページに出ます。メールには、連絡があることだけを書きます。",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class OpinionForm(forms.Form):
    """Question, department and due date."""

    department = forms.ModelChoiceField(Department.objects.none(), label="照会先の部署")
    question = forms.CharField(
        label="照会の内容",
        help_text="照会先には、この内容と手続の名前だけが見えます。申請の内容や氏名は、必要なものだけを書いてください。",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = DateField(label="回答の期限", required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Department.objects.filter(posts__tenures__isnull=False).exclude(pk=case.department_id)
        set_queryset(self, "department", others.distinct())


class AnswerForm(forms.Form):
    """The answer of the department."""

    answer = forms.CharField(label="回答", max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))
