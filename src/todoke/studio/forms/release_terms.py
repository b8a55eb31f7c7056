"""公開版の案の欄: the form of the terms of a release: form version, route, fees, and the letter with its places."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from todoke.approvals.models import Route
from todoke.design.forms import mark_required_when
from todoke.design.municipality import municipality
from todoke.formbuilder.models import FormVersion
from todoke.offers.letter_places import answer_labels, place_labels, unknown_places, with_codes, with_labels
from todoke.offers.models import Offer, Release
from todoke.offers.release_terms import FIELDS
from todoke.runtime.parameters import whole_number
from todoke.studio.forms.fee_fields import FeeFields

OPENING = "{received}に申請のあった「{procedure}」について、次のとおり決定しましたので通知します。"
APPEAL = (
    "この決定に不服があるときは、この決定があったことを知った日の翌日から起算して3か月以内に、{chief}に対して"
    "審査請求をすることができます(決定の日の翌日から起算して1年を経過したときは、できません)。\n"
    "また、この決定の取消しの訴えは、この決定があったことを知った日の翌日から起算して6か月以内に、{place}を被告として"
    "({chief}が被告の代表者となります。)提起することができます(決定の日の翌日から起算して1年を経過したときは、"
    "できません)。"
)
"""The notice of appeal (行政不服審査法82条、行政事件訴訟法46条) for decisions of the head of the municipality."""
WITHOUT_CARD = "マイナンバーカードを求めるときに必要です。期限と手数料は、カードの人と同じにします。"
DAYS = "開庁日の日数。受付の翌日から数えます。"
PLACES = "{ }で囲んだところは、案件ごとに置き換わります。下の「本文に差し込む」で選べます。"


def first_terms(offer: Offer, version: int | None = None) -> dict[str, Any]:
    """Return the terms that the first release begins with; the newest form version and the route last used."""
    newest = FormVersion.objects.filter(pk=version) if version else FormVersion.objects.order_by("-published_at", "-pk")
    used = Release.objects.order_by("-pk").values_list("route", flat=True).first()
    route = used or Route.objects.order_by("name").values_list("pk", flat=True).first()
    where = municipality().name
    letter = {
        "title": f"{offer.procedure.title} 決定通知書"[:100],
        "opening": OPENING,
        "appeal": APPEAL.format(chief=f"{where}長", place=where),
    }
    found = newest.values_list("pk", flat=True).first()
    return {"form_version": found, "route": route, "delivery": "この画面で受け取る", "letter": letter}


class TermsForm(FeeFields):
    """公開版の条件: the terms of one release."""

    form_version = forms.ModelChoiceField(FormVersion.objects.none(), label="様式の版")
    route = forms.ModelChoiceField(Route.objects.order_by("name"), label="決裁ルート")
    standard_days = forms.IntegerField(label="標準処理期間", min_value=1, max_value=1000, help_text=DAYS)
    identity = forms.ChoiceField(label="本人確認の方法", choices=Release.Identity.choices, initial="none")
    without_card = forms.CharField(label="カードを使わない方法", max_length=200, required=False, help_text=WITHOUT_CARD)
    without_card_channel = forms.ChoiceField(
        label="カードを使わない方法の受付先",
        choices=[("", "選んでください"), *Release.WithoutCard.choices],
        required=False,
    )
    delivery = forms.CharField(label="受け取り方", max_length=200)
    minutes = forms.IntegerField(label="入力の目安(分)", min_value=1, max_value=600, initial=10)
    notes = forms.CharField(label="この版で変わったこと", required=False, widget=forms.Textarea({"rows": "2"}))
    letter_title = forms.CharField(label="通知書の標題", max_length=100)
    letter_opening = forms.CharField(label="通知書の本文", widget=forms.Textarea({"rows": "5"}), help_text=PLACES)
    letter_quoted = forms.MultipleChoiceField(
        label="通知書に載せる回答", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="選んだ設問と回答を、通知書の「記」の下に並べます。例: お子さんの氏名",
    )  # fmt: skip
    letter_appeal = forms.CharField(
        label="教示",
        widget=forms.Textarea({"rows": "6"}),
        help_text="却下と一部認容の通知書に載せる文。条例・規則のとおりに書きます。",
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, terms: Mapping[str, Any]) -> None:
        letter = terms.get("letter", {})
        super().__init__(data, initial={name: terms[name] for name in FIELDS if terms.get(name) is not None})
        self.matter = terms.get("matter", "")
        self.initial.update({"form_version": terms.get("form_version"), "route": terms.get("route")})
        chosen = whole_number(str(self.data.get("form_version") or terms.get("form_version") or "")) or 0
        versions = FormVersion.objects.select_related("draft").order_by("-published_at", "-pk").defer("document")
        self.fields["form_version"].queryset = versions  # type: ignore[attr-defined] # the field declared above
        self.version = versions.filter(pk=chosen).first()
        document = self.version.parsed if self.version else None
        mark_required_when(self, dict.fromkeys(("without_card", "without_card_channel"), "カードを求めるとき"))
        self.add_fees(document, terms)
        listed = answer_labels(document) if document else {}
        self.fields["letter_quoted"].choices = list(listed.items())  # type: ignore[attr-defined]
        self.places = list(place_labels(document).values()) if document else []
        opening, appeal = letter.get("opening", ""), letter.get("appeal", "")
        self.initial.update({
            "letter_title": letter.get("title", ""),
            "letter_opening": with_labels(opening, document) if document else opening,
            "letter_appeal": with_labels(appeal, document) if document else appeal,
            "letter_quoted": [code for code in letter.get("quoted", []) if code in listed],
        })  # fmt: skip

    def without_errors(self) -> "TermsForm":
        """Return the form that shows what was typed and is not checked yet."""
        self._errors = ErrorDict()
        return self

    def terms_fields(self) -> list[forms.BoundField]:
        """Return the fields before the fees."""
        names = ("form_version", "route", *(name for name in FIELDS if name in self.fields))
        return [self[name] for name in names]

    def letter_fields(self) -> list[forms.BoundField]:
        """Return the fields of the letter after its text."""
        return [self["letter_quoted"], self["letter_appeal"]]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        given["fees"], given["exemptions"] = list(self.read_fees()), list(self.read_exemptions())
        for name in ("letter_opening", "letter_appeal"):
            if given.get(name) and self.version:
                given[name] = with_codes(given[name].replace("\r\n", "\n"), self.version.parsed)
                if unknown := unknown_places(given[name], self.version.parsed):
                    usable = "、".join("{" + label + "}" for label in self.places)
                    words = f"「{'」「'.join(unknown)}」は、案件の内容に置き換えられません。使えるもの: {usable}"
                    self.add_error(name, words)
        if given.get("identity") == Release.Identity.CARD:
            for name in ("without_card", "without_card_channel"):
                if not given.get(name):
                    words = "マイナンバーカードを求めるときは、カードを使わない方法とその受付先が必要です。"
                    self.add_error(name, words)
        return given

    def terms(self) -> dict[str, Any]:
        """Return the terms as ``ReleaseDraft`` keeps them."""
        given = self.cleaned_data
        own = {name: given[name] for name in FIELDS if name in self.fields}
        letter = {name: given[f"letter_{name}"] for name in ("title", "opening", "appeal", "quoted")}
        chosen = {"form_version": given["form_version"].pk, "route": given["route"].pk, "matter": self.matter}
        return {**chosen, **own, "fees": given["fees"], "exemptions": given["exemptions"], "letter": letter}
