"""問合せの入力: what a clerk enters while somebody is on the line, by keyboard alone."""

from typing import Any

from django import forms

from todoke.design.identifier_field import IdentifierField
from todoke.guidance.models import Contact, ContactThread, ContactTopic
from todoke.guidance.models.contact import Noted
from todoke.organization.models import Department


class ContactForm(forms.Form):
    """A contact; the topic is found by typing its first letters, Enter records it."""

    topic = forms.ModelChoiceField(
        ContactTopic.objects.all(), label="種類", widget=forms.Select(attrs={"autofocus": True})
    )
    outcome = forms.ChoiceField(label="結果", choices=Contact.Outcome.choices)
    first_time = forms.ChoiceField(
        label="初めての問合せか", choices=Contact.FirstTime.choices, initial=Contact.FirstTime.UNKNOWN
    )
    number = IdentifierField(
        ContactThread.objects.all(), label="用件の番号", to_field_name="number", required=False,
        help_text="前の問合せの続きのときだけ。数字8桁です。",
        error_messages={"invalid_choice": "この番号の用件はありません。番号を確かめるか、空けたまま記録してください。"},
    )  # fmt: skip
    channel = forms.ChoiceField(label="経路", choices=Contact.Channel.choices, initial=Contact.Channel.PHONE)
    handed_to = forms.ModelChoiceField(
        Department.objects.all(), label="取次先", to_field_name="code", required=False,
        help_text="結果が「取次」のときだけ選びます。",
    )  # fmt: skip
    note = forms.CharField(
        label="メモ", max_length=200, required=False, help_text="名前と電話番号は残りません。90日で消えます。"
    )

    def noted(self) -> Noted:
        given: dict[str, Any] = self.cleaned_data
        names = ("topic", "channel", "outcome", "first_time", "handed_to", "note")
        return Noted(**{name: given[name] for name in names})


class TopicForm(forms.ModelForm[ContactTopic]):
    """A kind of contact with its reading, by which it is found."""

    class Meta:
        model = ContactTopic
        fields = ("name", "kana", "department")
