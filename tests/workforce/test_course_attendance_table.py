"""Who came is noted from the table of a learning system, all of it or nothing, and never twice."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests import cast
from todoke.accounts.models import User
from todoke.bookings.slots import Span
from todoke.organization.models import Post
from todoke.runtime.refusals import NotAllowed, Unreadable
from todoke.workforce.course_attendance_table import import_attendance
from todoke.workforce.models import StaffCourse, StaffCourseSession, StaffEnrolment, StaffNumber

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> User:
    return cast.headquarters()


def session(keeper: User) -> StaffCourseSession:
    """A session for which three people applied, the first with a number."""
    start = timezone.now() + timedelta(days=9)
    made = StaffCourse.register("basics", "基礎", "学ぶ", by=keeper).announce(
        Span(start, start + timedelta(hours=1)), "研修室", 9, start, by=keeper
    )
    for number in range(3):
        user = cast.staff(f"職員{number}", f"s{number}@example.lg.jp")
        made.apply(by=user)
        StaffNumber.objects.create(user=user, number=f"00{number}")
    return made


def states(of: StaffCourseSession) -> list[str]:
    return list(StaffEnrolment.objects.filter(session=of).order_by("user__email").values_list("status", flat=True))


def test_by_number_or_mail_in_full_width_too_and_a_second_time_nothing_changes(keeper: User) -> None:
    made = session(keeper)
    cast.staff("外", "none@example.lg.jp")
    table = (
        "ログインID,ステータス\n０００,修了\nS1@example.lg.jp,受講済み\n002,欠席\nnone@example.lg.jp,受講\n".encode()
    )
    assert import_attendance(made, table, by=keeper) == (3, 1)
    assert states(made) == ["completed", "attended", "absent"]
    assert import_attendance(made, table, by=keeper) == (0, 1)
    assert import_attendance(made, "職員番号,状況\n001,完了\n".encode(), by=keeper) == (1, 0)
    assert states(made) == ["completed", "completed", "absent"]


@pytest.mark.parametrize("bad", ["999,受講", "001,たぶん"])
def test_one_line_that_cannot_be_read_notes_nobody(keeper: User, bad: str) -> None:
    made = session(keeper)
    with pytest.raises(Unreadable, match="3行目"):
        import_attendance(made, f"職員番号,出欠\n000,受講\n{bad}\n".encode(), by=keeper)
    assert set(states(made)) == {"applied"}


def test_the_page_takes_it_from_who_keeps_courses_only(keeper: User) -> None:
    made = session(keeper)
    address = reverse("office:course-attendance-table", args=[made.token])
    file = SimpleUploadedFile("出欠.csv", "職員番号,出欠\n000,受講\n".encode())
    answer = cast.signed_in(keeper).post(address, {"table": file}, follow=True).content.decode()
    assert "1人の出席を付けました" in answer
    clerk = cast.staff("係", "c@example.lg.jp", Post.Role.CLERK)
    assert cast.signed_in(clerk).post(address).status_code == 403
    with pytest.raises(NotAllowed):
        import_attendance(made, b"x", by=clerk)
