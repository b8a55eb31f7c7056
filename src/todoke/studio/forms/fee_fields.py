"""手数料の欄: fields of several fees and exemptions, which choose questions and answers of the form by their labels."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from todoke.design.forms import mark_required_when
from todoke.formbuilder.document.structure import Document, QuestionKind
from todoke.offers.models import FeeLine

MOST = 8
SPARE = 2
OTHER = "other"
CHOSEN = {QuestionKind.CHOICE, QuestionKind.CHOICES, QuestionKind.YES_NO}
FEE_PARTS = ("label", "amount", "revenue", "revenue_new", "rows", "second", "third", "unit", "when")
EXEMPTION_PARTS = ("label", "percent", "when")
LOST = "(様式にない設問。選び直してください)"
_SEPARATOR = "="


def answer_choices(document: Document | None) -> list[tuple[str, str]]:
    """Return every question with each of its answers: 延長利用の希望: はい."""
    questions = [question for _, _, question in document.by_id.values()] if document else []
    return [
        (f"{question.id}{_SEPARATOR}{value}", f"{question.label}: {question.option_label(value)}")
        for question in questions
        if question.kind in CHOSEN
        for value in question.option_values()
    ]


def _revenues() -> list[tuple[str, str]]:
    """Return the revenue codes that fees have, each with the fees it is for."""
    named: dict[str, dict[str, None]] = {}
    for code, label in FeeLine.objects.order_by("revenue_code", "-pk").values_list("revenue_code", "label"):
        named.setdefault(code, {})[label] = None
    return [(code, f"{code}({'、'.join(list(labels)[:2])})") for code, labels in named.items()]


def _select(label: str, choices: list[tuple[str, str]], nothing: str, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", nothing), *choices], required=False, **more)


def _share(label: str, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=100, required=False, help_text=help_text)


class FeeFields(forms.Form):
    """手数料と減免の欄: numbered fields; ``add_fees`` makes one block for every fee, and some that are empty."""

    def add_fees(self, document: Document | None, terms: Mapping[str, Any]) -> None:
        """Add the fields of the fees and exemptions of some terms; what was posted decides how many."""
        self.lost: dict[str, set[str]] = {}
        self.answers = answer_choices(document)
        self.units = [
            (question.id, question.label)
            for _, _, question in (document.by_id.values() if document else ())
            if question.kind is QuestionKind.NUMBER and question.low is not None and question.low >= 0
        ]
        groups = [group for page in document.pages for group in page.groups] if document else []
        self.repeats = [(group.id, f"{group.repeat.noun}ごと") for group in groups if group.repeat]
        self.revenues = [*_revenues(), (OTHER, "ほかの科目(番号を書く)")]
        fees, exemptions = terms.get("fees", []), terms.get("exemptions", [])
        self.fees = self._count("fee", len(fees))
        self.exemptions = self._count("exempt", len(exemptions))
        for place in range(self.fees):
            self._add_fee(place, fees[place] if place < len(fees) else {})
        for place in range(self.exemptions):
            self._add_exemption(place, exemptions[place] if place < len(exemptions) else {})

    def _count(self, prefix: str, known: int) -> int:
        posted = sum(f"{prefix}_{place}_label" in self.data for place in range(MOST))
        return min(posted or known + SPARE, MOST)

    def _add_fee(self, place: int, fee: Mapping[str, Any]) -> None:
        start, revenue = f"fee_{place}_", fee.get("revenue_code", "")
        self.fields |= {
            f"{start}label": forms.CharField(label="手数料の名目", max_length=100, required=False),
            f"{start}amount": forms.IntegerField(label="単価(円)", min_value=0, max_value=10_000_000, required=False),
            f"{start}revenue": _select("歳入科目", self.revenues, "選んでください"),
            f"{start}revenue_new": forms.CharField(label="ほかの歳入科目の番号", max_length=20, required=False),
        }
        if rows := self._choices(f"{start}rows", self.repeats, fee.get("rows_of", "")):
            self.fields[f"{start}rows"] = _select("何ごとにかかりますか", rows, "申請1件ごと")
            half = "例: 半額なら50、無料なら0。空けておくと1人目と同じです。"
            self.fields[f"{start}second"] = _share("2人目(2件目)の割合(%)", half)
            self.fields[f"{start}third"] = _share("3人目(3件目)からの割合(%)", "空けておくと2人目と同じです。")
        if units := self._choices(f"{start}unit", self.units, fee.get("unit_question", "")):
            self.fields[f"{start}unit"] = _select("数を掛ける設問", units, "掛けない")
        if answers := self._choices(f"{start}when", self.answers, _joined(fee)):
            self.fields[f"{start}when"] = _select("この答えのときだけ", answers, "いつでもかかる")
        self.initial.update({
            f"{start}label": fee.get("label", ""), f"{start}amount": fee.get("amount"), f"{start}revenue": revenue,
            f"{start}rows": fee.get("rows_of", ""), f"{start}second": fee.get("second_percent"),
            f"{start}third": fee.get("third_percent"), f"{start}unit": fee.get("unit_question", ""),
            f"{start}when": _joined(fee),
        })  # fmt: skip
        mark_required_when(self, {f"{start}{part}": "手数料があるとき" for part in ("label", "amount", "revenue")})
        mark_required_when(self, {f"{start}revenue_new": "一覧にないとき"})
        if revenue and revenue not in dict(self.revenues):
            self.initial.update({f"{start}revenue": OTHER, f"{start}revenue_new": revenue})

    def _add_exemption(self, place: int, rule: Mapping[str, Any]) -> None:
        start = f"exempt_{place}_"
        self.fields |= {
            f"{start}label": forms.CharField(label="減免の事由", max_length=100, required=False),
            f"{start}percent": forms.IntegerField(label="減額の割合(%)", min_value=1, max_value=100, required=False),
            f"{start}when": _select(
                "この答えのとき", self._choices(f"{start}when", self.answers, _joined(rule)), "選んでください"
            ),
        }
        self.initial.update({f"{start}{part}": rule.get(part) for part in ("label", "percent")})
        self.initial[f"{start}when"] = _joined(rule)
        mark_required_when(self, {f"{start}{part}": "減免があるとき" for part in EXEMPTION_PARTS})

    def _choices(self, name: str, known: list[tuple[str, str]], kept: str) -> list[tuple[str, str]]:
        """Return the choices of a field; what is kept or posted and not in this form version stays in sight."""
        values = dict(known)
        lost = dict.fromkeys(str(value) for value in (kept, self.data.get(name)) if value and str(value) not in values)
        self.lost[name] = set(lost)
        return [*known, *((value, LOST) for value in lost)]

    def _refuse_lost(self, start: str, parts: tuple[str, ...]) -> None:
        for part in parts:
            if self.cleaned_data.get(f"{start}{part}") in self.lost.get(f"{start}{part}", ()):
                self.add_error(f"{start}{part}", "この設問は、選んだ様式の版にありません。選び直してください。")

    def fee_blocks(self) -> list[list[forms.BoundField]]:
        """Return the fields of each fee."""
        return [self._block(f"fee_{place}_", FEE_PARTS) for place in range(self.fees)]

    def exemption_blocks(self) -> list[list[forms.BoundField]]:
        """Return the fields of each exemption."""
        return [self._block(f"exempt_{place}_", EXEMPTION_PARTS) for place in range(self.exemptions)]

    def _block(self, start: str, parts: tuple[str, ...]) -> list[forms.BoundField]:
        return [self[f"{start}{part}"] for part in parts if f"{start}{part}" in self.fields]

    def read_fees(self) -> Iterator[dict[str, Any]]:
        """Yield the fees that were written, and set errors where one is not whole."""
        for place in range(self.fees):
            given = {part: self.cleaned_data.get(f"fee_{place}_{part}") for part in FEE_PARTS}
            if not given["label"] and given["amount"] is None:
                continue
            revenue = given["revenue_new"] if given["revenue"] in {OTHER, ""} else given["revenue"]
            for part, missing, words in (
                ("label", not given["label"], "手数料の名目を入力してください。"),
                ("amount", given["amount"] is None, "手数料の単価を入力してください。"),
                ("revenue", not revenue, "歳入科目を選ぶか、番号を書いてください。"),
                (
                    "second",
                    given["second"] is not None and not given["rows"],
                    "「何ごとにかかりますか」を選んでください。",
                ),
                (
                    "third",
                    given["third"] is not None and not given["rows"],
                    "「何ごとにかかりますか」を選んでください。",
                ),
            ):
                if missing and not self.errors.get(f"fee_{place}_{part}"):
                    self.add_error(f"fee_{place}_{part}", words)
            self._refuse_lost(f"fee_{place}_", ("rows", "unit", "when"))
            yield {
                "label": given["label"], "amount": given["amount"], "revenue_code": revenue or "",
                "unit_question": given["unit"] or "", "rows_of": given["rows"] or "",
                "second_percent": given["second"], "third_percent": given["third"], **_parted(given["when"]),
            }  # fmt: skip

    def read_exemptions(self) -> Iterator[dict[str, Any]]:
        """Yield the exemptions that were written, and set errors where one is not whole."""
        for place in range(self.exemptions):
            given = {part: self.cleaned_data.get(f"exempt_{place}_{part}") for part in EXEMPTION_PARTS}
            if not any(given.values()):
                continue
            if not all(given.values()):
                self.add_error(f"exempt_{place}_label", "減免には、事由、割合、答えのすべてを入力してください。")
            self._refuse_lost(f"exempt_{place}_", ("when",))
            yield {"label": given["label"], "percent": given["percent"], **_parted(given["when"])}


def _joined(rule: Mapping[str, Any]) -> str:
    asked = rule.get("when_question")
    return f"{asked}{_SEPARATOR}{rule.get('when_value', '')}" if asked else ""


def _parted(chosen: str | None) -> dict[str, str]:
    question, _, value = (chosen or "").partition(_SEPARATOR)
    return {"when_question": question, "when_value": value}
