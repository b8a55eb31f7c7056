"""Manual notices 電話・手紙の知らせ: written where a mail would go, done when somebody called or wrote."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from todoke.accounts.models import User
from todoke.bookings.models import Booking
from todoke.notices import outbox
from todoke.organization.models import Department
from todoke.reception.models import ClosureEffect, ManualNotice

BY_HAND = frozenset({
    "booking-called-off", "enrolment-late-payment", "facility-expired", "facility-late-payment", "lottery-result",
    "use-limited", "waiting-called-off", "waiting-offer",
})  # fmt: skip
"""The notices of what happens while the person is not there; all others are said to whoever stands or calls."""

LINKS, LINK = ("url", "pay"), "\x00"
"""The values that are links: they let whoever has them act for the person, so that nobody reads them out."""
OF_MAIL = (LINK, "次のページ", "このメール")
"""What only a mail says."""


def write(
    template: str, context: Mapping[str, object], *, department: Department, about: str, phone: str,
    booking: Booking | None = None,
) -> bool:  # fmt: skip
    """Put a person without a mail address on the list of calls and letters; False for what is said on the spot."""
    if template not in BY_HAND:
        return False
    title, body, _ = outbox.render(template, {**context, **dict.fromkeys(LINKS, LINK)})
    words = "\n".join(line for line in body.splitlines() if not any(each in line for each in OF_MAIL))
    ManualNotice.objects.create(
        department=department, about=about, booking=booking, name=str(context["name"])[:100], phone=phone,
        title=title.partition("】")[2] or title, body=words.strip(),
    )  # fmt: skip
    return True


@transaction.atomic
def settle(notice: ManualNotice, way: str, *, by: User) -> None:
    """知らせた: note who told a person by which way; a closure knows it too. Raises what ``note_told`` raises."""
    notice.note_told(way, by=by)
    if notice.booking_id:
        ClosureEffect.objects.filter(booking=notice.booking_id, told_at=None).update(told_at=notice.told_at)


def erase(now: datetime) -> int:
    """Erase the personal words of what was told long ago; returns how many."""
    return ManualNotice.objects.erase_old(now)
