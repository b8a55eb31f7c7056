"""What the addresses of 利用調整 are about: a round that is checked, and one whose families were told."""

from datetime import date

from tests.cast.admissions import DEADLINE, MONTH, Nursery, nursery_of
from tests.cast.role_matrix.world import World
from todoke.admissions.models import (
    ApplicantChild,
    Directive,
    PlacementLetter,
    SelectionRound,
    SubmittedPaper,
)
from todoke.admissions.selection.adoption import notify
from todoke.admissions.selection.letter_corrections import request_correction
from todoke.admissions.selection.scores import compute_scores

Places = dict[str, dict[str, str]]


def admissions(world: World) -> Places:
    """A family with one child in two rounds of the clerk's department."""
    people = world.people
    place = nursery_of(
        world.case.department, clerk=people["clerk"], second=people["chief"], chief=people["chief"],
        director=people["chief"],
    )  # fmt: skip
    told, open_round = _told(world, place), place.opened(month=date(2027, 5, 1))
    child = _child(world, place, open_round)
    pool = place.seats(open_round, "もも", 1)
    paper = SubmittedPaper.enter(
        open_round, kind="wishes", received_on=DEADLINE.date(), note="変更届", by=people["clerk"]
    )
    facility = place.facilities["もも"]
    forbidden = Directive.write(child, kind="forbid", facility=facility, reason="care", text="事情", by=people["chief"])
    open_round.close(by=people["clerk"])
    compute_scores(open_round, by=people["clerk"])
    run = place.trial(open_round)
    parts = {
        "pk": str(open_round.pk), "pool": str(pool.pk), "number": child.number, "paper": str(paper.pk),
        "directive": str(forbidden.pk),
    }  # fmt: skip
    early = place.opened(kind="early", month=date(2027, 6, 1))
    early_child = _child(world, place, early)
    offered = place.opened(month=date(2027, 7, 1), offer=world.case.release.offer)
    letter = PlacementLetter.objects.get(placement=told.placement)
    correction = request_correction(told.round, {"points": {told.number: 50}}, reason="点数の誤り", by=people["clerk"])
    return {
        "office:admission-": parts,
        "office:admission-run": parts | {"number": str(run.number)},
        "office:admission-early": {"pk": str(early.pk), "number": early_child.number},
        "office:admission-mapping": {"pk": str(offered.pk)},
        "office:admission-applications": {"pk": str(offered.pk)},
        "office:admission-intake": {"pk": str(offered.pk)},
        "office:admission-child-answer": {"pk": str(told.round_id), "number": told.number},
        "office:admission-letters": {"pk": str(told.round_id), "part": "1"},
        "office:admission-child-letter": {"pk": str(told.round_id), "number": told.number, "letter": str(letter.pk)},
        "office:admission-correction": {"pk": str(told.round_id), "correction": str(correction.pk)},
        "portal:admission": {"pk": str(told.pk), "letter": str(letter.pk)},
        "studio:admission-rule": {"code": place.scheme.code, "number": "1"},
        "board:public-admission": {"pk": str(told.round_id)},
    }


def _child(world: World, place: Nursery, of: SelectionRound) -> ApplicantChild:
    home = place.family(of, "A", applicant=world.people["applicant"])
    return place.child(home, "A1", "もも")


def _told(world: World, place: Nursery) -> ApplicantChild:
    of = place.opened(month=MONTH)
    place.seats(of, "もも", 1)
    child = _child(world, place, of)
    place.child(place.family(of, "B"), "B1", "もも")
    place.adopted(of)
    notify(of, by=place.clerk)
    return ApplicantChild.objects.select_related("placement", "round__scheme").get(pk=child.pk)
