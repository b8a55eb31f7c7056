"""Codes for letters beside numbers that are not stored, kinds of shops before publication, and the QR of the card."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import cast
from tests.cast import points as of_points
from todoke.audit.models import DataExport
from todoke.points.letter_codes import LetterCodes
from todoke.points.models import EligibleImport, EligiblePerson, ExcludedCategory, PointGrant, PointProgram
from todoke.points.point_keys import claim_code
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused

pytestmark = pytest.mark.django_db
HERE = "/office/points/living/"


def table(*numbers: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("a.csv", ("宛名番号\n" + "".join(f"{number}\n" for number in numbers)).encode())


def test_a_section_gets_the_code_of_each_letter_and_the_person_claims_by_it() -> None:
    program, hanako = of_points.program(), cast.resident()
    waiting = of_points.person(program)
    of_points.granted(program, "0012346")
    clerk = cast.signed_in(cast.clerk())
    answer = clerk.post(f"{HERE}letters/", {"table": table("00-12345", "0012346", "0099999")})
    lines = answer.getvalue().decode("utf-8-sig").splitlines()
    assert lines == ["宛名番号,案内の番号", f"00-12345,{claim_code('living', waiting.person_key)}"]
    assert "no-store" in answer["Cache-Control"]
    assert DataExport.objects.get().title == "案内の番号の表"
    cast.signed_in(hanako).post("/me/points/claim/", {"code": lines[1].split(",")[1]})
    assert PointGrant.objects.filter(user=hanako).exists()
    assert clerk.post(f"{HERE}letters/", {"table": table("0012345")}).status_code == 409


def test_a_long_table_is_taken_in_piece_by_piece_and_can_be_given_up() -> None:
    program, clerk = of_points.program(), cast.clerk()
    desk = cast.signed_in(clerk)
    desk.post(f"{HERE}people/", {"table": table(*(f"A{number:06}" for number in range(2500)))})
    going = EligibleImport.objects.get()
    assert (going.done, going.finished_at, program.eligible.count()) == (0, None, 0)
    assert "取込みを取りやめる" in desk.get(HERE).content.decode()
    assert "A000001" not in str(going.rows)
    for _ in range(2):
        going.take_in()
    assert (going.done, going.added, going.rows, program.eligible.count()) == (2500, 2500, [], 2500)
    assert "取込みを取りやめる" not in desk.get(HERE).content.decode()
    again = EligibleImport.begin(program, [(f"A{number:06}", None) for number in range(2501)], by=clerk)
    desk.post(f"{HERE}people/cancellation/")
    again.take_in()
    assert (again.done, again.rows, program.eligible.count()) == (0, [], 2500)
    with pytest.raises(Conflict):
        again.cancel(by=clerk)


def test_a_number_that_can_be_none_takes_nobody_of_the_table() -> None:
    desk = cast.signed_in(cast.clerk())
    of_points.program()
    refused = desk.post(f"{HERE}people/", {"table": table("0012345", "12")})
    assert (refused.status_code, "一人も加えていません" in refused.content.decode()) == (422, True)
    assert not EligibleImport.objects.exists()


def test_another_section_gets_no_code() -> None:
    program = of_points.program()
    of_points.person(program)
    other = cast.staff("別課", "other@example.lg.jp", section=cast.department("税務課", "2020"))
    assert cast.signed_in(other).post(f"{HERE}letters/", {"table": table("0012345")}).status_code == 404
    with pytest.raises(NotAllowed):
        LetterCodes(program, ("0012345",)).require_taking(by=other)
    with pytest.raises(Refused):
        LetterCodes(program, ("12",)).rows()


def test_kinds_of_shops_are_decided_before_publication_only() -> None:
    program, clerk = of_points.program(), cast.clerk()
    with pytest.raises(Closed):
        program.exclude_categories(["food"], by=clerk)
    PointProgram.objects.update(published_at=None)
    desk = cast.signed_in(clerk)
    for chosen in (["food", "care"], ["care"]):
        desk.post(f"{HERE}exclusions/", {"categories": chosen})
    assert [row.category for row in ExcludedCategory.objects.all()] == ["care"]
    assert "<dt>使えない業種</dt><dd>医療・介護・薬</dd>" in desk.get(HERE).content.decode()
    assert desk.post(f"{HERE}exclusions/", {"categories": ["casino"]}).status_code == 422


def test_the_card_carries_a_code_that_a_till_can_read() -> None:
    grant = of_points.granted(of_points.program())
    assert grant.eligible is not None
    assert grant.eligible.way == EligiblePerson.Way.COUNTER
    page = cast.signed_in(cast.clerk()).post(f"{HERE}grants/{grant.number}/card/").content.decode()
    assert 'src="data:image/svg+xml' in page
