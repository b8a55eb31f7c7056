"""決裁の入力: what people choose and write about proposals."""

from django import forms

from todoke.approvals.models import Proposal
from todoke.office.approvals.proposal_list import SORTS, VIEWS, Wish


class ProposalFilter(forms.Form):
    """The conditions of the list; what makes no sense is left out rather than refused."""

    q = forms.CharField(label="番号・件名", max_length=100, required=False)
    status = forms.ChoiceField(label="状態", required=False, choices=[("", "すべて"), *Proposal.Status.choices])

    def wish(self) -> Wish:
        """Return the conditions as they were understood."""
        self.is_valid()
        view, sort = self.data.get("view", ""), self.data.get("sort", "")
        return Wish(
            view=view if view in VIEWS else "waiting",
            words=self.cleaned_data.get("q", "").strip(),
            status=self.cleaned_data.get("status", ""),
            sort=sort if sort.removeprefix("-") in SORTS else "",
            after=self.data.get("after", ""),
        )


class OpinionForm(forms.Form):
    """An approval: the hash of what was on the screen, and words if there are any."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    opinion = forms.CharField(label="意見", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class ReasonForm(forms.Form):
    """An act that says why."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
