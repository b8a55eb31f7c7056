"""Application intake 申込みの取込: applications of the round's online service become its households and children."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from todoke.accounts.models import User
from todoke.admissions.intake.application_reader import ApplicationReader, ReadApplication
from todoke.admissions.models import (
    ApplicantChild,
    Household,
    ScoringFact,
    SelectionRound,
    TakenApplication,
)
from todoke.admissions.models.selection_round import require_runner
from todoke.audit.log import record
from todoke.cases.models import Case
from todoke.cases.models.status import Status
from todoke.runtime.links import path_to
from todoke.runtime.refusals import NotYet


def applications_waiting(of: SelectionRound) -> QuerySet[Case]:
    """Return the applications received by the deadline that are neither in the round nor left out, the oldest first."""
    if of.offer_id is None:
        return Case.objects.none()
    received = Case.objects.filter(release__offer=of.offer, received_at__lte=of.deadline)
    taken = of.children.exclude(case=None).values("case")
    rows = received.exclude(pk__in=taken).exclude(pk__in=of.left_out.values("case"))
    rows = rows.exclude(status=Status.WITHDRAWN)
    return rows.select_related("applicant", "submission__version__draft").order_by("received_at", "pk")


def read_waiting(of: SelectionRound, most: int) -> list[ReadApplication]:
    """Return the first waiting applications as read. Raises NotYet before the mapping is said."""
    reader = ApplicationReader(of)
    if missing := reader.missing():
        said = f"申込書の対応が決まっていません({'、'.join(missing)})。先に対応を決めてください。"
        raise NotYet(said, link=path_to("office:admission-mapping", of.pk))
    return list(reader.read(list(applications_waiting(of)[:most])))


def take_in_all(of: SelectionRound, *, by: User) -> int:
    """申込みの取込: take in every waiting application that fits, each whole; return how many.

    What does not fit stays waiting. Raises NotAllowed, NotYet before the mapping is said, Closed.
    """
    require_runner(of.scheme, by)
    taken = 0
    for application in read_waiting(of, applications_waiting(of).count()):
        if not application.faults:
            taken += _take_in(of, application, by=by)
    record(of, "申込みの取込", by=by, after={"件数": taken})
    return taken


@transaction.atomic
def _take_in(of: SelectionRound, application: ReadApplication, *, by: User) -> bool:
    case = application.case
    _, new = TakenApplication.objects.get_or_create(
        round=of, case=case, defaults={"fingerprint": application.fingerprint, "taken_by": by}
    )
    if not new:
        return False
    home = _household(of, application, by=by)
    for child in application.children:
        made = ApplicantChild.register(
            home, number=f"{case.number}-{child.row}", name=child.name, born_on=child.born_on or of.month,
            age_class=child.age_class, wishes=child.wishes, current=child.current, case=case, by=by,
        )  # fmt: skip
        for key, _, value in child.facts:
            ScoringFact.write(home, key, value, by=by, child=made)
    return True


def _household(of: SelectionRound, application: ReadApplication, *, by: User) -> Household:
    """Return the household of an application: the one of the same account in this round, else a new one."""
    case = application.case
    known = of.households.filter(applicant=case.applicant).first() if case.applicant else None
    if known is not None:
        return known
    home = Household.register(
        of, number=case.number, name=case.applicant_name[:100], address=application.address,
        guardians=application.guardians, applicant=case.applicant, by=by,
    )  # fmt: skip
    if application.same != home.same:
        home.answer_siblings(same=application.same, partial=home.partial, by=by)
    for key, guardian, value in application.facts:
        ScoringFact.write(home, key, value, by=by, guardian=guardian)
    return home


def changed_since(of: SelectionRound) -> Iterator[tuple[ApplicantChild, datetime]]:
    """Yield a child of each application that reads otherwise than when it was taken in, and the last correction."""
    taken = {each.case_id: each for each in of.taken_applications.all()}
    if not taken:
        return
    reader = ApplicationReader(of)
    if reader.missing():
        return
    rows = of.children.applying().filter(case__in=taken)
    children = {child.case_id: child for child in rows if child.case_id is not None}
    cases = Case.objects.filter(pk__in=children).select_related("submission__version__draft").order_by("number")
    for application in reader.read(list(cases)):
        case = application.case
        if application.fingerprint != taken[case.pk].fingerprint:
            corrected = case.submission.answers.aggregate(last=Max("superseded_at"))["last"]
            yield children[case.pk], corrected or case.received_at
