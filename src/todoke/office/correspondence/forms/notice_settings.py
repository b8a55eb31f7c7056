"""知らせ方の設定の入力: how a person is told, and where the mails of a section go."""

from typing import Any

from django import forms

from todoke.notices.models import NoticePreference
from todoke.notices.models.office_notice import Way


class ClockField(forms.TimeField):
    """時刻: an hour and minute of the day."""

    widget = forms.TimeInput({"type": "time"}, format="%H:%M")


class NoticePreferenceForm(forms.Form):
    """知らせ方: when a person is mailed, and the hours without mails."""

    way = forms.ChoiceField(label="知らせ方", choices=Way.choices, widget=forms.RadioSelect)
    quiet_from = ClockField(label="メールを止める時刻", help_text="この時刻から、次の「再び送る時刻」まで送りません。")
    quiet_until = ClockField(
        label="メールを再び送る時刻", help_text="朝のまとめは、この時刻に届きます。閉庁日には送りません。"
    )

    @classmethod
    def of(cls, kept: NoticePreference, data: Any = None) -> "NoticePreferenceForm":
        """Return the form with what is stored."""
        facts = {"way": kept.way, "quiet_from": kept.quiet_from, "quiet_until": kept.quiet_until}
        return cls(data, initial=facts)


class DepartmentMailboxForm(forms.Form):
    """部署のメールボックス: the shared address of a section; empty for none."""

    email = forms.CharField(
        label="メールアドレス", max_length=254, required=False,
        help_text="部署で共用しているアドレス。空にすると、部署には送りません。",
    )  # fmt: skip
    way = forms.ChoiceField(label="知らせ方", choices=Way.choices[:2], initial=Way.AT_ONCE, widget=forms.RadioSelect)
