"""記入用紙の入力欄: model form of any register row."""

from typing import Any

from django import forms
from django.db import models
from django.forms import modelform_factory

from todoke.audit.audited_rows import version_token
from todoke.board.register_forms import RegisterForm
from todoke.design.forms import mark_required_when
from todoke.design.identifier_field import IdentifierField
from todoke.procedures.models import Procedure

HELP = {
    "code": "英小文字、数字、ハイフンで書きます。あとから番地に使います。",
    "rise_reason": "前の年から1割以上増えたときは、理由を書いてください。",
    "decision_reason": "更改・廃止のときは、理由が必要です。",
    "hours": "契約に書かれていないときは、空のままにしてください。",
    "weight": "1 はすべて、0.5 は半分の機能が止まったことを表します。",
    "clause": "契約書・合意書の条項の番号です。",
    "evidence": "資料名、ページ、写真など、あとで確かめられるものを書いてください。",
    "not_applicable_reason": "対象外のときは、理由が必要です。",
    "missing_reason": "値がないときは、理由を書いてください。",
}


REQUIRED_WHEN = {
    "rise_reason": "1割以上増えたとき必要",
    "decision_reason": "更改・廃止のとき必要",
    "not_applicable_reason": "対象外のとき必要",
    "planned_year": "対象外でないとき必要",
    "evidence": "済んだ日・到達日を書くとき必要",
    "opens": "個別に定める時間のとき必要",
    "closes": "個別に定める時間のとき必要",
}


class WeekdaysField(forms.MultipleChoiceField):
    """曜日: the chosen weekdays, kept as digits from 0 for Monday."""

    def __init__(self, **kwargs: Any) -> None:
        days = [(str(place), f"{day}曜日") for place, day in enumerate("月火水木金土日")]
        super().__init__(choices=days, widget=forms.CheckboxSelectMultiple, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return list(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return "".join(sorted(super().clean(value)))


def procedure_field(*, required: bool = True) -> IdentifierField:
    """Return the field of one procedure by its number."""
    return IdentifierField(
        Procedure.objects.all(), to_field_name="number", label="手続番号", required=required,
        help_text="台帳の番号(P-000123 の形)を書きます。",
        error_messages={"invalid_choice": "この番号の手続は台帳にありません。手続の一覧で番号を確かめてください。"},
    )  # fmt: skip


def _field(field: models.Field[Any, Any], **kwargs: Any) -> forms.Field | None:
    if field.name == "weekdays":
        return WeekdaysField(label="曜日", help_text="約束する曜日を選んでください。")
    if isinstance(field, models.DateTimeField):
        kwargs["widget"] = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    elif isinstance(field, models.DateField):
        kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    elif isinstance(field, models.TimeField):
        kwargs["widget"] = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    elif isinstance(field, models.ManyToManyField):
        kwargs["widget"] = forms.CheckboxSelectMultiple()
    elif isinstance(field, models.TextField):
        kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
    elif isinstance(field, models.ForeignKey) and field.remote_field.model is Procedure:
        return procedure_field()
    return field.formfield(**kwargs, help_text=HELP.get(field.name, ""))


def form_for(
    sheet: RegisterForm, owner: models.Model | None, row: models.Model, data: Any = None
) -> "forms.ModelForm[models.Model]":
    """Return the form of a row; ``seen`` is the version token of the row as loaded."""
    made = modelform_factory(sheet.model, form=sheet.form, fields=sheet.fields, formfield_callback=_field)
    seen = version_token(row)
    form = made(data, instance=row, label_suffix="")
    for name, path in sheet.limits.items():
        choices = form.fields[name]
        if isinstance(choices, forms.ModelChoiceField) and choices.queryset is not None:
            choices.queryset = choices.queryset.filter(**{path: owner})
    optional = {
        name: when for name, when in REQUIRED_WHEN.items() if name in form.fields and not form.fields[name].required
    }
    mark_required_when(form, optional)
    form.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False, initial=seen)
    return form


class RemovalForm(forms.Form):
    """取消しの理由: the reason of a removal."""

    reason = forms.CharField(label="取り消す理由", max_length=200)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
