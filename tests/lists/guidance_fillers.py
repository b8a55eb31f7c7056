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
from todoke.notices.models import ChannelPost
from todoke.office.correspondence.channel_post_list import ChannelPostList
from todoke.office.inquiries.contact_list import ContactList
from todoke.office.inquiries.faq_list import FaqList
from todoke.office.inquiries.gap_list import ContentGapList
from todoke.office.inquiries.place_list import PlaceList
from todoke.places.models import Place


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


def _posts(by: User, numbers: Numbers) -> None:
    section = cast.department()
    ChannelPost.objects.bulk_create(
        ChannelPost(department=section, text=f"お知らせ{n:02}", status="sent", drafted_by=by) for n in numbers
    )


def _places(_: User, numbers: Numbers) -> None:
    section = cast.department()
    Place.objects.bulk_create(
        Place(code=f"p{n}", name=f"会館{n:02}", kana=f"かいかん{n:02}", department=section, source="試し")
        for n in numbers
    )


GUIDANCE_FILLINGS = (
    Filling(PlaceList, clerk_alone, _places, section_only=True),
    Filling(ChannelPostList, clerk_alone, _posts, section_only=True),
    Filling(FaqList, clerk_alone, _faqs, most=20),
    Filling(ContentGapList, clerk_alone, _gaps, section_only=True),
    Filling(ContactList, _at_the_telephone, _contacts, section_only=True, most=20),
)
