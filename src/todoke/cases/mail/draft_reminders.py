"""Draft reminders 送り忘れのお知らせ: one mail with a link to go on, to whoever agreed to it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import System
from todoke.audit.log import subject_of
from todoke.cases.mail.mailed_links import DRAFT, DRAFT_SPAN
from todoke.cases.models import DraftReminder
from todoke.notices.models import MailedLink
from todoke.notices.outbox import Recipient, enqueue


def remind_due(now: datetime | None = None) -> int:
    """Mail every reminder that is due, each once; return how many. A closed service is not reminded of."""
    now = now or timezone.now()
    due = DraftReminder.objects.due(now).select_related("draft__submission", "draft__release__offer__procedure")
    return sum(_remind(reminder, now) for reminder in due)


@transaction.atomic
def _remind(reminder: DraftReminder, now: datetime) -> bool:
    draft, contact = reminder.draft, reminder.address()
    if not reminder.claim() or not draft.release.offer.is_open(now):
        return False
    link = MailedLink.issue(DRAFT, draft, contact=contact, until=now + DRAFT_SPAN, by=System())
    context = {"procedure": draft.release.offer.procedure.title, "url": link.at(DRAFT.page), "days": DRAFT_SPAN.days}
    enqueue(
        "draft-reminder",
        to=Recipient(contact, language=draft.submission.language),
        context=context,
        about=subject_of(draft),
        by=System(),
    )
    return True
