"""公文書の入力."""

from django import forms

from todoke.approvals.models import Route
from todoke.records.models import Disposal, Ground

REASON = forms.CharField(label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class HoldForm(forms.Form):
    reason = REASON


class ExtensionForm(forms.Form):
    years = forms.IntegerField(label="延ばす年数", min_value=1, max_value=30)
    reason = REASON


class PassageForm(forms.Form):
    """The words of a document to redact, and the ground; no words: the whole document."""

    document = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.CharField(
        label="不開示にする言葉",
        max_length=1000,
        required=False,
        help_text="空のままなら、この文書の全部を不開示にします。",
    )
    ground = forms.ChoiceField(label="不開示の理由(条例)", choices=Ground.choices)


class DisposalForm(forms.Form):
    """Disposal of the selected files, and the approval route."""

    kind = forms.ChoiceField(label="区分", choices=Disposal.Kind.choices)
    route = forms.ModelChoiceField(Route.objects.all(), label="決裁ルート")
