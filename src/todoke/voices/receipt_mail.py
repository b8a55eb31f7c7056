"""Receipt mail 意見が届いたことのメール: the number and the time of an arrival, to whoever left an address."""

from typing import TYPE_CHECKING

from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.accounts.rate_limits import RateLimit, hit
from todoke.audit.log import subject_of
from todoke.japanese.calendar import format_date
from todoke.notices.outbox import Recipient, enqueue
from todoke.runtime.links import absolute
from todoke.runtime.mail_addresses import is_mail_address

if TYPE_CHECKING:
    from todoke.voices.models.comment_receipt import CommentReceipt

TEMPLATE = "opinion-received"
OF_ONE_ADDRESS = RateLimit("意見が届いたことのメール", 5, 86_400)
"""Whoever writes the address of somebody else sends them at most so many mails a day."""


def tell_arrival(receipt: "CommentReceipt", mail: str, language: str, *, by: Actor) -> bool:
    """Mail number and arrival in the caller's transaction; the mail opens the public page and carries no secret."""
    if not is_mail_address(mail) or not hit(OF_ONE_ADDRESS, mail.casefold()):
        return False
    of, at = receipt.consultation, timezone.localtime(receipt.arrived_at)
    context = {
        "title": of.title, "number": receipt.number, "arrived": f"{format_date(at.date())} {at:%H:%M}",
        "arrived_in_english": f"{at:%Y-%m-%d %H:%M}", "url": absolute("portal:consultation", of.number),
    }  # fmt: skip
    enqueue(TEMPLATE, to=Recipient(mail, language=language), by=by, about=subject_of(of), context=context)
    return True
