"""Forms of お題 and 投稿: shape only."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.organization.models import Department
from todoke.voices.models import Challenge, Idea
from todoke.voices.models.challenge import BANDS
from todoke.voices.models.idea import LONGEST, POLICY
from todoke.voices.permissions import MODERATE_IDEA

DAY = forms.DateInput(attrs={"type": "date"})
LINES = forms.Textarea(attrs={"rows": 3})


class ChallengeForm(forms.ModelForm):  # type: ignore[type-arg] # no argument at run time
    """A question."""

    class Meta:
        model = Challenge
        fields = ("question", "background", "can_decide", "department", "opens_on", "closes_on", "answer_by")
        widgets = {"background": LINES, "can_decide": LINES, "opens_on": DAY, "closes_on": DAY, "answer_by": DAY}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [each.pk for each in MODERATE_IDEA.departments_of(user)]
        self.fields["department"].queryset = Department.objects.filter(pk__in=own)  # type: ignore[attr-defined]


class PaperIdeaForm(forms.Form):
    """An idea on paper."""

    text = forms.CharField(label="文", max_length=LONGEST, widget=LINES)
    place = forms.CharField(label="場所", max_length=100, required=False)


class HidingForm(forms.Form):
    """The rule by which an idea is not shown."""

    rule = forms.ChoiceField(
        label="規約の番号", choices=[(number, f"{number}. {words}") for number, words in POLICY.items()]
    )
    reason = forms.CharField(label="非公開にする理由(投稿した人に見えます)", max_length=300)


class WhyForm(forms.Form):
    """Why an objection is right."""

    reason = forms.CharField(label="公開に戻す理由", max_length=300)


class FeedbackForm(forms.Form):
    """The next step of the answer."""

    to = forms.ChoiceField(label="回答")
    text = forms.CharField(label="回答の言葉(公表されます)", max_length=2000, required=False, widget=LINES)

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = [(each, Idea.Feedback(each).label) for each in Idea.Feedback.values
                     if each in Idea.FEEDBACK_NEXT[idea.feedback]]  # fmt: skip
        self.fields["to"].choices = following  # type: ignore[attr-defined]  # a choice field


class EndForm(forms.Form):
    """Which bands of age are joined before they are published once."""

    ages = forms.BooleanField(label="年代別の人数を公表する", required=False, initial=True)
    joins = forms.TypedMultipleChoiceField(
        label="前の年代とまとめる年代", coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(at, band) for at, band in enumerate([*BANDS, "答えない"]) if at],
        help_text="まとめるほど、伏せる年代が減ります。公表は一度だけです。",
    )  # fmt: skip
