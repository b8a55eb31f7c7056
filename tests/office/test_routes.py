"""The keepers of the city's rules write the next set of rules, try it out, and another person publishes it."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast import approvals, signed_in
from todoke.accounts.models import User
from todoke.approvals.models import Absence, Deputy, Route, RouteDraft
from todoke.japanese.calendar import today
from todoke.organization.models import Tenure

pytestmark = pytest.mark.django_db
DRAFT = "/office/routes/general/draft/"
CHAIN = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}


@pytest.fixture
def office() -> approvals.Office:
    made = approvals.office()
    approvals.route()
    return made


@pytest.fixture
def keeper() -> User:
    return cast.keeper()


@pytest.fixture
def headquarters() -> User:
    return cast.headquarters()


def rows(*stops: tuple[int, str, str, str]) -> dict[str, str]:
    """Fill the table of posts as a browser sends it."""
    filled = {**CHAIN, "form-TOTAL_FORMS": str(len(stops))}
    for number, stop in enumerate(stops):
        for name, value in zip(("position", "kind", "role", "place"), stop, strict=True):
            filled[f"form-{number}-{name}"] = str(value)
    return filled


def begun(user: User) -> Client:
    page = signed_in(user)
    page.post("/office/routes/general/drafting/")
    return page


def test_a_matter_is_tried_out_before_anything_is_published(office: approvals.Office, keeper: User) -> None:
    page = begun(keeper)
    facts = {"kind": "", "up_to": "3000000", "importance": "ordinary", "basis": "第5条の2", "seen": "1"}
    page.post(f"{DRAFT}branches/1/entry/", facts | rows((1, "decide", "director", "above")))
    asked = {"department": office.section.code, "amount": "900000", "importance": "ordinary", "kind": ""}
    tried = page.get(DRAFT, asked).content.decode()
    assert "区民部 部長" in tried
    assert "高橋 部長" in tried
    assert "加わる" in tried
    assert "区分が重なっています" in tried
    now = page.get("/office/routes/general/", asked).content.decode()
    assert "鈴木 課長" in now
    assert Route.objects.get().versions.count() == 1


def test_who_is_away_or_missing_shows(office: approvals.Office, keeper: User) -> None:
    seat = Tenure.objects.of(office.chief).get().post
    Absence.objects.create(user=office.chief, starts_on=today(), ends_on=today())
    page = signed_in(keeper)
    asked = {"department": office.section.code, "amount": "1", "importance": "ordinary", "kind": ""}
    assert "いま処理できる人がいません" in page.get("/office/routes/general/", asked).content.decode()
    Deputy.objects.create(post=seat, deputy=Tenure.objects.of(office.clerk).get().post)
    assert "鈴木 課長が不在のため、代決者が処理します" in page.get("/office/routes/general/", asked).content.decode()


def test_another_person_publishes_and_it_is_frozen(office: approvals.Office, keeper: User, headquarters: User) -> None:
    page, other = begun(keeper), signed_in(headquarters)
    facts = {"kind": "travel", "basis": "第9条", "seen": "1", "above": "", "up_to": "", "importance": ""}
    page.post(f"{DRAFT}branches/0/entry/", facts | rows((1, "consult", "clerk", "own"), (2, "decide", "chief", "own")))
    day = today() + timedelta(days=1)
    form = {"starts_on": str(day), "basis": "改正規程", "seen": "2"}
    assert "別の人" in page.post(f"{DRAFT}publication/", form, follow=True).content.decode()
    early = other.post(f"{DRAFT}publication/", form | {"starts_on": str(today())}, follow=True).content.decode()
    assert "以降の日にしてください" in early
    assert "もう一度確かめて" in other.post(f"{DRAFT}publication/", form | {"seen": "1"}, follow=True).content.decode()
    assert "公開しました" in other.post(f"{DRAFT}publication/", form, follow=True).content.decode()
    route = Route.objects.get()
    assert route.version_on().number == 1
    assert route.version_on(day).decision_class_for("travel", None, "ordinary").basis == "第9条"
    assert not RouteDraft.objects.exists()
    with pytest.raises(TypeError):
        route.version_on(day).save()


def test_two_writers_do_not_overwrite_each_other(office: approvals.Office, keeper: User, headquarters: User) -> None:
    page, other = begun(keeper), signed_in(headquarters)
    page.post(f"{DRAFT}branches/3/removal/", {"seen": "1"})
    late = other.post(f"{DRAFT}branches/1/removal/", {"seen": "1"}, follow=True).content.decode()
    assert "先に案を書き換えました" in late
    assert len(RouteDraft.objects.get().rules.decision_classes) == 2
    assert "まだ公開できません" in late


def test_a_clerk_reads_but_does_not_write(office: approvals.Office, keeper: User) -> None:
    begun(keeper)
    page = signed_in(office.clerk)
    assert "一般の専決規程" in page.get("/office/routes/").content.decode()
    assert page.post(f"{DRAFT}discarding/").status_code == 403
    page.post(f"{DRAFT}branches/1/removal/", {"seen": "1"})
    assert len(RouteDraft.objects.get().rules.decision_classes) == 3
    refused = page.post("/office/routes/registration/", {"code": "new", "name": "新しい規程"}, follow=True)
    assert "あなたの職位ではできません" in refused.content.decode()
    assert "新しい規程" in refused.content.decode()


def test_what_is_half_written_is_said_beside_its_row(office: approvals.Office, keeper: User) -> None:
    page = begun(keeper)
    facts = {"above": "500", "up_to": "100", "seen": "1"} | rows((1, "decide", "treasurer", "fixed"))
    said = page.post(f"{DRAFT}branches/0/entry/", facts).content.decode()
    assert "1行目" in said
    assert "より大きい額" in said
    assert len(RouteDraft.objects.get().rules.decision_classes) == 3


def test_the_list_filters_sorts_pages_and_exports(
    office: approvals.Office, keeper: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Route.objects.bulk_create(Route(code=f"r-{n:03}", name=f"規程{n:03}") for n in range(60))
    page = signed_in(keeper)
    with django_assert_max_num_queries(12):
        first = page.get("/office/routes/?sort=-name").content.decode()
    assert "規程059" in first
    assert "規程005" not in first
    second = page.get("/office/routes/?sort=-name&after=r-010").content.decode()
    assert "規程009" in second
    assert "規程010" not in second
    assert "一般の専決規程" not in page.get("/office/routes/?state=none").content.decode()
    sheet = page.get("/office/routes/export/?q=一般").getvalue().decode("utf-8-sig")
    assert sheet.splitlines()[1].startswith("一般の専決規程,1,2020-04-01")


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "-1", "１００円"])
def test_a_figure_that_makes_no_sense_is_said_and_nothing_breaks(
    office: approvals.Office, keeper: User, headquarters: User, number: str
) -> None:
    page = begun(keeper)
    asked = {"department": office.section.code, "amount": number, "importance": "ordinary", "kind": ""}
    assert page.get(DRAFT, asked).status_code == 200
    facts = {"above": number, "seen": "1"} | rows((1, "decide", "chief", "own"))
    assert page.post(f"{DRAFT}branches/1/entry/", facts).status_code == 200
    form = {"starts_on": str(today() + timedelta(days=1)), "basis": "改正", "seen": number}
    assert signed_in(headquarters).post(f"{DRAFT}publication/", form).status_code == 422
    assert page.get(f"{DRAFT}branches/{'9' * 30}/").status_code == 200
    assert page.get(f"/office/routes/general/versions/{'9' * 30}/").status_code == 404
    assert RouteDraft.objects.get().revision == 1
    assert Route.objects.get().versions.count() == 1
