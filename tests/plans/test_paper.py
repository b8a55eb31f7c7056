"""Paper by section and month: what is missing is named, a zero is a figure, the forecast compares like with like."""

from datetime import date

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from tests import cast
from tests.cast import signed_in
from tests.cast.plans import indicator, plan
from todoke.notices.models import Delivery
from todoke.plans.models import Indicator, PaperUse
from todoke.plans.paper_reminders import remind_of_paper
from todoke.plans.paper_year import due_on, months_of, paper_year

SECTIONS = [f"第{n}課" for n in range(1, 13)]
LAST, THIS = months_of(2025), months_of(2026)


def figures() -> dict[tuple[str, date], int]:
    """Last year 2,600,000 sheets, half of them from April to September; this year 1,150,000 in those months."""
    last = {(name, month): 1_300_000 // 72 for name in SECTIONS for month in LAST}
    last["第1課", LAST[0]] += 1_300_000 - 72 * (1_300_000 // 72)
    last["第1課", LAST[11]] += 1_300_000 - 72 * (1_300_000 // 72)
    this = {(name, month): 1_150_000 // 72 for name in SECTIONS for month in THIS[:6]}
    this["第1課", THIS[0]] += 1_150_000 - 72 * (1_150_000 // 72)
    return last | this


def test_the_forecast_is_last_years_total_by_the_months_that_both_have() -> None:
    found = paper_year(2026, SECTIONS, figures(), date(2026, 10, 20))
    assert (found.forecast.so_far, found.forecast.same_months) == (1_150_000, 1_300_000)
    assert found.forecast.last_total == 2_600_000
    assert found.forecast.value == 2_300_000
    assert (found.missing, found.reported, found.expected) == ([], 72, 144)


def test_five_planted_gaps_are_named_and_a_zero_is_none() -> None:
    planted = [("第2課", THIS[0]), ("第3課", THIS[1]), ("第3課", THIS[2]), ("第7課", THIS[4]), ("第12課", THIS[5])]
    given = figures()
    for place in planted:
        del given[place]
    given["第4課", THIS[3]] = 0
    found = paper_year(2026, SECTIONS, given, date(2026, 10, 20))
    assert found.missing == planted
    assert found.rows[3].cells[3] == 0
    assert found.forecast.pairs == 67
    assert found.by_month[0] is None


def test_a_month_is_due_on_the_fifth_working_day_after_it() -> None:
    assert due_on(date(2026, 4, 1)) == date(2026, 5, 12)
    assert paper_year(2026, ["課"], {}, date(2026, 5, 12)).missing == []
    assert paper_year(2026, ["課"], {}, date(2026, 5, 13)).missing == [("課", date(2026, 4, 1))]


@pytest.mark.django_db
def test_a_correction_replaces_the_month_and_the_database_keeps_one() -> None:
    section, by = cast.department(), cast.clerk()
    facts = {"department": section, "month": date(2026, 4, 1), "kind": "bought", "source": "納品書"}
    PaperUse.report(sheets=5000, by=by, **facts)  # type: ignore[arg-type] # of each kind
    PaperUse.report(sheets=0, by=by, **facts)  # type: ignore[arg-type] # of each kind
    assert PaperUse.objects.get().sheets == 0
    for wrong in ({"month": date(2026, 4, 1)}, {"month": date(2026, 5, 2)}, {"month": date(2026, 6, 1), "source": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaperUse.objects.create(sheets=1, **(facts | wrong))


@pytest.mark.django_db
def test_the_page_names_what_is_missing_and_compares_with_the_target() -> None:
    section, by = cast.department(), cast.clerk()
    goal = indicator(plan(), unit=Indicator.Unit.SHEETS, direction="down")
    goal.targets.create(fiscal_year=2026, value=2_400_000)
    for month in (LAST[0], LAST[1]):
        PaperUse.report(department=section, month=month, kind="bought", sheets=1000, source="納品書", by=by)
    PaperUse.report(department=section, month=THIS[1], kind="bought", sheets=900, source="納品書", by=by)
    page = signed_in(by).get("/board/paper/?year=2026").content.decode()
    assert "戸籍住民課 2026年4月" in page
    assert "見込みは目標に届きます" in page
    assert "1/12か月" in page


@pytest.mark.django_db
def test_a_section_reports_boxes_for_itself_only() -> None:
    by, other = cast.clerk(), cast.department("税務課", "2010")
    client, own = signed_in(by), by.tenures.get().post.department
    month = client.get("/board/paper/report/").context["form"].fields["month"].initial
    sent = {"department": own.pk, "month": month, "kind": "bought", "count": 4, "per_unit": 2500, "source": "納品書"}
    assert "10000枚" in client.post("/board/paper/report/", sent).content.decode()
    assert client.post("/board/paper/report/", sent | {"department": other.pk}).status_code == 422


@pytest.mark.django_db
def test_a_chief_is_told_of_a_missing_month_on_the_day_after_it_was_due() -> None:
    section = cast.department()
    cast.chief(section)
    by = cast.headquarters()
    PaperUse.report(department=section, month=date(2026, 4, 1), kind="bought", sheets=9, source="納品書", by=by)
    assert remind_of_paper(date(2026, 6, 5)) == 0
    assert remind_of_paper(date(2026, 6, 8)) == 1
    assert "2026年5月" in Delivery.objects.get().message.body
    assert mail.outbox == []
