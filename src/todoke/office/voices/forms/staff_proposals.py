"""Forms of 職員提案: shape only."""

from typing import Any

from django import forms

from todoke.meetings.models import Meeting
from todoke.organization.models import Department
from todoke.voices.models import EffectMeasurement, ProposalCall, ProposalVerdict, StaffProposal

DAY = forms.DateInput(attrs={"type": "date"})
LINES = forms.Textarea(attrs={"rows": 3})


class ProposalCallForm(forms.ModelForm):  # type: ignore[type-arg] # no argument at run time
    """A call for proposals."""

    class Meta:
        model = ProposalCall
        fields = ("title", "guidance", "body", "opens_on", "closes_on", "allows_anonymous")
        widgets = {"opens_on": DAY, "closes_on": DAY}


class StaffProposalForm(forms.ModelForm):  # type: ignore[type-arg] # no argument at run time
    """A proposal with what it would save."""

    class Meta:
        model = StaffProposal
        fields = ("mode", "title", "problem", "remedy", "minutes", "times")
        widgets = {"mode": forms.RadioSelect, "problem": LINES, "remedy": LINES}
        help_texts = {
            "mode": "どれを選んでも、審査する人に名前は出ません。匿名を選ぶと、あなたの名前はどこにも残りません。",
            "minutes": "分からないときは空けておきます。",
        }

    def __init__(self, *args: Any, call: ProposalCall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        modes = [each for each in StaffProposal.Mode.choices if call.allows_anonymous or each[0] != "anonymous"]
        self.fields["mode"].choices = modes  # type: ignore[attr-defined]  # a choice field


class LotsForm(forms.Form):
    """How many proposals each lot has."""

    sizes = forms.RegexField(
        r"^\s*\d+(\s*[,、]\s*\d+)*\s*$", label="まとまりごとの件数", required=False,
        help_text="例: 5、5、4、4、5。空けておくと、5件までに均等に分けます。",
    )  # fmt: skip

    def numbers(self) -> list[int]:
        """Return the sizes."""
        return [int(each) for each in self.cleaned_data["sizes"].replace("、", ",").split(",") if each.strip()]


class WordsForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class InquiryForm(forms.Form):
    """Which section is asked for its view."""

    department = forms.ModelChoiceField(label="所管の部署", queryset=Department.objects.all())


class StatementForm(forms.Form):
    """The view of a section."""

    text = forms.CharField(label="所管の意見", max_length=2000, widget=LINES)


class MeetingForm(forms.Form):
    """A planned meeting of the body."""

    meeting = forms.ModelChoiceField(label="会議", queryset=Meeting.objects.none())

    def __init__(self, *args: Any, proposal: StaffProposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = proposal.call.body.meetings.all()  # type: ignore[attr-defined]


class VerdictForm(MeetingForm):
    """What a meeting said."""

    outcome = forms.ChoiceField(label="結果", choices=ProposalVerdict.Outcome.choices, widget=forms.RadioSelect)
    words = forms.CharField(label="会議の言葉", max_length=2000, widget=LINES)
    condition = forms.CharField(label="条件(条件つきのとき)", max_length=300, required=False)
    review_on = forms.DateField(label="条件を確かめる日", widget=DAY, required=False)


class MeasurementForm(forms.ModelForm):  # type: ignore[type-arg] # no argument at run time
    """Minutes before and after."""

    class Meta:
        model = EffectMeasurement
        fields = (
            "source", "minutes_before", "number_before", "before_on", "minutes_after", "number_after", "after_on",
            "times", "times_source",
        )  # fmt: skip
        widgets = {"before_on": DAY, "after_on": DAY}
