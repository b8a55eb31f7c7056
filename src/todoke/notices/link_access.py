"""Link access リンクの確かめ: which mailed link somebody holds, with a limit on secrets that nobody was sent."""

from todoke.accounts.actors import Actor
from todoke.accounts.rate_limits import TooOften, hit
from todoke.audit.log import record
from todoke.notices.link_limits import UNKNOWN_FROM_ASKER
from todoke.notices.link_purpose import Ending, LinkEnded, LinkPurpose
from todoke.notices.models import MailedLink


def open_link(purpose: LinkPurpose, secret: str, *, asker: str, by: Actor) -> MailedLink:
    """Return the live link of a secret for a purpose. Raises LinkEnded, and TooOften after many unknown secrets."""
    try:
        return MailedLink.find(purpose, secret)
    except LinkEnded as refusal:
        if refusal.ending == Ending.UNKNOWN:
            if not hit(UNKNOWN_FROM_ASKER, asker):
                raise TooOften from None
            record("リンク", "リンクの拒否", by=by, reason=f"{purpose.title}({Ending.UNKNOWN.label})")
        raise
