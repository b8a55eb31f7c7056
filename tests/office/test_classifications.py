"""The records clerk writes the next table of classifications, tries it out, and another person publishes it."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests import cast
from tests.cast import cases, signed_in
from todoke.accounts.actors import Guest
from todoke.accounts.models import User
from todoke.japanese.calendar import today
from todoke.records.classification_table import INITIAL, ClassificationLine
from todoke.records.models import Classification, ClassificationDraft, ClassificationTable, RecordFile
from todoke.records.models.classification import BEGINNING

pytestmark = pytest.mark.django_db
DRAFT = "/office/classifications/draft/"
LONG = {"code": "KENCHIKU", "name": "建築の許可", "years": "30", "start_rule": "calendar", "matter": "building"}


@pytest.fixture
def keeper() -> User:
    return cast.keeper()


@pytest.fixture
def headquarters() -> User:
    return cast.headquarters()


def begun(user: User) -> Client:
    page = signed_in(user)
    page.post("/office/classifications/drafting/")
    return page


def test_how_long_a_matter_would_be_kept_shows_before_publication(keeper: User) -> None:
    page = begun(keeper)
    page.post(f"{DRAFT}addition/", LONG | {"seen": "1"})
    tried = page.get(DRAFT, {"closed_on": "2026-05-01"}).content.decode()
    assert "2027年1月1日" in tried
    assert "2056年12月31日" in tried
    assert "加わる" in tried
    assert not Classification.objects.filter(code="KENCHIKU").exists()


def test_another_person_publishes_for_what_is_closed_from_that_day(keeper: User, headquarters: User) -> None:
    page, other, day = begun(keeper), signed_in(headquarters), today() + timedelta(days=1)
    page.post(
        f"{DRAFT}lines/SHOBUN/entry/",
        {"code": "SHOBUN", "name": "処分", "years": "10", "start_rule": "fiscal", "seen": "1"},
    )
    form = {"starts_on": str(day), "basis": "改正規程", "seen": "2"}
    assert "別の人" in page.post(f"{DRAFT}publication/", form, follow=True).content.decode()
    assert "もう一度確かめて" in other.post(f"{DRAFT}publication/", form | {"seen": "1"}, follow=True).content.decode()
    assert "公開しました" in other.post(f"{DRAFT}publication/", form, follow=True).content.decode()
    assert ClassificationTable.on(today()).line_for("SHOBUN").years == 5
    assert ClassificationTable.on(day).line_for("SHOBUN").years == 10
    with pytest.raises(TypeError):
        ClassificationTable.on(day).line_for("SHOBUN").save()


def test_a_kind_of_matter_is_filed_where_the_table_says() -> None:
    at = cases.counter()
    lines = [*INITIAL, ClassificationLine("INU", "犬の登録", 3, "next_day", matter=at.release.matter or "dog")]
    ClassificationTable.publish(lines, starts_on=date(2020, 4, 1), basis="規程", by=at.clerk)
    type(at.release).objects.filter(pk=at.release.pk).update(matter="dog")
    case = cases.case(at)
    case.refresh_from_db()
    case.withdraw(by=Guest())
    file = RecordFile.objects.get(number=case.number)
    assert (file.classification.code, file.years, file.start_rule) == ("INU", 3, "next_day")
    assert file.starts_on == today() + timedelta(days=1)


def test_a_table_that_would_leave_matters_without_a_place_is_not_published(keeper: User, headquarters: User) -> None:
    page, other = begun(keeper), signed_in(headquarters)
    page.post(f"{DRAFT}lines/KIAN/removal/", {"seen": "1"})
    page.post(f"{DRAFT}addition/", LONG | {"seen": "2", "parent": ""})
    page.post(f"{DRAFT}addition/", LONG | {"seen": "3", "code": "KENCHIKU2"})
    said = other.get(DRAFT).content.decode()
    assert "「起案・決裁」(KIAN)がありません" in said
    assert "「building」を綴る先が二つあります" in said
    form = {"starts_on": str(today() + timedelta(days=1)), "basis": "改正規程", "seen": "4"}
    assert "綴る先" in other.post(f"{DRAFT}publication/", form, follow=True).content.decode()
    assert ClassificationTable.objects.count() == 1
    assert ClassificationDraft.objects.get().revision == 4


def test_a_clerk_reads_but_does_not_write(keeper: User) -> None:
    begun(keeper)
    page = signed_in(cast.clerk())
    shown = page.get("/office/classifications/", follow=True).content.decode()
    assert "申請に対する処分" in shown
    assert "はじめから" in shown
    assert "文書法規担当と推進本部事務局" in shown
    assert page.post(f"{DRAFT}lines/KIAN/removal/", {"seen": "1"}).status_code == 403
    assert len(ClassificationDraft.objects.get().lines) == 2


def test_the_list_filters_sorts_and_exports(keeper: User) -> None:
    many = [ClassificationLine(f"Z-{n:03}", f"分類{n:03}", 1) for n in range(60)]
    table = ClassificationTable.publish([*INITIAL, *many], starts_on=date(2020, 4, 1), basis="規程", by=keeper)
    page, at = signed_in(keeper), f"/office/classifications/versions/{table.number}/"
    assert "Z-059" in page.get(f"{at}?sort=-code").content.decode()
    assert "Z-009" not in page.get(f"{at}?sort=-code&after=Z-009").content.decode()
    assert "Z-001" not in page.get(f"{at}?years=5").content.decode()
    sheet = page.get(f"{at}export/?q=KIAN").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[1].startswith("KIAN,起案・決裁,,5年")
    assert ClassificationTable.first().starts_on == BEGINNING


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "あす"])
def test_a_day_that_makes_no_sense_is_said_and_nothing_breaks(keeper: User, day: str) -> None:
    page = begun(keeper)
    assert page.get(DRAFT, {"closed_on": day}).status_code == 200


def test_a_tampered_revision_publishes_nothing(keeper: User, headquarters: User) -> None:
    begun(keeper)
    page, day = signed_in(headquarters), str(today() + timedelta(days=1))
    for seen in ("9" * 30, "-1", "x", ""):
        form = {"starts_on": day, "basis": "改正規程", "seen": seen}
        assert page.post(f"{DRAFT}publication/", form).status_code == 422
        assert page.post(f"{DRAFT}lines/KIAN/removal/", {"seen": seen}, follow=True).status_code == 200
    assert ClassificationTable.objects.count() == 1
    assert ClassificationDraft.objects.get().revision == 1
