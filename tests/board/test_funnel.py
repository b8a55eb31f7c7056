"""The headquarters see the funnel with its definitions."""

import pytest

from tests import cast
from tests.cast import cases, signed_in

pytestmark = pytest.mark.django_db


def test_the_page_shows_counts_and_what_they_mean() -> None:
    at = cases.counter()
    cases.case(at)
    boss = cast.staff("本部", "dx@example.lg.jp", "headquarters", cast.department("DX推進課", "1020"))
    page = signed_in(boss).get("/board/funnel/").content.decode()
    assert "証明書の請求" in page
    assert "申請した" in page
    assert "個人は記録していません" in page


def test_a_period_that_makes_no_sense_is_left_out() -> None:
    boss = cast.staff("本部", "dx@example.lg.jp", "headquarters", cast.department("DX推進課", "1020"))
    assert signed_in(boss).get("/board/funnel/?since=きのう&until=2026-02-30").status_code == 200
