"""Rows for the lists of answers, gaps and contacts."""

from datetime import date
from typing import Any

from tests import cast
from tests.cast.guidance import topic
from tests.lists.filling import Filling, Numbers, clerk_alone
from todoke.accounts.models import User
from todoke.guidance.faqs.memory_index import FaqText
from todoke.guidance.models import Contact, ContactTopic, ContentGap, Faq
from todoke.guidance.models.contact import Noted
from todoke.office.inquiries.contact_list import ContactList
from todoke.office.inquiries.faq_list import FaqList
from todoke.office.inquiries.gap_list import ContentGapList


def _faqs(by: User, numbers: Numbers) -> None:
    for n in numbers:
        text = FaqText(f"質問{n:02}", "答え")
        Faq.begin(text, department=cast.department(), review_on=date(2090 + n % 3, 4, 1), by=by)


def _gaps(_: User, numbers: Numbers) -> None:
    section = cast.department()
    ContentGap.objects.bulk_create(
        ContentGap(title=f"聞かれたこと{n % 4}", terms=f"語{n}", department=section, count=1 + n % 3) for n in numbers
    )


def _at_the_telephone() -> tuple[User, Any]:
    return cast.clerk(), topic()


def _contacts(subject: ContactTopic, numbers: Numbers) -> None:
    by = cast.present(User.objects.filter(email="clerk@example.lg.jp").first())
    for _ in numbers:
        Contact.log(Noted(subject, "phone", "resolved"), by=by)


GUIDANCE_FILLINGS = (
    Filling(FaqList, clerk_alone, _faqs, most=20),
    Filling(ContentGapList, clerk_alone, _gaps, section_only=True),
    Filling(ContactList, _at_the_telephone, _contacts, section_only=True, most=20),
)
