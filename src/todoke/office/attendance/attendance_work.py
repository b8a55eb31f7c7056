"""Attendance work 勤怠の仕事: what waits for a chief, and what a person has not confirmed yet."""

from todoke.accounts.models import User
from todoke.design.navigation import address
from todoke.japanese.calendar import today
from todoke.workforce.member_figures import vacant_on
from todoke.workforce.models import ClockCorrection, LeaveDay, MonthSheet, OvertimeOrder, PromotionMember, TeleworkDay
from todoke.workforce.permissions import NOMINATE_MEMBERS


def attendance_counts(user: User) -> list[tuple[str, int, str, str]]:
    """Return label, count, path and note of what waits for a person."""
    waiting = "?view=waiting"
    own = MonthSheet.objects.filter(user=user, status=MonthSheet.Status.OPEN, month__lt=today().replace(day=1))
    return [
        ("確認していない自分の月", own.count(), f"{address('office:timesheets')}?view=mine", "終わった月の出勤簿"),
        ("承認を待つ月の出勤簿", MonthSheet.objects.waiting_for(user).count(),
         f"{address('office:timesheets')}{waiting}", "本人が確認したもの"),
        ("時間外命令の申請", OvertimeOrder.objects.waiting_for(user).count(),
         f"{address('office:orders')}{waiting}", "命じるか答えるもの"),
        ("休暇の申請", LeaveDay.objects.waiting_for(user).count(),
         f"{address('office:leave')}{waiting}", "承認するか答えるもの"),
        ("テレワーク日の計画", TeleworkDay.objects.waiting_for(user).count(),
         f"{address('office:telework')}{waiting}", "承認するか答えるもの"),
        *_vacant_sections(user),
        ("打刻の訂正の申請", ClockCorrection.objects.waiting_for(user).count(),
         f"{address('office:corrections')}{waiting}", "もとの打刻も残ります"),
    ]  # fmt: skip


def _vacant_sections(user: User) -> list[tuple[str, int, str, str]]:
    """Return the sections without a member of promotion that a person may fill, once the office has named members."""
    if not PromotionMember.objects.exists():
        return []
    vacant = vacant_on(today())
    if not NOMINATE_MEMBERS.held_by(user):
        vacant = vacant.filter(pk__in=[each.pk for each in NOMINATE_MEMBERS.departments_of(user)])
    return [("推進委員の空席", vacant.count(), f"{address('board:members')}?state=vacant", "課長が推薦します")]
