"""Form of a decision on a tool 採否."""

from django import forms

from todoke.approvals.models import Proposal
from todoke.design.identifier_field import IdentifierField
from todoke.systems.models import ToolDecision


class DecisionForm(forms.Form):
    """What was decided, why, and by which proposal."""

    kind = forms.ChoiceField(label="採否", choices=ToolDecision.Kind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label="理由", max_length=300)
    proposal = IdentifierField(
        Proposal.objects.all(), label="起案番号", to_field_name="number", required=False,
        help_text="決裁を受けたとき。",
        error_messages={"invalid_choice": "この番号の起案はありません。番号を確かめるか、空けてください。"},
    )  # fmt: skip
