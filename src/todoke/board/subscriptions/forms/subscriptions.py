"""Form of a decision on a tool 採否."""

from django import forms

from todoke.approvals.models import Proposal
from todoke.systems.models import ToolDecision


class DecisionForm(forms.Form):
    """What was decided, why, and by which proposal."""

    kind = forms.ChoiceField(label="採否", choices=ToolDecision.Kind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", max_length=300)
    proposal = forms.CharField(label="起案番号", max_length=20, required=False, help_text="決裁を受けたとき。")

    def clean_proposal(self) -> Proposal | None:
        number = self.cleaned_data["proposal"].strip()
        found = Proposal.objects.filter(number=number).first()
        if number and found is None:
            raise forms.ValidationError("この番号の起案はありません。番号を確かめるか、空けてください。")
        return found
