"""A letter names whom it is about, and the chief reads it before deciding."""

import copy
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests import cast
from tests.cast import cases, signed_in
from todoke.accounts.actors import Guest, System
from todoke.cases import decisions, intake
from todoke.cases.models import Case
from todoke.offers.models import FeeLine, LetterText, Offer, Release
from todoke.organization.models import Department, Post

pytestmark = pytest.mark.django_db
CHILDREN: dict[str, Any] = {
    "id": "children", "title": "お子さん", "groups": [{
        "id": "child", "title": "お子さん", "repeat": {"noun": "お子さん", "least": 1, "most": 4}, "questions": [
            {"id": "child_name", "kind": "name", "label": "お子さんの氏名"},
            {"id": "late", "kind": "yes_no", "label": "延長を使いますか"},
        ],
    }],
}  # fmt: skip


def club(section: Department) -> Release:
    """A service for children: the second at half price, the extension for who uses it, a letter that names them."""
    document = {**copy.deepcopy(cases.DOCUMENT), "title": "放課後児童クラブ"}
    document["pages"].append(CHILDREN)
    first = cases.release(section, document=document)
    opening = "{received}に申請のあった{child_name}さんの利用を{decision}します。"
    letters = [
        LetterText(kind=kind, title="利用決定通知書", opening=opening, appeal="教示", quoted=["child_name"])
        for kind in ("grant", "refuse")
    ]
    care = {"revenue_code": "13-01", "rows_of": "child"}
    fees = [
        FeeLine(label="育成料", amount=5000, second_percent=50, **care),
        FeeLine(label="延長料金", amount=1000, when_question="late", when_value="yes", **care),
    ]
    return Release.publish(
        Offer.objects.get(), rows=[*letters, *fees], by=System(), form_version=first.form_version, route=first.route,
        standard_days=5, delivery="この画面で受け取る",
    )  # fmt: skip


@pytest.fixture
def office() -> cases.Counter:
    section = cast.department("子育て支援課", "4001")
    clerk = cast.staff("係員", "clerk@example.lg.jp", Post.Role.CLERK, section)
    chief = cast.staff("課長", "chief@example.lg.jp", Post.Role.CHIEF, section)
    return cases.Counter(section, clerk, chief, club(section))


def child(row: int, given: str, late: str) -> dict[str, str]:
    parts = {"family": "山田", "given": given, "family_kana": "ヤマダ", "given_kana": "コ"}
    return {**{f"child_name-{row}__{part}": text for part, text in parts.items()}, f"late-{row}": late}


def applied(office: cases.Counter) -> Case:
    draft = cases.filled(office)
    draft.submission.save_page("children", {**child(1, "一郎", "no"), **child(2, "さくら", "yes")}, by=Guest())
    return intake.accept(draft.submission, by=Guest())


def test_the_second_child_costs_half_and_the_extension_only_who_uses_it(office: cases.Counter) -> None:
    charge = applied(office).charge
    assert charge is not None
    assert [(line.label, line.unit_yen) for line in charge.lines.order_by("pk")] == [
        ("育成料(1人目のお子さん)", 5000), ("育成料(2人目のお子さん)", 2500), ("延長料金(2人目のお子さん)", 1000),
    ]  # fmt: skip


def test_the_chief_reads_the_letter_that_names_the_children_before_deciding(office: cases.Counter) -> None:
    case = applied(office)
    case.start_review(by=office.clerk)
    proposal = decisions.propose(case, "refused", by=office.clerk, reason="定員のため")
    page = signed_in(office.chief).get(f"/office/proposals/{proposal.number}/").content.decode()
    assert "決定すると送る通知書" in page
    assert "山田 一郎、山田 さくらさんの利用を却下します。" in page
    assert "<dt>お子さんの氏名</dt><dd>山田 一郎、山田 さくら</dd>" in page
    proposal.approve(by=office.chief)
    letter = Case.objects.get(pk=case.pk).letters.get()
    assert letter.data["opening"][0].endswith("に申請のあった山田 一郎、山田 さくらさんの利用を却下します。")
    assert {"label": "お子さんの氏名", "value": ["山田 一郎、山田 さくら"]} in letter.data["rows"]
    assert "決定すると送る通知書" not in signed_in(office.chief).get(f"/office/proposals/{proposal.number}/").text


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (FeeLine(label="育成料", amount=1, revenue_code="1", rows_of="who"), "様式にない繰り返し"),
        (FeeLine(label="延長", amount=1, revenue_code="1", when_question="gone", when_value="yes"), "様式にない設問"),
        (
            FeeLine(label="延長", amount=1, revenue_code="1", when_question="late", when_value="maybe"),
            "その設問にない答え",
        ),
        (LetterText(kind="grant", title="x", opening="{sinsei}"), "置き換えられません"),
        (LetterText(kind="grant", title="x", opening="x", quoted=["gone"]), "選んだ様式にありません"),
    ],
)
def test_no_release_is_published_that_looks_at_what_its_form_does_not_have(
    office: cases.Counter, row: Any, words: str
) -> None:
    terms = {"form_version": office.release.form_version, "route": office.release.route, "standard_days": 5}
    with pytest.raises(ValidationError, match=words):
        Release.publish(office.release.offer, rows=[row], by=System(), delivery="窓口", **terms)
