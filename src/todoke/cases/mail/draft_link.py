"""Draft link 続きのリンク: the mail by which an applicant goes on with a draft on another device."""

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor
from todoke.audit.log import subject_of
from todoke.cases.mail.mailed_links import DRAFT, DRAFT_SPAN
from todoke.cases.models import Draft
from todoke.notices.link_limits import count_link
from todoke.notices.models import MailedLink
from todoke.notices.outbox import Recipient, enqueue
from todoke.runtime.refusals import Closed


@transaction.atomic
def mail_draft_link(draft: Draft, contact: str, *, asker: str, by: Actor) -> None:
    """Mail a link to go on with an unsent draft; it ends the older one to the same address.

    Raises TooOften beyond the limits of draft, address and asker, Closed when the draft was sent.
    """
    if draft.sent_at is not None:
        raise Closed("この申請は、もう送られています。続きのリンクは要りません。")
    count_link(DRAFT, draft, contact=contact, asker=asker)
    link = MailedLink.issue(DRAFT, draft, contact=contact, until=timezone.now() + DRAFT_SPAN, by=by)
    context = {"procedure": draft.release.offer.procedure.title, "url": link.at(DRAFT.page), "days": DRAFT_SPAN.days}
    enqueue(
        "draft-link",
        to=Recipient(contact, language=draft.submission.language),
        context=context,
        about=subject_of(draft),
        by=by,
    )
