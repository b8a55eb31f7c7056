"""Kinds of matter are said in the office's words, and the forms suggest those in use."""

from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from tests import cast, cast_approvals, cast_cases
from tests.cast import signed_in
from todoke.approvals.models import Branch, Proposal, RouteDraft
from todoke.approvals.ruling import BranchRule
from todoke.office.matters import known_matters
from todoke.procedures.models.release import Release
from todoke.records.models import Classification, ClassificationDraft, ClassificationTable
from todoke.records.table import INITIAL, Line

pytestmark = pytest.mark.django_db
CODE, WORDS = "procurement-system", "情報システムの調達"
MIGRATIONS = (
    "approvals.migrations.0007_kinds_in_words",
    "procedures.migrations.0010_matters_in_words",
    "records.migrations.0005_matters_in_words",
)


def stored() -> list[str]:
    """Every place where a kind is kept."""
    rows = [
        Branch.objects.first(),
        Proposal.objects.get(),
        Release.objects.first(),
        Classification.objects.get(code="K"),
    ]
    kinds = [getattr(row, "kind", None) or row.matter for row in rows if row is not None]
    branches = RouteDraft.objects.get().ruling.branches
    lines = ClassificationDraft.objects.get().lines
    return [*kinds, branches[-1].kind, next(line.matter for line in lines if line.code == "K")]


def test_a_code_becomes_words_wherever_it_was_kept_and_back() -> None:
    at, keeper = cast_cases.counter(), cast.keeper()
    Branch.objects.update(kind=CODE)
    Release.objects.update(matter=CODE)
    ClassificationTable.publish(
        [*INITIAL, Line("K", "契約", 10, matter=CODE)], starts_on=date(2020, 4, 1), basis="規程", by=keeper
    )
    ClassificationDraft.begin(by=keeper)
    draft = RouteDraft.begin(at.release.route, by=keeper)
    draft.put(0, BranchRule([], CODE), seen=draft.revision, by=keeper)
    cast_cases.proposed(at)
    Proposal.objects.update(kind=CODE)
    steps = [import_module(f"todoke.{name}") for name in MIGRATIONS]
    for step in steps:
        step.in_words(apps, None)
    assert stored() == [WORDS] * 6
    for step in steps:
        step.in_codes(apps, None)
    assert stored() == [CODE] * 6


def test_the_forms_suggest_what_is_there_and_what_is_in_use(django_assert_num_queries: Any) -> None:
    cast_approvals.office()
    route, keeper = cast_approvals.route(), cast.keeper()
    ClassificationTable.publish(
        [*INITIAL, Line("INU", "犬", 3, matter="犬の登録")], starts_on=date(2020, 4, 1), basis="規程", by=keeper
    )
    with django_assert_num_queries(1):
        assert known_matters() == sorted([WORDS, "その他の調達", "公文書の廃棄・移管", "犬の登録"])
    page = signed_in(keeper)
    page.post(f"/office/routes/{route.code}/drafting/")
    page.post("/office/classifications/drafting/")
    for address in (
        f"/office/routes/{route.code}/", f"/office/routes/{route.code}/draft/branches/0/",
        "/office/classifications/draft/lines/",
    ):  # fmt: skip
        shown = page.get(address).content.decode()
        assert '<option value="犬の登録">' in shown, address
        assert f'<option value="{WORDS}">' in shown
        assert '-known">' in shown
