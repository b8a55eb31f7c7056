"""Each person gets the points of a programme once, sees what is left, and the ledger knows every point."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from tests import cast
from todoke.accounts.actors import System
from todoke.japanese.calendar import today
from todoke.organization.models import Post
from todoke.payments import ledger_accounts, trial_balance
from todoke.payments.models import AlreadyGranted, LedgerLine, PointGrant, PointProgram
from todoke.runtime.refusals import Conflict, Refused

pytestmark = pytest.mark.django_db
BY = System("試し")


def program(points: int = 7000, expires_on: date | None = None) -> PointProgram:
    return PointProgram.objects.create(
        code="living", title="くらし応援ポイント", points=points, starts_on=today() - timedelta(days=30),
        ends_on=today(), expires_on=expires_on or today() + timedelta(days=90),
    )  # fmt: skip


def test_a_person_gets_the_points_once() -> None:
    found, hanako = program(), cast.resident()
    grant = found.grant(user=hanako, by=BY)
    with pytest.raises(AlreadyGranted):
        found.grant(user=hanako, by=BY)
    assert (PointGrant.objects.count(), LedgerLine.balance(ledger_accounts.POINTS)) == (1, -7000)
    with pytest.raises(IntegrityError), transaction.atomic():
        PointGrant.objects.create(
            program=found, number="PT2", user=grant.user, points=1, left=1, granted_on=today(), expires_on=today()
        )


@pytest.mark.parametrize("again", [" 0012345 ", "００１２３４５", "001-2345", "001 2345", "００１−２３４５"])
def test_somebody_without_account_or_card_gets_them_once_however_the_number_is_typed(again: str) -> None:
    found = program()
    grant = found.grant(resident="0012345", by=BY)
    assert "0012345" not in grant.resident_hash
    with pytest.raises(AlreadyGranted):
        found.grant(resident=again, by=BY)
    with pytest.raises(Refused, match="指定してください"):
        found.grant(by=BY)


@pytest.mark.parametrize("wrong", ["12", "1234567890123456", "00１２あ", "0012345,0012346"])
def test_what_can_be_no_number_is_refused_with_what_to_type(wrong: str) -> None:
    with pytest.raises(Refused, match="英字と数字4〜15文字"):
        program().grant(resident=wrong, by=BY)


def test_with_account_and_number_a_person_is_known_by_either() -> None:
    found, hanako = program(), cast.resident()
    found.grant(user=hanako, resident="Ａ－１２３４５", by=BY)
    with pytest.raises(AlreadyGranted):
        found.grant(resident="a-12345", by=BY)
    with pytest.raises(AlreadyGranted):
        found.grant(user=hanako, by=BY)


def test_a_grant_by_mistake_is_taken_back_and_given_to_the_right_person() -> None:
    found, hanako = program(), cast.resident()
    wrong = found.grant(user=hanako, by=BY)
    with pytest.raises(Refused, match="理由"):
        wrong.cancel(" ", by=BY)
    wrong.cancel("別の方に付与したため", by=BY)
    assert (wrong.left, LedgerLine.balance(ledger_accounts.POINTS)) == (0, 0)
    with pytest.raises(Conflict):
        wrong.cancel("もう一度", by=BY)
    again = found.grant(user=hanako, by=BY)
    again.spend(1, by=BY)
    with pytest.raises(Conflict, match="使われた"):
        again.cancel("使ったあと", by=BY)
    assert trial_balance.unexplained_yen() == 0


def test_the_treasurer_takes_a_grant_back_on_its_page_and_a_refusal_keeps_what_was_typed(client: Client) -> None:
    client.force_login(
        cast.staff("財務 会計", "points@example.lg.jp", Post.Role.TREASURER, cast.department("会計課", "3001"))
    )
    program()
    refused = client.post("/office/payments/points/living/grant/", {"resident": "00-1"})
    assert (refused.status_code, "英字と数字4〜15文字" in refused.content.decode()) == (422, True)
    assert 'value="00-1"' in refused.content.decode()
    client.post("/office/payments/points/living/grant/", {"resident": "0012345"})
    grant = PointGrant.objects.get()
    address = f"/office/payments/points/living/grants/{grant.number}/"
    assert "付与を取り消す" in client.get(address).content.decode()
    assert client.post(f"{address}cancellation/", {"reason": ""}).status_code == 422
    client.post(f"{address}cancellation/", {"reason": "番号ちがい"})
    page = client.get(address).content.decode()
    assert "番号ちがい" in page
    assert "取消し" in client.get("/office/payments/points/living/").content.decode()


def test_points_are_used_down_to_none_and_never_below() -> None:
    grant = program(1000).grant(user=cast.resident(), by=BY)
    assert grant.spend(600, by=BY)
    assert not grant.spend(600, by=BY)
    assert grant.spend(400, by=BY)
    assert (LedgerLine.balance(ledger_accounts.POINTS), LedgerLine.balance(ledger_accounts.POINTS_OWED)) == (0, -1000)
    assert LedgerLine.total() == 0


def test_points_end_after_their_last_day_once() -> None:
    last = today() + timedelta(days=3)
    grant = program(1000, last).grant(user=cast.resident(), by=BY)
    grant.spend(300, by=BY)
    assert PointGrant.expire(last) == 0
    assert PointGrant.expire(last + timedelta(days=1)) == 1
    assert PointGrant.expire(last + timedelta(days=1)) == 0
    grant.refresh_from_db()
    assert grant.left == 0
    assert not grant.spend(1, by=BY)
    assert LedgerLine.balance(ledger_accounts.POINT_COST) == 300
    assert trial_balance.unexplained_yen() == 0


def test_outside_its_days_a_programme_grants_nothing() -> None:
    with pytest.raises(Refused, match="付与期間"):
        program().grant(user=cast.resident(), by=BY, on=today() + timedelta(days=1))


def test_a_resident_sees_own_points_and_nobody_elses() -> None:
    hanako, taro = cast.resident(), cast.resident("田中 太郎", "taro@example.jp")
    grant = program().grant(user=hanako, by=BY)
    grant.spend(500, by=BY)
    client = Client()
    assert client.get("/me/points/").status_code == 302
    client.force_login(hanako)
    page = client.get("/me/points/").content.decode()
    assert "6,500ポイント" in page
    assert "ポイント利用" in page
    client.force_login(taro)
    assert "ポイントはまだありません" in client.get("/me/points/").content.decode()


def test_many_grants_are_shown_with_what_happened_to_each_in_as_many_questions(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    hanako, made = cast.resident(), program()
    made.grant(user=hanako, by=BY).spend(500, by=BY)
    client.force_login(hanako)
    with CaptureQueriesContext(connection) as one:
        client.get("/me/points/")
    PointProgram.objects.create(
        code="second", title="二つ目", points=300, starts_on=made.starts_on, ends_on=made.ends_on,
        expires_on=made.expires_on,
    ).grant(user=hanako, by=BY)  # fmt: skip
    with django_assert_num_queries(len(one)):
        page = client.get("/me/points/").content.decode()
    assert page.count("ポイント付与") == 2
    assert "500ポイント" in page


def test_the_treasurer_grants_lists_and_exports() -> None:
    client, hanako = Client(), cast.resident()
    client.force_login(cast.staff("山口 恵", "t1@example.lg.jp", Post.Role.TREASURER))
    terms = {"code": "living", "title": "くらし応援ポイント", "points": "7000"}
    days = {"starts_on": str(today()), "ends_on": str(today()), "expires_on": str(today())}
    client.post("/office/payments/points/addition/", terms | days)
    for who in ({"email": hanako.email}, {"email": hanako.email}, {"resident": "0077"}, {"email": "nobody@example.jp"}):
        client.post("/office/payments/points/living/grant/", who)
    assert PointGrant.objects.count() == 2
    assert "山田 花子" in client.get("/office/payments/points/living/").content.decode()
    assert "2人" in client.get("/office/payments/points/").content.decode()
    taken = client.post("/office/payments/points/living/?export=csv", {"phrase": "report"})
    assert "山田 花子" in taken.getvalue().decode("utf-8-sig")


def test_others_than_treasurers_see_no_points() -> None:
    client = Client()
    client.force_login(cast.clerk())
    assert client.get("/office/payments/points/").status_code == 403
