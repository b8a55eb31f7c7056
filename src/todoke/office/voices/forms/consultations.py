"""Forms of the pages of 意見募集: shape only."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html

from todoke.accounts.models import User
from todoke.approvals.models import Route
from todoke.organization.models import Department
from todoke.plans.models import Plan
from todoke.systems.models import Incident
from todoke.voices.arrival import Basis, Channel
from todoke.voices.models import CommentGroup, Consultation, ConsultationRule
from todoke.voices.permissions import RUN_CONSULTATION

DAY = forms.DateInput(attrs={"type": "date"})


class ConsultationForm(forms.ModelForm):  # type: ignore[type-arg] # no argument at run time
    """What a consultation says before its notice."""

    class Meta:
        model = Consultation
        fields = (
            "title", "outline", "rule", "department", "plan", "route", "opens_on", "closes_on", "closed_day_choice",
            "short_reason", "viewing_places",
        )  # fmt: skip
        widgets = {"opens_on": DAY, "closes_on": DAY}
        help_texts = {
            "closed_day_choice": "最終日が閉庁日のときに選びます。公示に載ります。",
            "short_reason": "根拠の下限より短いときに書きます。公示に載ります。",
            "route": "区の考え方を決裁に回すときに使います。後から選べます。",
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        own = Department.objects.filter(pk__in=[each.pk for each in RUN_CONSULTATION.departments_of(user)])
        rows = {"rule": ConsultationRule.objects.in_force(), "department": own, "plan": Plan.objects.all(),
                "route": Route.objects.all()}  # fmt: skip
        self.fields["rule"].help_text = format_html(
            '区の要綱や条例の版です。ここにないときは、文書法規担当が<a href="{}">根拠のページ</a>で登録します。',
            reverse("office:consultation-rules"),
        )
        for name, found in rows.items():
            self.fields[name].queryset = found  # type: ignore[attr-defined]  # a choice of rows


class EndingForm(forms.Form):
    """Words that are published: a summary of the result, or why there is none."""

    words = forms.CharField(
        label="結果のまとめ(公表されます)", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AbandonmentForm(forms.Form):
    """Why the draft is given up."""

    reason = forms.CharField(
        label="策定しない理由(公表されます)", max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ExtensionForm(forms.Form):
    """A longer period, with its reason and the incident that it makes good."""

    after = forms.DateField(label="新しい最終日", widget=DAY)
    reason = forms.CharField(label="延長の理由(公示されます)", max_length=300)
    incident: forms.ModelChoiceField[Incident] = forms.ModelChoiceField(
        label="もとになった障害", queryset=None, required=False, empty_label="障害によらない"
    )

    def __init__(self, *args: Any, of: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        web = of.channel_terms().get(Channel.WEB)
        found = Incident.objects.filter(system=web.system_id) if web and web.system_id else Incident.objects.none()
        self.initial.setdefault("incident", web.hindering_incident() if web else None)
        self.fields["incident"].queryset = found.order_by("-detected_at")  # type: ignore[attr-defined]  # of rows


class ChannelTermsForm(forms.Form):
    """By what post is judged."""

    basis = forms.ChoiceField(label="郵送の期限の考え方", choices=Basis.choices, widget=forms.RadioSelect)
    arrival_limit = forms.DateField(label="到着の期限(消印有効のとき)", widget=DAY, required=False)
    reason = forms.CharField(label="直す理由", max_length=300)


class TextForm(forms.Form):
    """The whole draft in one field: a line that begins with a hash is the heading of the next clause."""

    draft = forms.CharField(
        label="案の全文", max_length=200_000, widget=forms.Textarea(attrs={"rows": 16}),
        help_text="段落の見出しの行は、■で始めてください。例: ■1 駐輪場。見出しの次の行から、その段落の文です。",
    )  # fmt: skip

    def clauses(self) -> list[tuple[str, str, str]]:
        """Return number, heading and text of each clause."""
        found: list[tuple[str, str, str]] = []
        for part in ("\n" + self.cleaned_data["draft"].replace("\r\n", "\n")).split("\n■"):
            head, _, body = part.partition("\n")
            number, _, heading = head.strip().replace("\u3000", " ").partition(" ")
            if body.strip() or head.strip():
                found.append((number[:20], heading.strip()[:150], body.strip() or head.strip()))
        return found


class CauseForm(forms.Form):
    """Why a clause is changed: the answer that asks for it, or the office's own reason."""

    group: forms.ModelChoiceField[CommentGroup] = forms.ModelChoiceField(
        label="もとになった意見のまとまり", queryset=None, required=False
    )
    reason = forms.CharField(label="意見によらないときは、区が自ら直す理由", max_length=400, required=False)

    def __init__(self, *args: Any, of: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        self.fields["group"].queryset = of.groups.filter(response__kind="changed")  # type: ignore[attr-defined]

    def cause(self) -> dict[str, Any]:
        """Return the answer or the reason."""
        group: CommentGroup | None = self.cleaned_data["group"]
        return {"response": group.response if group else None, "reason": self.cleaned_data["reason"]}


class ChangeForm(CauseForm):
    """A changed clause."""

    body = forms.CharField(label="決定する文", widget=forms.Textarea(attrs={"rows": 4}))
    seen = forms.CharField(widget=forms.HiddenInput)
    field_order = ("body", "seen", "group", "reason")


class RemovalForm(CauseForm):
    """A clause that is left out."""

    seen = forms.CharField(widget=forms.HiddenInput)


class AdditionForm(CauseForm):
    """A new clause, and behind which one it stands."""

    behind = forms.ChoiceField(label="どの段落の後に加えるか", required=False)
    number = forms.CharField(label="番号", max_length=20, required=False)
    heading = forms.CharField(label="見出し", max_length=150, required=False)
    body = forms.CharField(label="加える文", widget=forms.Textarea(attrs={"rows": 4}))
    field_order = ("behind", "number", "heading", "body", "group", "reason")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["behind"].choices = [("", "案の始め"), *places]  # type: ignore[attr-defined]  # a choice field
