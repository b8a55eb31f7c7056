"""Course attendance table 受講の表: who came to a session, as a learning system hands it out; all of it or nothing."""

from django.db import transaction

from todoke.accounts.models import User
from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.parsers import to_half_width
from todoke.runtime.refusals import NotAllowed, Unreadable
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table
from todoke.workforce.models import StaffCourseSession, StaffEnrolment, StaffNumber
from todoke.workforce.permissions import KEEP_COURSES

PERSON = ("職員番号", "社員番号", "ログインID", "メールアドレス", "電子メール", "メール", "Eメール")
SAID = ("出欠", "受講", "受講状況", "状況", "状態", "結果", "ステータス")
STATES = {
    "受講": "attended", "受講済": "attended", "受講済み": "attended", "出席": "attended", "参加": "attended",
    "○": "attended", "修了": "completed", "完了": "completed", "合格": "completed", "欠席": "absent",
    "未受講": "absent", "不参加": "absent", "×": "absent",
}  # fmt: skip
MOST = 20_000
Status = StaffEnrolment.Status


@transaction.atomic
def import_attendance(session: StaffCourseSession, content: bytes, *, by: User) -> tuple[int, int]:
    """Note who came; return how many seats were noted and how many rows named somebody without a seat.

    What was noted before stays. Raises NotAllowed, Unreadable with the line of an unknown person or state.
    """
    if not KEEP_COURSES.held_by(by):
        raise NotAllowed("出席の表を取り込めるのは、研修を開く人だけです。")
    table = read_bounded(read_table, content, [Headings(required=(PERSON, SAID))], most=MOST)
    people = _people()
    seats = {seat.user_id: seat for seat in session.enrolments.exclude(status=Status.WITHDRAWN).select_related("user")}
    noted = without = 0
    for line, cells in table.records():
        user = people.get(_key(next((cells[name] for name in PERSON if cells.get(name)), "")))
        state = STATES.get(next((cells[name] for name in SAID if cells.get(name)), ""))
        if user is None or state is None:
            raise Unreadable(
                f"{line}行目: 職員がいないか、出欠(受講・欠席・修了など)が読めません。何も取り込んでいません。"
            )
        seat = seats.get(user)
        without += seat is None
        noted += _note(seat, state, by) if seat is not None else 0
    return noted, without


def _people() -> dict[str, int]:
    """Return the people by number and by mail address."""
    found = {_key(number): user for number, user in StaffNumber.objects.values_list("number", "user")}
    emails = User.objects.filter(is_active=True, tenures__isnull=False).values_list("email", "pk")
    return found | {_key(email): pk for email, pk in emails}


def _key(text: str) -> str:
    return to_half_width(text).strip().casefold()


def _note(seat: StaffEnrolment, state: str, by: User) -> int:
    """Note a state that is ahead of the seat's, by way of the attendance; 1 where anything changed."""
    steps = [state] if state != Status.COMPLETED else [Status.ATTENDED, Status.COMPLETED]
    due = [step for step in steps if step in StaffEnrolment.NEXT[Status(seat.status)] or step == Status.COMPLETED]
    if seat.status in {Status.ABSENT, Status.COMPLETED} or not due:
        return 0
    for step in due:
        seat.note(step, by=by)
    return 1
