"""Household copies 世帯の写し: households apply in another round with their children, wishes and answers unchanged."""

from collections.abc import Sequence

from todoke.admissions.intake.class_by_birth import class_by_birth
from todoke.admissions.models import ApplicantChild, Household, Preference, ScoringFact, SelectionRound
from todoke.japanese.calendar import fiscal_year

BATCH = 500


def copy_households(homes: Sequence[Household], to: SelectionRound) -> None:
    """Copy households with their applying children into a round of the same scheme; in constant queries.

    In another fiscal year the class of each child is that of its birth.
    """
    of = homes[0].round
    made = Household.objects.bulk_create((_household(home, to) for home in homes), batch_size=BATCH)
    home_of = dict(zip((home.pk for home in homes), made, strict=True))
    children = list(ApplicantChild.objects.applying().filter(household__in=home_of).order_by("pk"))
    ages = fiscal_year(of.month) != fiscal_year(to.month)
    copies = ApplicantChild.objects.bulk_create(
        (_child(child, home_of[child.household_id], to, ages=ages) for child in children), batch_size=BATCH
    )
    child_of = dict(zip((child.pk for child in children), copies, strict=True))
    wishes = Preference.objects.filter(child__in=child_of)
    Preference.objects.bulk_create(
        (Preference(child=child_of[each.child_id], rank=each.rank, facility_id=each.facility_id) for each in wishes),
        batch_size=BATCH,
    )
    facts = ScoringFact.objects.filter(household__in=home_of, superseded_at=None)
    ScoringFact.objects.bulk_create(
        (
            ScoringFact(
                household=home_of[each.household_id], guardian=each.guardian, key=each.key, value=each.value,
                child=child_of[each.child_id] if each.child_id else None, origin=each.origin,
                evidence=each.evidence, reason=each.reason, written_by_id=each.written_by_id,
            )
            for each in facts
            if each.child_id is None or each.child_id in child_of
        ),
        batch_size=BATCH,
    )  # fmt: skip


def _household(home: Household, to: SelectionRound) -> Household:
    return Household(
        round=to, number=home.number, name=home.name, address=home.address, guardians=home.guardians,
        applicant_id=home.applicant_id, same=home.same, partial=home.partial, named=home.named,
    )  # fmt: skip


def _child(child: ApplicantChild, home: Household, to: SelectionRound, *, ages: bool) -> ApplicantChild:
    age_class = class_by_birth(child.born_on, to.month, to.scheme.kind) if ages else child.age_class
    return ApplicantChild(
        household=home, round=to, number=child.number, name=child.name, born_on=child.born_on, age_class=age_class,
        current_id=child.current_id, case_id=child.case_id, case_row=child.case_row,
    )  # fmt: skip
