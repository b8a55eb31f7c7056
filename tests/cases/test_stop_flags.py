"""No letter that names a protected person leaves before somebody has looked."""

import copy
from datetime import date, timedelta

import pytest

from tests import cast
from tests.cast import cases
from todoke.accounts.actors import Guest
from todoke.cases import decisions, intake
from todoke.cases.letters import issue
from todoke.cases.models import Case, StopFlag
from todoke.cases.models.stop_flag import flags_by_case, person_key
from todoke.japanese.calendar import today
from todoke.offers.models import Offer, Release
from todoke.runtime.refusals import Conflict, NotAllowed

pytestmark = pytest.mark.django_db


def flag(at: cases.Counter, name: str = "山田 花子", born_on: date | None = None) -> StopFlag:
    return StopFlag.place(
        name=name, department=at.section, starts_on=today(), ends_on=today() + timedelta(days=365), by=at.chief,
        born_on=born_on,
    )  # fmt: skip


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


BORN = {
    "id": "born", "kind": "date", "label": "生年月日", "required": "no",
}  # fmt: skip


def received(release: Release, **answers: str) -> Case:
    """An application under a release that was received."""
    return intake.accept(cases.filled(release, None, **answers).submission, by=Guest())


def with_birth(at: cases.Counter, born: str, **more: str) -> Case:
    """An application that gives the birth date of the person whom it names."""
    document = copy.deepcopy(cases.DOCUMENT)
    document["pages"][0]["groups"][0]["questions"].append(BORN)
    number = Offer.objects.count() + 50
    release = cases.release(at.section, document=document, code=f"born-{number}", serial=number)
    return received(release, born=born, **more)


def test_a_namesake_born_on_another_day_is_not_held() -> None:
    at = cases.counter()
    placed = flag(at, born_on=date(1990, 5, 3))
    herself, namesake = with_birth(at, "平成2年5月3日"), with_birth(at, "1985-01-31")
    unsaid = with_birth(at, "")
    assert flags_by_case([herself, namesake, unsaid]) == {herself.pk: [placed], unsaid.pk: [placed]}


def test_a_birth_date_that_may_be_another_persons_releases_nobody() -> None:
    at = cases.counter()
    flag(at, born_on=date(1990, 5, 3))
    document = copy.deepcopy(cases.DOCUMENT)
    asked = document["pages"][0]["groups"][0]["questions"]
    asked += [BORN, {"id": "spouse", "kind": "name", "label": "配偶者の氏名"}]
    release = cases.release(at.section, document=document, code="couple", serial=60)
    spouse = {"spouse__family": "山田", "spouse__given": "花子", "spouse__family_kana": "ヤマダ"}
    named = {"name__family": "山田", "name__given": "太郎", "born": "1985-01-31"}
    case = received(release, **named, **spouse, spouse__given_kana="ハナコ")
    assert case.pk in flags_by_case([case])


def test_who_works_on_the_case_reads_it_before_doing_anything() -> None:
    at = cases.counter()
    flag(at)
    case = cases.reviewed(at)
    clerk, said = cast.signed_in(at.clerk), "支援措置: この案件には、登録されている人の名前があります"
    assert "支援措置</span>" in clerk.get("/office/cases/?view=all").content.decode()
    for page in ("", "correction/", "proposal/"):
        shown = clerk.get(f"/office/cases/{case.number}/{page}").content.decode()
        assert said in shown
        assert "本人以外のだれにも伝えないでください" in shown
    number = decisions.propose(case, "granted", by=at.clerk).number
    assert said in cast.signed_in(at.chief).get(f"/office/proposals/{number}/").content.decode()


def test_a_case_of_nobody_protected_says_nothing() -> None:
    at = cases.counter()
    flag(at, "鈴木 一郎")
    page = cast.signed_in(at.clerk).get(f"/office/cases/{cases.reviewed(at).number}/").content.decode()
    assert "支援措置" not in page.partition("<main")[2]
