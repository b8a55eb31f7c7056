"""Form of a stop flag: the protected person, and until when."""

from datetime import date
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.cases.models.querysets import departments_worked_in
from todoke.design.bound_choices import set_queryset
from todoke.design.date_fields import DateField
from todoke.japanese.calendar import today
from todoke.organization.models import Department


class FlagForm(forms.Form):
    """A person whose name holds every letter."""

    name = forms.CharField(label="氏名", help_text="姓と名を続けて、または空白で区切って入力します。", max_length=200)
    born_on = DateField(
        label="生年月日",
        required=False,
        help_text="書くと、申請書の生年月日が違う同姓同名の人の案件は止まりません。分からないときは、名前だけで止めます。",
    )
    department = forms.ModelChoiceField(Department.objects.none(), label="担当部署", empty_label=None)
    starts_on = DateField(label="開始日")
    ends_on = DateField(
        label="終了日", help_text="支援の期間は、申し出からおおむね1年です。延ばすときは、新しく登録します。"
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_queryset(self, "department", departments_worked_in(user).distinct())
        day = today()
        self.initial.setdefault("starts_on", day)
        self.initial.setdefault("ends_on", date(day.year + 1, day.month, min(day.day, 28)))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("starts_on") and given.get("ends_on") and given["ends_on"] < given["starts_on"]:
            self.add_error("ends_on", "終了日は、開始日より後の日にしてください。")
        return given
