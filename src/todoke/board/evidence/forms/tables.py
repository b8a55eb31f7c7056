"""集計表と図の入力欄."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.design.date_fields import DateField
from todoke.design.forms import mark_required_when
from todoke.insights.models import Dashboard, SavedChart
from todoke.insights.permissions import KEEP_TABLE
from todoke.insights.tables.chart_question import DRAWINGS, FIGURES, MOST_FILTERS, OPERATORS, STEPS
from todoke.japanese.calendar import today
from todoke.organization.models import Department

DATE = forms.DateInput(attrs={"type": "date"})
KEPT_FOR = timedelta(days=365)


def own_department(user: User, label: str) -> "forms.ModelChoiceField[Department]":
    """Return the field of a section of the person, chosen already where there is one."""
    own = KEEP_TABLE.departments_of(user)
    rows = Department.objects.filter(pk__in=[each.pk for each in own])
    return forms.ModelChoiceField(rows, label=label, initial=own[0] if own else None)


class TableFileForm(forms.Form):
    """集計表の取込"""

    file = forms.FileField(
        label="表(Excel または CSV)",
        help_text="1行目を見出しにしてください。20MB、20万行までです。",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )
    title = forms.CharField(label="表の名前", max_length=150)
    source = forms.CharField(label="出典", max_length=200, help_text="だれが、何で数えたものですか。")
    as_of = DateField(label="基準日", widget=DATE, help_text="いつの時点の値ですか。")
    is_of_people = forms.BooleanField(
        label="一行が一人(または一世帯)の表です", required=False,
        help_text="5人未満の区分と、そこから引き算で分かる区分は表示しません。",
    )  # fmt: skip
    person_column = forms.CharField(
        label="個人を表す番号の見出し", required=False, max_length=100,
        help_text="同じ人が何行にも出る表のとき、その番号の列の見出しを書きます。",
    )  # fmt: skip
    expires_on = DateField(
        label="消す日", widget=DATE, help_text="この日を過ぎると、中身を消します。図の題名と定義は残ります。"
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = own_department(user, "所管の部署")
        self.fields["expires_on"].initial = today() + KEPT_FOR


class ExploreForm(forms.Form):
    """表を見る: every choice of the question; sent by GET, so that the address is the question."""

    by = forms.ChoiceField(label="何ごとに見ますか")
    figure = forms.ChoiceField(label="何を計算しますか", choices=FIGURES.items(), required=False)
    of = forms.ChoiceField(label="計算する数の項目", required=False)
    over = forms.ChoiceField(label="割合の分母の項目", required=False)
    also = forms.ChoiceField(label="さらに分ける項目", required=False)
    step = forms.ChoiceField(label="日の項目のまとめ方", choices=STEPS.items(), required=False, initial="month")
    drawing = forms.ChoiceField(label="図の形", choices=DRAWINGS.items(), required=False)

    def __init__(self, *args: Any, kinds: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(name, name) for name, kind in kinds.items() if kind != "key"]
        numbers = [(name, name) for name, kind in kinds.items() if kind == "number"]
        self._choose("by", groups, empty=False)
        self._choose("also", groups)
        self._choose("of", numbers)
        self._choose("over", numbers)
        for n in range(1, MOST_FILTERS + 1):
            self.fields[f"column{n}"] = forms.ChoiceField(
                label=f"条件{n}の項目", choices=[("", "条件なし"), *groups], required=False
            )
            self.fields[f"value{n}"] = forms.CharField(label=f"条件{n}の値", required=False, max_length=100)
            self.fields[f"operator{n}"] = forms.ChoiceField(
                label=f"条件{n}の比べ方",
                choices=[(key, f"値{words}") for key, words in OPERATORS.items()],
                required=False,
            )
        mark_required_when(self, {"of": "合計・平均・中央値・割合のとき必要", "over": "割合のとき必要"})

    def _choose(self, name: str, choices: list[tuple[str, str]], *, empty: bool = True) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "なし"), *choices] if empty else choices


class NameForm(forms.Form):
    """図の命名: the words that cannot be left off."""

    title = forms.CharField(label="題名", max_length=150)
    definition = forms.CharField(label="定義(何を数えたか)", max_length=300)
    denominator = forms.CharField(
        label="分母(何のうち)", max_length=200, help_text="割合でないときも「割合ではないため、なし」のように書きます。"
    )
    base_day = forms.CharField(label="基準日", max_length=60)
    source = forms.CharField(label="出典", max_length=200)


class ShareForm(forms.Form):
    """図の共有: an own dashboard, or a new one."""

    dashboard = forms.ModelChoiceField(Dashboard.objects.none(), label="載せるダッシュボード", required=False)
    title = forms.CharField(label="新しいダッシュボードの題名", max_length=100, required=False)
    audience = forms.ChoiceField(
        label="新しいダッシュボードを見られる人", choices=Dashboard.Audience.choices, required=False, initial="section"
    )

    def __init__(self, *args: Any, user: User, chart: SavedChart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Dashboard.objects.filter(department__in=KEEP_TABLE.departments_of(user))
        field = self.fields["dashboard"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = own.exclude(tiles__chart=chart)
        self.fields["department"] = own_department(user, "新しいダッシュボードの所管")
        mark_required_when(self, {"title": "新しくつくるとき必要", "dashboard": "いまあるものに載せるとき必要"})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("dashboard") and not (cleaned.get("title") or "").strip():
            self.add_error("title", "載せるダッシュボードを選ぶか、新しい題名を書いてください。")
        return cleaned
