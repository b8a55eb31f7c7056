"""Members of promotion: a seat left empty on 1 April heads the list that day, without anybody's act."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests import cast
from todoke.accounts.models import User
from todoke.japanese.calendar import fiscal_year, today
from todoke.organization.models import Post, Tenure
from todoke.runtime.refusals import Conflict, NotAllowed, Refused
from todoke.workforce.member_figures import coverage, not_accepted, vacant_on
from todoke.workforce.models import DigitalHelper, PromotionMember

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).resolve().parents[2] / "src" / "todoke"


def people(sections: int, without: int = 0) -> list[PromotionMember]:
    """Sections with one member each, the last of them without."""
    by, made = cast.headquarters(), []
    by.tenures.update(ends_on=today() - timedelta(days=1))
    keeper = cast.staff("本部", "hq@example.lg.jp", Post.Role.HEADQUARTERS, cast.department("DX推進課", "0000"))
    for number in range(sections):
        section = cast.department(f"第{number:02}課", f"40{number:02}")
        person = cast.staff(f"職員{number}", f"m{number}@example.lg.jp", section=section)
        if number < sections - without:
            made.append(PromotionMember.nominate(section, person, agreed_minutes=240, by=keeper))
    Tenure.objects.filter(user=keeper).update(ends_on=today() - timedelta(days=1))
    return made


def test_of_40_sections_three_without_are_named_and_none_after_their_nomination() -> None:
    people(40, without=3)
    found = coverage(today())
    assert (found.sections, found.covered, found.vacant) == (40, 37, 3)
    vacant = list(vacant_on(today()).order_by("code"))
    assert [section.name for section in vacant] == ["第37課", "第38課", "第39課"]
    for section in vacant:
        chief = cast.staff("課長", f"c{section.code}@example.lg.jp", Post.Role.CHIEF, section)
        person = User.objects.get(email=f"m{section.code[2:].lstrip('0') or 0}@example.lg.jp")
        PromotionMember.nominate(section, person, agreed_minutes=240, by=chief)
    assert coverage(today()).vacant == 0


def test_a_transfer_on_1_april_empties_two_seats_that_day_without_anybodys_act() -> None:
    members = people(3)
    april = date(fiscal_year(today()) + 1, 4, 1)
    PromotionMember.objects.update(ends_on=None)
    for member in members[:2]:
        Tenure.objects.filter(user=member.user).update(ends_on=april - timedelta(days=1))
        Tenure.objects.create(post=cast.present(members[2].department.posts.first()), user=member.user, starts_on=april)
    assert coverage(april - timedelta(days=1)).vacant == 0
    assert PromotionMember.objects.lapsed(april).count() == 2
    assert set(PromotionMember.objects.in_force(april)) == {members[2]}


def test_a_member_holds_a_post_there_and_is_one_a_year() -> None:
    [member] = people(1)
    chief = cast.staff("課長", "chief@example.lg.jp", Post.Role.CHIEF, member.department)
    elsewhere = cast.staff("別課", "o@example.lg.jp", section=cast.department("税務課", "2020"))
    with pytest.raises(Refused, match="就いていません"):
        PromotionMember.nominate(member.department, elsewhere, agreed_minutes=60, by=chief)
    with pytest.raises(Conflict):
        PromotionMember.nominate(member.department, member.user, agreed_minutes=60, by=chief)
    with pytest.raises(NotAllowed):
        PromotionMember.nominate(elsewhere.tenures.get().post.department, elsewhere, agreed_minutes=60, by=chief)


def test_what_is_handed_over_waits_until_the_next_member_takes_it() -> None:
    [member] = people(1)
    handover = member.hand_over("端末の入替えの相談が続いている", by=member.user)
    chief = cast.staff("課長", "chief@example.lg.jp", Post.Role.CHIEF, member.department)
    following = cast.staff("次の人", "next@example.lg.jp", section=member.department)
    with pytest.raises(NotAllowed):
        handover.accept(by=following)
    PromotionMember.nominate(member.department, following, agreed_minutes=60, by=chief)
    Tenure.objects.filter(user=member.user).update(ends_on=today() - timedelta(days=1))
    assert list(not_accepted(today())) == [handover]
    handover.accept(by=following)
    assert not not_accepted(today()).exists()
    with pytest.raises(Conflict):
        handover.accept(by=following)


def test_the_two_registers_share_no_page_and_no_label() -> None:
    staff, volunteers = str(PromotionMember._meta.verbose_name), str(DigitalHelper._meta.verbose_name)
    assert (staff, volunteers) == ("デジタル化推進委員(職員)", "デジタル推進委員(国・協力者)")
    pages = [path for path in SOURCE.rglob("*.html") if re.search(r"推進委員", path.read_text())]
    mixed = [path.name for path in pages if staff in path.read_text() and volunteers in path.read_text()]
    assert (len(pages) > 4, mixed) == (True, [])
    assert not any(field.related_model is User for field in DigitalHelper._meta.get_fields())
