"""Kinds of matter are said in the office's words, and the forms suggest those in use."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import approvals, signed_in
from todoke.office.matter_kinds import known_matters
from todoke.records.classification_table import INITIAL, ClassificationLine
from todoke.records.models import ClassificationTable

pytestmark = pytest.mark.django_db
CODE, WORDS = "procurement-system", "情報システムの調達"


def test_the_forms_suggest_what_is_there_and_what_is_in_use(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    approvals.office()
    route, keeper = approvals.route(), cast.keeper()
    ClassificationTable.publish(
        [*INITIAL, ClassificationLine("INU", "犬", 3, matter="犬の登録")],
        starts_on=date(2020, 4, 1),
        basis="規程",
        by=keeper,
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
