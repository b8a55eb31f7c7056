"""Each person gets the points of a programme once, whatever the way, within the budget, and the ledger knows each."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import cast
from tests.cast import points as of_points
from tests.cast.points import BY
from tests.cast.races import together
from todoke.audit.models import Entry
from todoke.japanese.calendar import today
from todoke.payments import ledger_accounts
from todoke.payments.models import LedgerLine
from todoke.points import point_balances
from todoke.points.models import AlreadyGranted, EligiblePerson, PointGrant, PointHolder, PointProgram
from todoke.points.point_keys import claim_code
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, NotYet, Refused

Way = EligiblePerson.Way


@pytest.mark.django_db
def test_a_person_gets_the_points_once_by_letter_by_account_or_at_the_counter() -> None:
    program, hanako = of_points.program(), cast.resident()
    person = of_points.person(program)
    letter = claim_code("living", person.person_key)
    found = cast.present(EligiblePerson.of_claim_code(letter.lower().replace("-", " ")))
    grant = PointGrant.claim(found, way=Way.LETTER, user=hanako, by=hanako)
    for way, user in ((Way.COUNTER, None), (Way.CARD, hanako), (Way.PROXY, cast.resident("代理", "p@example.jp"))):
        with pytest.raises(AlreadyGranted):
            PointGrant.claim(program.eligible.of_number("0012345"), way=way, user=user, by=BY)
    assert (PointGrant.objects.get(), LedgerLine.balance(ledger_accounts.POINTS)) == (grant, -7000)
    with pytest.raises(IntegrityError), transaction.atomic():
        PointGrant.objects.create(
            program=program, number="PT2", eligible=person, resident_hash="x", points=1, left=1, granted_on=today(),
            expires_on=today(),
        )  # fmt: skip


@pytest.mark.django_db
def test_the_database_lets_nobody_have_a_grant_by_the_number_and_another_by_the_account() -> None:
    """Whoever writes past the verbs is refused too: by account alone, by another's account, under another number."""
    program, hanako, taro = of_points.program(), cast.resident(), cast.resident("田中 太郎", "taro@example.jp")
    first = of_points.granted(program, user=hanako)
    of_points.granted(program, "0012346", user=taro)
    row = {
        "program": program, "points": 7000, "left": 7000, "granted_on": today(), "expires_on": today(),
        "eligible": first.eligible, "holder": first.holder, "resident_hash": first.resident_hash, "user": hanako,
    }  # fmt: skip
    PointGrant.objects.filter(pk=first.pk).update(left=0, cancelled_at=timezone.now(), cancel_reason="試し")
    wrong: list[dict[str, object]] = [
        {"eligible": None}, {"holder": None}, {"resident_hash": "x"}, {"user": taro},
        {"eligible": None, "holder": None, "resident_hash": ""},
    ]  # fmt: skip
    for number, each in enumerate(wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            PointGrant.objects.create(**{**row, **each}, number=f"PT{number}")
    PointGrant.objects.create(**row, number="PT9")
    again: tuple[dict[str, object], ...] = ({}, {"user": None})
    for each in again:
        with pytest.raises(IntegrityError), transaction.atomic():
            PointGrant.objects.create(**{**row, **each}, number="PT10")


@pytest.mark.django_db
@pytest.mark.parametrize("again", [" 0012345 ", "００１２３４５", "001-2345", "001 2345", "００１−２３４５"])
def test_the_number_is_one_however_it_is_typed_and_is_not_stored(again: str) -> None:
    program = of_points.program()
    grant = of_points.granted(program)
    assert program.enrol([(again, None)], by=BY) == 0
    with pytest.raises(AlreadyGranted):
        PointGrant.claim(program.eligible.of_number(again), way=Way.COUNTER, by=BY)
    assert "0012345" not in f"{grant.resident_hash}{cast.present(grant.holder).person_key}"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", ["12", "1234567890123456", "００１２あ", "0012345,0012346"])
def test_what_can_be_no_number_is_refused_and_nobody_is_listed(wrong: str) -> None:
    program = of_points.program()
    with pytest.raises(Refused, match="英字と数字4〜15文字"):
        program.enrol([("0012345", None), (wrong, None)], by=BY)
    assert program.eligible.count() == 0
    with pytest.raises(Refused, match="対象者の一覧にありません"):
        program.eligible.of_number("0099")


@pytest.mark.django_db
def test_one_account_holds_the_points_of_one_person() -> None:
    program, hanako = of_points.program(), cast.resident()
    of_points.granted(program, user=hanako)
    with pytest.raises(Conflict, match="別の方"):
        of_points.granted(program, "0012346", user=hanako)
    second = of_points.program(code="second")
    with pytest.raises(Conflict, match="別のアカウント"):
        of_points.granted(second, user=cast.resident("田中 太郎", "taro@example.jp"))
    assert of_points.granted(second).user == hanako
    assert program.eligible.filter(claimed_at__isnull=False).count() == 1


@pytest.mark.django_db
def test_a_clerk_grants_nothing_to_themselves() -> None:
    clerk = cast.clerk()
    person = of_points.person(of_points.program())
    with pytest.raises(NotAllowed, match="自分には"):
        PointGrant.claim(person, way=Way.COUNTER, user=clerk, by=clerk)


@pytest.mark.django_db
def test_a_grant_by_mistake_is_taken_back_and_given_to_the_right_person() -> None:
    program = of_points.program(budget=7000)
    wrong = of_points.granted(program)
    with pytest.raises(Refused, match="理由"):
        wrong.cancel(" ", by=BY)
    wrong.cancel("別の方に付与したため", by=BY)
    with pytest.raises(Conflict):
        wrong.cancel("もう一度", by=BY)
    assert (wrong.left, LedgerLine.balance(ledger_accounts.POINTS)) == (0, 0)
    PointGrant.claim(program.eligible.of_number("0012345"), way=Way.COUNTER, by=BY)
    assert point_balances.unexplained_yen() == 0


@pytest.mark.django_db
def test_of_30_000_people_with_a_budget_for_25_000_the_next_is_told_and_nothing_is_granted_over_it() -> None:
    program = of_points.program(budget=25_000 * 7000)
    program.enrol([(f"{number:07}", 1950) for number in range(30_000)], by=BY)
    assert program.eligible.count() == 30_000
    for number in range(5):
        of_points.granted(program, f"{number:07}")
    PointProgram.objects.filter(pk=program.pk).update(committed_yen=24_999 * 7000)
    program.refresh_from_db()
    of_points.granted(program, "0000005")
    with pytest.raises(Refused, match="予算"):
        PointGrant.claim(program.eligible.of_number("0000006"), way=Way.COUNTER, by=BY)
    program.refresh_from_db()
    assert (program.committed_yen, program.grants.count()) == (25_000 * 7000, 6)
    assert program.eligible.filter(claimed_at__isnull=False).count() == 6
    with pytest.raises(IntegrityError), transaction.atomic():
        PointProgram.objects.filter(pk=program.pk).update(committed_yen=25_000 * 7000 + 1)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_200_parallel_claims_of_100_people_by_two_ways_give_100_grants() -> None:
    program = of_points.program(budget=None)
    program.enrol([(f"{number:07}", 1950) for number in range(100)], by=BY)

    def claim(number: int) -> None:
        found = program.eligible.select_related("program").of_number(f"{number % 100:07}")
        PointGrant.claim(found, way=Way.COUNTER if number < 100 else Way.LETTER, by=BY)

    done = [
        each for start in range(0, 100, 10)
        for each in together(*[lambda n=n: claim(n) for way in (start, start + 100) for n in range(way, way + 10)])
    ]  # fmt: skip
    assert (sum(done), len(done)) == (100, 200)
    program.refresh_from_db()
    assert (PointGrant.objects.count(), PointHolder.objects.count(), program.committed_yen) == (100, 100, 700_000)
    assert point_balances.unexplained_yen() == LedgerLine.total() == 0


@pytest.mark.django_db
def test_a_programme_is_published_by_another_and_grants_in_its_days_only() -> None:
    program, author = of_points.program(), cast.clerk()
    PointProgram.objects.filter(pk=program.pk).update(published_at=None, drafted_by=author, budget_yen=None)
    program.refresh_from_db()
    with pytest.raises(NotYet):
        of_points.granted(program)
    with pytest.raises(NotAllowed):
        program.publish(by=author)
    chief = cast.chief()
    with pytest.raises(Refused, match="予算"):
        program.publish(by=chief)
    program.budget_yen = 70_000
    program.save()
    program.publish(by=chief)
    with pytest.raises(Refused, match="付与期間"):
        PointGrant.claim(of_points.person(program), way=Way.COUNTER, by=BY, on=today() + timedelta(days=1))
    assert of_points.granted(program).points == 7000
    PointProgram.objects.filter(pk=program.pk).update(closed_at=cast.present(program.published_at))
    program.refresh_from_db()
    with pytest.raises(Closed):
        of_points.granted(program, "0012346")
    assert Entry.objects.filter(act="ポイントの付与").count() == 1


@pytest.mark.django_db
def test_points_end_after_their_last_day_once() -> None:
    last = today() + timedelta(days=3)
    of_points.granted(of_points.program(1000, expires_on=last))
    assert [PointGrant.expire(last + timedelta(days=days)) for days in (0, 1, 1)] == [0, 1, 0]
    grant = PointGrant.objects.get()
    assert (grant.left, grant.expired_points, LedgerLine.balance(ledger_accounts.POINT_COST)) == (0, 1000, 0)
    assert point_balances.unexplained_yen() == 0
