"""Rows for the lists of the voices."""

from tests.cast.voices import Hall, hall, sent
from tests.lists.filling import Filling, Numbers
from todoke.accounts.models import User
from todoke.office.voices.consultation_lists import CommentReceiptList, ConsultationList, PublicCommentList
from todoke.voices.models import Consultation


def _section() -> tuple[User, Hall]:
    place = hall()
    return place.clerk, place


def _calls(place: Hall, numbers: Numbers) -> None:
    for n in numbers:
        if n % 2:
            place.announced()
        else:
            place.drafted()


def _call() -> tuple[User, tuple[Hall, Consultation]]:
    place = hall()
    return place.clerk, (place, place.announced())


def _opinions(needed: tuple[Hall, Consultation], numbers: Numbers) -> None:
    place, of = needed
    for n in numbers:
        row = sent(of, f"駐輪場についての意見{n}", "2025-03-01 00:01:00" if n % 3 else "2025-02-10 09:00:00",
                   channel="web" if n % 2 else "mail", by=place.clerk)  # fmt: skip
        if n % 3:
            row.comment.mask([], by=place.clerk)
        if n % 6 == 1:
            row.comment.check_masks(by=place.second)


VOICE_FILLINGS = (
    Filling(ConsultationList, _section, _calls, section_only=True, most=20),
    Filling(CommentReceiptList, _call, _opinions, place=lambda needed: {"number": needed[1].number}, most=20),
    Filling(PublicCommentList, _call, _opinions, place=lambda needed: {"number": needed[1].number}, most=20),
)
