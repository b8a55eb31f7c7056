"""代理の申し出: form for who applies for whom, and on which authority."""

from django import forms
from django.utils.translation import gettext_lazy as _

from todoke.cases.models import Representation


class AgentForm(forms.Form):
    """Relation, name and authority of the representative."""

    kind = forms.ChoiceField(
        label=_("どのような立場ですか"),
        choices=Representation.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("立場を選んでください。")},
    )
    name = forms.CharField(
        label=_("あなたの氏名"),
        max_length=100,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": _("あなたの氏名を入力してください。")},
    )
    relation = forms.CharField(
        label=_("本人との関係"),
        max_length=50,
        help_text=_("例:子、配偶者、成年後見人、ケアマネジャー"),
        error_messages={"required": _("本人との関係を入力してください。")},
    )
    phone = forms.CharField(
        label=_("あなたの電話番号"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    authority = forms.CharField(
        label=_("代理の根拠"),
        max_length=200,
        help_text=_("例:委任状がある、戸籍で親子とわかる、登記事項証明書がある、本人がとなりにいる"),
        error_messages={"required": _("代理の根拠を入力してください。")},
    )
    agreed = forms.BooleanField(
        label=_("本人が、この申請をすることを知っていて、同意しています"),
        error_messages={"required": _("本人の同意を確かめて、チェックを入れてください。")},
    )
