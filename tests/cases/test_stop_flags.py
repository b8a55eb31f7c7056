"""No letter that names a protected person leaves before somebody has looked."""

from datetime import timedelta

import pytest

from tests import cast
from tests.cast import cases
from todoke.cases.letters import issue
from todoke.cases.models import StopFlag
from todoke.cases.models.stop_flag import person_key
from todoke.japanese.calendar import today
from todoke.runtime.refusals import Conflict, NotAllowed

pytestmark = pytest.mark.django_db


def flag(at: cases.Counter, name: str = "山田 花子") -> StopFlag:
    return StopFlag.place(
        name=name, department=at.section, starts_on=today(), ends_on=today() + timedelta(days=365), by=at.chief
    )


@pytest.mark.parametrize("name", ["山田 花子", "山田花子", "山田　花子", "山󠄀田 花子"])
def test_a_letter_that_names_the_person_is_held(name: str) -> None:
    at = cases.counter()
    flag(at, name)
    case = cases.decided(at)
    cases.work_off()
    case.refresh_from_db()
    letter = case.letters.get()
    assert letter.is_held
    assert not letter.made_at
    assert case.delivery == "held"


@pytest.mark.parametrize(
    ("flagged", "applied"), [("髙橋 花子", "高橋 花子"), ("渡邊 花子", "渡辺 花子"), ("やまだ", "ヤマダ")]
)
def test_a_flag_holds_whichever_way_the_name_is_written(flagged: str, applied: str) -> None:
    assert person_key(flagged) == person_key(applied)
    assert person_key(applied) != person_key("山田 太郎")


def test_after_a_person_has_looked_it_goes_out() -> None:
    at = cases.counter()
    flag(at)
    letter = cases.decided(at).letters.get()
    issue.release_letter(letter, reason="本人の請求であり、住所は載らない", by=at.clerk)
    cases.work_off()
    letter.refresh_from_db()
    assert letter.is_ready
    with pytest.raises(Conflict):
        letter.cancel(reason="やはりやめる", by=at.clerk)


def test_or_it_is_never_made() -> None:
    at = cases.counter()
    flag(at)
    letter = cases.decided(at).letters.get()
    letter.cancel(reason="手渡しにする", by=at.clerk)
    cases.work_off()
    letter.refresh_from_db()
    assert (letter.made_at, letter.case.delivery) == (None, "none")


def test_a_lifted_or_ended_flag_holds_nothing() -> None:
    at = cases.counter()
    flag(at).lift(by=at.clerk)
    assert not cases.decided(at).letters.get().is_held


def test_only_the_section_that_placed_it_sees_and_lifts_it() -> None:
    at = cases.counter()
    placed = flag(at)
    other = cast.staff("他課", "b@example.lg.jp", section=cast.department("税務課", "2020"))
    assert not StopFlag.objects.visible_to(other).exists()
    with pytest.raises(NotAllowed):
        placed.lift(by=other)
