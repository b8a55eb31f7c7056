"""公文書の入力."""

from collections.abc import Iterable
from typing import Any

from django import forms

from todoke.approvals.models import Route
from todoke.cases.records.record_disposal import MATTER
from todoke.design.bound_choices import set_choices, set_queryset
from todoke.records.models import Disposal, Ground
from todoke.records.personal_items import PersonalItem

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


class ItemsForm(forms.Form):
    """The words of a document about persons to redact together, and the ground."""

    document = forms.IntegerField(widget=forms.HiddenInput)
    words = forms.MultipleChoiceField(
        label="いっしょに不開示にする言葉", widget=forms.CheckboxSelectMultiple,
        help_text="この文書に残っている、個人に関する言葉です。出してよいものは、印を外してください。",
    )  # fmt: skip
    ground = forms.ChoiceField(label="不開示の理由(条例)", choices=Ground.choices)

    def __init__(self, *args: Any, items: Iterable[PersonalItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(items)
        set_choices(self, "words", [(item.words, f"{item.label}: {item.words}") for item in found])
        self.initial.setdefault("words", [item.words for item in found])


class TakingBackForm(forms.Form):
    """Which passage of which document is disclosed again; without a place, the whole document."""

    document = forms.IntegerField(min_value=0)
    start = forms.IntegerField(min_value=0, required=False)


class DisposalForm(forms.Form):
    """Disposal of the selected files, and the approval route."""

    kind = forms.ChoiceField(label="区分", choices=Disposal.Kind.choices)
    route = forms.ModelChoiceField(Route.objects.none(), label="決裁ルート", empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "route", Route.objects.fitting(MATTER))
