"""Office notices 職員への知らせ: addressed to the people of a section and its mailbox, and told in one mail each."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.audit.log import subject_of
from todoke.notices.models import DepartmentMailbox, NoticeAddressee, NoticePreference, OfficeNotice
from todoke.notices.models.office_notice import due_at
from todoke.notices.outbox import Recipient, enqueue
from todoke.organization.models import Department, Tenure
from todoke.runtime.links import absolute

CODE, LINES, AT_ONCE = "office-news", 50, 500
KEPT = timedelta(days=30)
PeopleOf = Callable[[Department], Iterable[User]]


def announce(notices: Iterable[OfficeNotice]) -> None:
    """Write notices in the caller's transaction; what was written before is not written again."""
    OfficeNotice.objects.bulk_create(notices, ignore_conflicts=True)


@transaction.atomic
def address_notices(people_of: PeopleOf) -> int:
    """Decide who is told of each new notice, and when, by their settings; return how many notices it were.

    ``people_of`` returns whom the work of a section concerns. A notice for one person goes to that one alone, and to
    the mailbox of the section.
    """
    fresh = list(
        OfficeNotice.objects.select_for_update(of=("self",)).filter(addressed_at=None)
        .select_related("department", "only")[:AT_ONCE]
    )  # fmt: skip
    sections = {notice.department_id: notice.department for notice in fresh}
    people = {pk: list(people_of(section)) for pk, section in sections.items()}
    mailboxes = {box.department_id: box for box in DepartmentMailbox.objects.filter(department__in=sections)}
    everybody = {person.pk for some in people.values() for person in some} | {notice.only_id for notice in fresh}
    settings = {each.user_id: each for each in NoticePreference.objects.filter(user__in=everybody - {None})}
    rows: list[NoticeAddressee] = []
    for notice in fresh:
        for person in [notice.only] if notice.only else people[notice.department_id]:
            own = settings.get(person.pk) or NoticePreference(user=person)
            if due := due_at(own.way, notice.at, own.quiet_from, own.quiet_until):
                rows.append(NoticeAddressee(notice=notice, user=person, due_at=due))
        box = mailboxes.get(notice.department_id)
        if box is not None and (due := due_at(box.way, notice.at)):
            rows.append(NoticeAddressee(notice=notice, mailbox=box, due_at=due))
    NoticeAddressee.objects.bulk_create(rows, ignore_conflicts=True)
    OfficeNotice.objects.filter(pk__in=[notice.pk for notice in fresh]).update(addressed_at=timezone.now())
    return len(fresh)


def tell_due(now: datetime | None = None) -> int:
    """Mail everybody what is due by an instant, in one mail each; return how many mails. Idempotent."""
    now = now or timezone.now()
    waiting = NoticeAddressee.objects.filter(told_at=None, due_at__lte=now)
    users = list(waiting.exclude(user=None).values_list("user", flat=True).distinct())
    boxes = list(waiting.exclude(mailbox=None).values_list("mailbox", flat=True).distinct())
    return sum(_tell({"user": pk}, now) for pk in users) + sum(_tell({"mailbox": pk}, now) for pk in boxes)


@transaction.atomic
def _tell(who: dict[str, int], now: datetime) -> bool:
    """Mail one addressee all that is due; a person who has left the section since is not told of its work."""
    mine = NoticeAddressee.objects.select_for_update(of=("self",)).filter(told_at=None, due_at__lte=now, **who)
    rows = list(mine.select_related("notice__department", "user", "mailbox").order_by("notice__at", "pk"))
    if not rows or not NoticeAddressee.objects.filter(pk__in=[row.pk for row in rows], told_at=None).update(
        told_at=now
    ):
        return False
    user, box = rows[0].user, rows[0].mailbox
    notices = [row.notice for row in rows if user is None or _still_there(user, row.notice.department_id)]
    if not notices:
        return False
    to = Recipient.of(user) if user is not None else Recipient(box.email, None, str(box.department)) if box else None
    if to is None:
        return False
    about = subject_of(user) if user is not None else subject_of(notices[0].department)
    enqueue(CODE, to=to, context=_words(to, notices), about=about, by=System())
    return True


def _still_there(user: User, department: int) -> bool:
    here = Q(post__department=department) | Q(post__department__children=department)
    return Tenure.objects.of(user).current().filter(here).exists()


def _words(to: Recipient, notices: list[OfficeNotice]) -> dict[str, object]:
    lines = [
        f"・{notice.get_kind_display()} {notice.title}(受付番号 {notice.number})\n"
        f"  {absolute('office:case', notice.number)}"
        for notice in notices[:LINES]
    ]
    if len(notices) > LINES:
        lines.append(f"・ほか{len(notices) - LINES}件")
    kinds = "・".join(dict.fromkeys(str(notice.get_kind_display()) for notice in notices))
    return {
        "name": to.name, "count": len(notices), "kinds": kinds, "lines": "\n".join(lines),
        "url": absolute("office:inbox"), "settings": absolute("office:notice-settings"),
    }  # fmt: skip


def delete_old(now: datetime | None = None) -> int:
    """Delete notices of more than thirty days ago; return how many."""
    gone, _ = OfficeNotice.objects.filter(at__lt=(now or timezone.now()) - KEPT).exclude(addressed_at=None).delete()
    return gone
