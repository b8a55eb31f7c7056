"""Link limits リンクの回数制限: how often a link may be asked for, and how often unknown ones may be tried."""

from django.db import models

from todoke.accounts.rate_limits import RateLimit, TooOften, hit
from todoke.audit.log import subject_of
from todoke.notices.link_purpose import LinkPurpose
from todoke.notices.models.mailed_link import contact_hash

LINKS_OF_OBJECT = RateLimit("対象ごとのリンクの送付", 5, 3600)
LINKS_TO_CONTACT = RateLimit("宛先ごとのリンクの送付", 10, 3600)
LINKS_FROM_ASKER = RateLimit("発信元ごとのリンクの送付", 20, 3600)
UNKNOWN_FROM_ASKER = RateLimit("発信元ごとの覚えのないリンク", 30, 900)


def count_link(purpose: LinkPurpose, target: models.Model, *, contact: str, asker: str) -> None:
    """Count a link that somebody asks for, by the asker, the object and the address. Raises TooOften."""
    counted = (
        (LINKS_FROM_ASKER, asker),
        (LINKS_OF_OBJECT, f"{purpose.code} {subject_of(target)}"),
        (LINKS_TO_CONTACT, contact_hash(contact)),
    )
    if not all(hit(limit, client) for limit, client in counted):
        raise TooOften
