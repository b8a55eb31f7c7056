"""The treasurer's pages: import, match, explain, and two signatures."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tests.cast.money_day import Office
from todoke.organization.models import Post
from todoke.payments.models import DayClose, Finding, OpenItem, Statement

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
PAGE = f"/office/payments/{DAY}/"


def signed_in(name: str, email: str, role: str = Post.Role.TREASURER) -> Client:
    client = Client()
    client.force_login(cast.staff(name, email, role))
    return client


@pytest.fixture
def treasurer() -> Client:
    return signed_in("山口 恵", "treasurer@example.lg.jp")


@pytest.fixture
def lived_day() -> Office:
    office = Office(seed=1, faults_per_class=1)
    office.hand_in(office.live(DAY, payments=14), till_difference=0, payout_difference=0)
    return office


def test_a_clerk_of_another_duty_cannot_open_the_money() -> None:
    clerk = signed_in("佐藤 係員", "clerk@example.lg.jp", Post.Role.CLERK)
    assert clerk.get("/office/payments/").status_code == 403
    assert clerk.post(PAGE + "matching/").status_code == 403


def test_the_newest_day_stands_first(treasurer: Client) -> None:
    for day in (date(2026, 11, 18), DAY, date(2026, 11, 19)):
        DayClose.objects.create(day=day, opened_at=timezone.now())
    shown = treasurer.get("/office/payments/").context["rows"]
    assert [close.day.day for close in shown] == [20, 19, 18]


def test_who_checks_a_day_can_send_it_back_and_who_made_it_is_offered_neither(
    treasurer: Client, lived_day: Office
) -> None:
    for act in ("matching", "remedy", "preparation"):
        treasurer.post(f"{PAGE}{act}/")
    own = treasurer.get(PAGE).content.decode()
    assert "あなたが作成しました。" in own
    assert "確認して締める" not in own
    second = signed_in("別の 会計", "second@example.lg.jp")
    assert "確認して締める" in second.get(PAGE).content.decode()
    assert "確認を待つ日計" in second.get("/office/").content.decode()
    unsaid = second.post(f"{PAGE}return/", {"reason": ""})
    assert "理由を書いて" in second.get(unsaid.headers["Location"]).content.decode()
    assert "差し戻せません" in treasurer.post(f"{PAGE}return/", {"reason": "数え直す"}).content.decode()
    done = second.post(f"{PAGE}return/", {"reason": "レジの精算票と合いません。"}, follow=True).content.decode()
    assert "差し戻しました" in done
    assert "レジの精算票と合いません。" in treasurer.get(PAGE).content.decode()
    assert DayClose.objects.get().prepared_by is None
    treasurer.post(f"{PAGE}preparation/")
    assert DayClose.objects.get().sent_back_reason == ""


def test_a_treasurer_sees_the_open_differences_in_the_morning(treasurer: Client, lived_day: Office) -> None:
    treasurer.post(PAGE + "matching/")
    tiles = {matter.label: matter for matter in treasurer.get("/office/").context["matters"]}
    left = Finding.objects.filter(explained_at=None).count()
    assert left > 0
    assert tiles["対応していない差異"].count == left
    assert "期限をすぎた案件" not in tiles, "who works on no cases is shown none"


def test_two_people_close_a_day(treasurer: Client, lived_day: Office) -> None:
    treasurer.post(PAGE + "matching/")
    first = cast.present(DayClose.objects.get().findings.first())
    treasurer.post(PAGE + "remedy/", {"difference": first.difference, "reference": first.reference})
    assert DayClose.objects.get().findings.filter(explained_at__isnull=False).count() == 1
    treasurer.post(PAGE + "remedy/")
    treasurer.post(PAGE + "preparation/")
    refused = treasurer.post(PAGE + "signature/", follow=True)
    assert "作成した人は確認できません" in refused.content.decode()
    signed_in("別の 人", "second@example.lg.jp").post(PAGE + "signature/")
    assert "締め済みです" in treasurer.get(PAGE).content.decode()


def test_what_is_carried_is_listed_and_asked_after_again(treasurer: Client, lived_day: Office) -> None:
    treasurer.post(PAGE + "matching/")
    treasurer.post(PAGE + "remedy/")
    page = treasurer.get("/office/payments/items/").content.decode()
    item = OpenItem.objects.select_related("finding").get(finding__difference="unknown")
    assert item.reference in page
    named = {"difference": "unknown"}
    asked = treasurer.post(f"/office/payments/items/{item.reference}/inquiry/", named, follow=True).content.decode()
    assert "明細が届くのを待っています" in asked
    back = OpenItem.objects.get(finding__difference="charged_back")
    given = {"difference": "charged_back"}
    assert (
        "あらためて請求しました"
        in treasurer.post(f"/office/payments/items/{back.reference}/concession/", given, follow=True).content.decode()
    )
    assert item.reference in treasurer.get("/office/payments/items/?export=csv").getvalue().decode()


def test_a_difference_without_words_is_not_explained(treasurer: Client, lived_day: Office) -> None:
    treasurer.post(PAGE + "matching/")
    finding = cast.present(DayClose.objects.get().findings.first())
    named = {"difference": finding.difference, "reference": finding.reference}
    answer = treasurer.post(PAGE + "explanation/", {**named, "explanation": " "}, follow=True)
    assert "対応の内容を入力してから" in answer.content.decode()


def test_the_page_costs_the_same_however_many_differences(
    treasurer: Client, lived_day: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    treasurer.post(PAGE + "matching/")
    with django_assert_max_num_queries(12):
        treasurer.get(PAGE)


def test_a_statement_with_a_bad_cell_says_where_and_takes_nothing(treasurer: Client) -> None:
    content = "業務日,照合番号,金額\n2026-11-20,a1,300\n11月20日,a2,三百円\n".encode("cp932")
    file = SimpleUploadedFile("till.csv", content)
    answer = treasurer.post("/office/payments/statements/", {"source": "till", "file": file})
    assert answer.status_code == 422
    assert "3行目「金額」の「三百円」: 円単位の整数にしてください" in answer.content.decode()


def test_a_statement_is_taken_once(treasurer: Client) -> None:
    for _ in range(2):
        file = SimpleUploadedFile("till.csv", "業務日,照合番号,金額\n2026-11-20,a1,300\n".encode())
        treasurer.post("/office/payments/statements/", {"source": "till", "file": file})
    assert "till.csv" in str(Statement.objects.get())


def test_the_treasurer_takes_the_sheet_along(treasurer: Client, lived_day: Office) -> None:
    treasurer.post(PAGE + "matching/")
    text = treasurer.get(PAGE + "sheet.csv").content.decode("utf-8-sig")
    assert "収納,13-" in text
    assert "二重" in text


def test_what_the_treasurer_writes_is_no_formula_on_the_sheet(treasurer: Client, lived_day: Office) -> None:
    treasurer.post(PAGE + "matching/")
    Finding.objects.update(explanation="=1+1", our_yen=-100)
    text = treasurer.get(PAGE + "sheet.csv").content.decode("utf-8-sig")
    assert ",-100," in text
    assert ",'=1+1" in text
