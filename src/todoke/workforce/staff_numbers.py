"""Staff numbers 職員番号の表: numbers and what is left of leave, as the municipality's own system hands them out."""

from django.db import IntegrityError, transaction

from todoke.accounts.models import User
from todoke.audit.log import record
from todoke.file_validation.bounded_read import read_bounded
from todoke.japanese.days import parse_cell_date
from todoke.japanese.parsers import to_half_width
from todoke.runtime.refusals import NotAllowed, Unreadable
from todoke.spreadsheets.headings import Headings
from todoke.spreadsheets.table import read_table
from todoke.workforce.models import LeaveBalance, LeaveKind, StaffNumber
from todoke.workforce.permissions import CLOSE_ATTENDANCE

EMAIL, NUMBER = ("メールアドレス", "電子メール"), ("職員番号", "社員番号")
KIND, LEFT, AS_OF = "休暇の種類", "残り(分)", "現在の日"
MOST = 20_000


@transaction.atomic
def import_numbers(content: bytes, *, by: User) -> tuple[int, int]:
    """Take in a table, all of it or nothing; return how many numbers and balances it held.

    Raises NotAllowed, Unreadable with the line of an unknown person, a number of somebody else, or a balance without a
    kind, minutes and a day.
    """
    if not CLOSE_ATTENDANCE.held_by(by):
        raise NotAllowed("職員番号の表を取り込めるのは、人事担当です。")
    table = read_bounded(
        read_table, content, [Headings(required=(EMAIL, NUMBER), known=(KIND, LEFT, AS_OF))], most=MOST
    )
    people = {user.email.casefold(): user for user in User.objects.filter(is_active=True, tenures__isnull=False)}
    kinds = {key: kind for kind in LeaveKind.objects.all() for key in (kind.code, kind.title)}
    balances = numbers = 0
    for line, cells in table.records():
        email = next((cells[name] for name in EMAIL if cells.get(name)), "")
        number = to_half_width(next((cells[name] for name in NUMBER if cells.get(name)), "")).strip()
        user = people.get(email.strip().casefold())
        if user is None or not number:
            raise Unreadable(
                f"{line}行目: この職員がいないか、職員番号が空です。直してから、もう一度取り込んでください。"
            )
        try:
            with transaction.atomic():
                StaffNumber.objects.update_or_create(user=user, defaults={"number": number})
        except IntegrityError as twice:
            raise Unreadable(f"{line}行目: 職員番号「{number}」は、ほかの人のものです。") from twice
        numbers += 1
        balances += _balance(line, user, cells, kinds)
    record(f"accounts.user/{by.pk}", "職員番号の取込み", by=by, after={"番号": numbers, "休暇の残り": balances})
    return numbers, balances


def _balance(line: int, user: User, cells: dict[str, str], kinds: dict[str, LeaveKind]) -> int:
    said, left = cells.get(KIND, "").strip(), to_half_width(cells.get(LEFT, "")).replace(",", "").strip()
    if not said and not left:
        return 0
    day, kind = parse_cell_date(cells.get(AS_OF, "")), kinds.get(said)
    if kind is None or not left.isdecimal() or day is None:
        raise Unreadable(f"{line}行目: 休暇の残りには、登録した種類と、分の数と、現在の日が要ります。")
    LeaveBalance.objects.update_or_create(user=user, kind=kind, as_of=day, defaults={"left_minutes": int(left)})
    return 1
