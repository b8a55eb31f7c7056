"""Rows for the lists of 利用調整."""

from datetime import date

from tests.cast.admissions import Nursery, nursery
from tests.lists.filling import Filling, Numbers
from todoke.accounts.models import User
from todoke.admissions.models import SelectionRound
from todoke.office.selection.selection_lists import ApplicantChildList, SelectionRoundList


def _section() -> tuple[User, Nursery]:
    place = nursery()
    return place.clerk, place


def _rounds(place: Nursery, numbers: Numbers) -> None:
    for n in numbers:
        made = place.prepared(month=date(2026, 4 + n % 3, 1), number=n + 1)
        if n % 2:
            place.child(place.family(made, f"S{n}"), f"C{n}", "もも")


def _round() -> tuple[User, tuple[Nursery, SelectionRound]]:
    place = nursery()
    return place.clerk, (place, place.opened())


def _children(needed: tuple[Nursery, SelectionRound], numbers: Numbers) -> None:
    place, of = needed
    for n in numbers:
        home = place.family(of, f"S{n:03}", (20, 16 + n % 2 * 4))
        place.child(home, f"C{n:03}", "もも", age=n % 3)


ADMISSION_FILLINGS = (
    Filling(SelectionRoundList, _section, _rounds, section_only=True, most=20),
    Filling(ApplicantChildList, _round, _children, place=lambda needed: {"pk": needed[1].pk}, most=20),
)
