"""Forms of drawn templates: one box of a blank form, or the □ of its choices."""

import re
from typing import Any

from django import forms

from todoke.formbuilder.publication.paper_form import PaperField
from todoke.japanese.parsers import to_half_width
from todoke.scans.models import ScanTemplateDraft
from todoke.scans.printed_form import around, type_of
from todoke.scans.recognition.field_types import NEVER_AUTO, POLICY_LABELS, Policy
from todoke.scans.recognition.page_registration import Box
from todoke.scans.template_fields import Mark, TemplateField

_NUMBER = r"(\d{1,3}(?:\.\d{1,2})?)"
_BOX = re.compile(rf"{_NUMBER}[ ,]{_NUMBER}[ ,]{_NUMBER}[ ,]{_NUMBER}")
HELP = "左上からのミリで、横・縦・幅・高さ。画像の上で囲むと入ります。例 70 80.5 60 9"


class BoxField(forms.CharField):
    """枠: four numbers in millimetres."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=40, widget=forms.TextInput({"data-box": "", "autocomplete": "off"}), **more)

    def clean(self, value: Any) -> Box:
        found = _BOX.fullmatch(" ".join(to_half_width(super().clean(value)).split()))
        if found is None:
            raise forms.ValidationError("横・縦・幅・高さの四つの数を、空白で区切って入れてください。例 70 80.5 60 9")
        return Box(*(float(number) for number in found.groups()))


def _text(box: Box) -> str:
    return " ".join(f"{number:g}" for number in (box.x, box.y, box.width, box.height))


class DrawnFieldForm(forms.Form):
    """The page and the box of one field, or a □ for each of its choices."""

    page = forms.IntegerField(label="ページ", min_value=1, max_value=12)
    policy = forms.ChoiceField(label="確認のしかた")

    def __init__(self, draft: ScanTemplateDraft, asked: PaperField, data: Any = None) -> None:
        drawn = next((field for field in draft.fields if field.key == asked.key), None)
        first: dict[str, Any] = {"page": drawn.page if drawn else 1, "policy": drawn.policy if drawn else Policy.CHECK}
        super().__init__(data, initial=first)
        self.asked = asked
        self.kind = type_of(asked.hint, has_marks=bool(asked.choices), several=asked.several)
        policies = [policy for policy in Policy if policy is not Policy.AUTO or self.kind not in NEVER_AUTO]
        self.fields["policy"].choices = [(policy.value, POLICY_LABELS[policy]) for policy in policies]  # type: ignore[attr-defined] # of a choice
        known = {mark.value: mark.box for mark in drawn.marks} if drawn else {}
        if not asked.choices:
            self.fields["box"] = BoxField(label="枠", help_text=HELP, initial=_text(drawn.box) if drawn else "")
        for number, (value, label) in enumerate(asked.choices):
            box = known.get(value)
            self.fields[f"box-{number}"] = BoxField(
                label=f"「{label}」の□", help_text=HELP, initial=_text(box) if box else ""
            )

    def drawn(self) -> TemplateField:
        """Return the field."""
        given, asked = self.cleaned_data, self.asked
        marks = tuple(Mark(value, label, given[f"box-{number}"]) for number, (value, label) in enumerate(asked.choices))
        box = around([mark.box for mark in marks]) if marks else given["box"]
        return TemplateField(
            asked.key, asked.title, self.kind, given["page"], box, asked.required, Policy(given["policy"]), marks
        )
