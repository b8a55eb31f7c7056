"""Office news 職員への知らせ: new applications, answered corrections and problems of payments, told to the section.

Applications and corrections are collected by a job, so that no resident waits for it.
"""

from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import CharField, Exists, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from todoke.accounts.models import User
from todoke.audit.log import subject_of
from todoke.cases.models import Case, CorrectionRequest
from todoke.cases.models.status import ONLINE
from todoke.cases.permissions import PROCESS_CASES
from todoke.notices.models import OfficeNotice
from todoke.notices.office_notices import address_notices, announce, delete_old, tell_due
from todoke.organization.models import Department, Tenure

LOOKED_BACK, MOST = timedelta(days=2), 500
Kind = OfficeNotice.Kind
Row = TypeVar("Row", bound=Model)


def people_of(department: Department) -> list[User]:
    """Return whoever processes the cases of a section in the section itself today."""
    held = Tenure.objects.current().persons().filter(post__department=department, post__role__in=PROCESS_CASES.within)
    return list(User.objects.filter(tenures__in=held, is_active=True).distinct())


def collect_news() -> int:
    """Announce what arrived and is not announced yet; return how many. Idempotent."""
    since = timezone.now() - LOOKED_BACK
    cases = Case.objects.filter(received_at__gte=since - LOOKED_BACK, recorded_at__gte=since, channel__in=ONLINE)
    fresh = _unannounced(cases, Kind.APPLICATION).select_related("release__offer__procedure")
    found = [_notice(Kind.APPLICATION, case, subject_of(case), case.recorded_at) for case in fresh[:MOST]]
    answered = CorrectionRequest.objects.filter(answered_at__gte=since)
    for asked in _unannounced(answered, Kind.CORRECTION).select_related("case__release__offer__procedure")[:MOST]:
        found.append(_notice(Kind.CORRECTION, asked.case, subject_of(asked), asked.answered_at or since))
    announce(found)
    return len(found)


def announce_payment_problem(case: Case, subject: str) -> None:
    """Announce a problem with the fee of a case (納付の問題), once for each ``subject``."""
    announce([_notice(Kind.PAYMENT, case, subject, timezone.now())])


def tell_office() -> int:
    """Collect the news, decide who is told, and mail what is due; return how many mails. Idempotent."""
    collect_news()
    while address_notices(people_of):
        """The next few hundred."""
    delete_old()
    return tell_due()


def _unannounced(rows: "QuerySet[Row]", kind: str) -> "QuerySet[Row]":
    """Return the rows of which no notice of a kind tells, the oldest first."""
    subject = Concat(Value(f"{rows.model._meta.label_lower}/"), Cast(OuterRef("pk"), CharField()))
    return rows.filter(~Exists(OfficeNotice.objects.filter(kind=kind, about=subject))).order_by("pk")


def _notice(kind: str, case: Case, subject: str, at: datetime) -> OfficeNotice:
    """Return a notice: to the assignee where there is one, else to the whole section."""
    return OfficeNotice(
        kind=kind, about=subject, number=case.number, title=case.title[:200], department_id=case.department_id,
        only_id=case.assignee_id, at=at,
    )  # fmt: skip
