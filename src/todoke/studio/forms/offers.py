"""Forms of the service pages: offers, releases, and opening times."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from todoke.approvals.models import Route
from todoke.design.bound_choices import set_choices, set_queryset
from todoke.formbuilder.models import FormVersion
from todoke.offers.models import FeeExemption, FeeLine, LetterText, Offer, Release
from todoke.organization.models import Department
from todoke.procedures.models import Procedure

OPENING = "{received}に申請のあった「{procedure}」について、次のとおり決定しましたので通知します。"
WITHOUT_CARD = "マイナンバーカードを求めるときに必要です。期限と手数料は、カードの人と同じにします。"
DAYS = "開庁日の日数。受付の翌日から数えます。"


class OfferForm(forms.Form):
    """The procedure to offer online, chosen among those found by words, and a short name for the address."""

    use_required_attribute = False
    number = forms.ChoiceField(
        label="手続", widget=forms.RadioSelect, error_messages={"required": "手続を選んでください。"}
    )
    code = forms.SlugField(
        label="アドレスに使う短い名前", max_length=50, required=False,
        help_text="半角の英小文字・数字・ハイフン。空けておくと、自動で付けます。",
    )  # fmt: skip

    def __init__(self, data: Any = None, *, found: Sequence[Procedure] = ()) -> None:
        super().__init__(data, initial={"number": found[0].number} if len(found) == 1 else {})
        posted = str(data.get("number", ""))[:12] if data else ""
        shown = [(each.number, _described(each)) for each in found]
        set_choices(self, "number", shown if posted in dict(shown) else [*shown, (posted, posted)])

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"]).strip().upper()
        self.procedure = Procedure.objects.current().select_related("department").filter(number=number).first()
        if self.procedure is None:
            raise forms.ValidationError("この番号の手続は台帳にありません。台帳で番号を確かめてください。")
        if self.procedure.department is None:
            edit = reverse("office:procedure-edit", args=[number])
            said = 'この手続は所管部署が決まっていません。先に<a href="{}">台帳で所管部署を選んで</a>ください。'
            raise forms.ValidationError(format_html(said, edit))
        return number

    def clean_code(self) -> str:
        number = str(self.cleaned_data.get("number", "")).lower()
        code = str(self.cleaned_data["code"]) or number
        if Offer.objects.filter(code=code).exists():
            raise forms.ValidationError("この公開コードは使われています。別の名前にしてください。")
        return code

    @property
    def section(self) -> Department | None:
        """The department of the procedure, which the offer becomes that of."""
        return self.procedure.department if self.procedure else None

    def add(self) -> Offer:
        """Create the offer; it opens with its first release."""
        procedure = self.procedure
        assert procedure is not None
        opened = {"opens_at": timezone.now(), "department": self.section}
        return Offer.objects.create(code=self.cleaned_data["code"], procedure=procedure, **opened)


def _described(procedure: Procedure) -> SafeString:
    """Return what people call a procedure, and below it its legal name, its basis and its department."""
    below = [procedure.title if procedure.plain_name else "", procedure.law, str(procedure.department or "所管は未定")]
    name = procedure.plain_name or procedure.title
    return format_html('{}<br><span class="hint">{}</span>', name, "・".join(part for part in below if part))


class ReleaseForm(forms.ModelForm[Release]):
    """The terms of one release, with fee and letter texts."""

    fee_label = forms.CharField(
        label="手数料の名目", max_length=100, required=False, help_text="無料のときは空けておきます。"
    )
    fee_amount = forms.IntegerField(label="手数料の単価(円)", min_value=0, max_value=10_000_000, required=False)
    fee_unit = forms.CharField(
        label="数量の設問",
        max_length=100,
        required=False,
        help_text="部数などを聞く設問の識別子。1件ごとなら空けておきます。",
    )
    fee_revenue = forms.CharField(label="歳入科目", max_length=20, required=False)
    exempt_label = forms.CharField(
        label="減免の事由", max_length=100, required=False, help_text="回答で減免するときだけ。例 生活保護を受けている"
    )
    exempt_percent = forms.IntegerField(label="減額の割合(%)", min_value=1, max_value=100, required=False)
    exempt_question = forms.CharField(
        label="減免を決める設問", max_length=100, required=False, help_text="設問の識別子"
    )
    exempt_value = forms.CharField(label="減免になる回答", max_length=200, required=False, help_text="例 yes")
    letter_title = forms.CharField(label="通知書の標題", max_length=100)
    letter_opening = forms.CharField(label="通知書の本文", widget=forms.Textarea, initial=OPENING)
    letter_appeal = forms.CharField(
        label="教示",
        widget=forms.Textarea,
        help_text="却下と一部認容の通知書に載せる文。条例・規則のとおりに書きます。",
    )

    class Meta:
        model = Release
        fields = [
            "form_version", "route", "standard_days", "identity", "without_card", "without_card_channel", "delivery",
            "minutes", "notes",
        ]  # fmt: skip
        help_texts = {"standard_days": DAYS, "without_card": WITHOUT_CARD}

    def __init__(self, *args: Any, last: Release | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        versions = FormVersion.objects.select_related("draft").order_by("draft__code", "-number")
        set_queryset(self, "form_version", versions)
        set_queryset(self, "route", Route.objects.order_by("name"))
        if last is not None:
            self.initial.update(self._from(last))

    def _from(self, last: Release) -> dict[str, Any]:
        terms = {name: getattr(last, name) for name in self.Meta.fields if name != "notes"}
        if fee := last.fees.first():
            terms |= {"fee_label": fee.label, "fee_amount": fee.amount, "fee_unit": fee.unit_question}
            terms["fee_revenue"] = fee.revenue_code
        if rule := last.exemptions.first():
            terms |= {"exempt_label": rule.label, "exempt_percent": rule.percent}
            terms |= {"exempt_question": rule.when_question, "exempt_value": rule.when_value}
        if letter := last.letters.filter(kind=LetterText.Kind.REFUSE).first():
            terms |= {"letter_opening": letter.opening, "letter_appeal": letter.appeal}
        if letter := last.letters.filter(kind=LetterText.Kind.GRANT).first():
            terms["letter_title"] = letter.title
        return terms

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("fee_label") and (not given.get("fee_amount") or not given.get("fee_revenue")):
            self.add_error("fee_amount", "手数料があるときは、単価と歳入科目を入力してください。")
        version, unit = given.get("form_version"), given.get("fee_unit")
        if version and unit and unit not in {q.id for page in version.parsed.pages for _, q in page.questions()}:
            self.add_error("fee_unit", "この識別子の設問は、選んだ様式の版にありません。")
        if given.get("identity") == Release.Identity.CARD:
            for name in ("without_card", "without_card_channel"):
                if not given.get(name):
                    self.add_error(
                        name, "マイナンバーカードを求めるときは、カードを使わない方法とその受付先が必要です。"
                    )
        parts = [given.get(f"exempt_{name}") for name in ("label", "percent", "question", "value")]
        if any(parts) and not all(parts):
            self.add_error("exempt_label", "減免には、事由、割合、設問、回答のすべてを入力してください。")
        return given

    def rows(self) -> list[FeeLine | FeeExemption | LetterText]:
        """Return fee lines, exemption and letter texts of the release."""
        given = self.cleaned_data
        kinds = LetterText.Kind
        rows: list[FeeLine | FeeExemption | LetterText] = [
            LetterText(
                kind=kind,
                title=given["letter_title"] if kind != kinds.REFUSE else "却下通知書",
                opening=given["letter_opening"],
                appeal="" if kind == kinds.GRANT else given["letter_appeal"],
            )
            for kind in (kinds.GRANT, kinds.PARTLY, kinds.REFUSE)
        ]
        if given.get("fee_label"):
            unit, code = given.get("fee_unit", ""), given["fee_revenue"]
            rows.append(
                FeeLine(label=given["fee_label"], amount=given["fee_amount"], unit_question=unit, revenue_code=code)
            )
        if given.get("exempt_label"):
            rule = {"label": given["exempt_label"], "percent": given["exempt_percent"]}
            rows.append(FeeExemption(**rule, when_question=given["exempt_question"], when_value=given["exempt_value"]))
        return rows


class ScheduleForm(forms.ModelForm[Offer]):
    """When applications are accepted, and how many."""

    reason = forms.CharField(label="変更の理由", max_length=200)

    class Meta:
        model = Offer
        fields = ["opens_at", "closes_at", "capacity"]
        widgets = {
            "opens_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "closes_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
