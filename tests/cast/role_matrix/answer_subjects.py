"""What the addresses of questions, answers, gaps and contacts are about."""

from datetime import date

from tests.cast.guidance import topic
from tests.cast.role_matrix.world import World
from todoke.guidance.faqs import faq_search
from todoke.guidance.faqs.memory_index import FaqText
from todoke.guidance.models import Contact, ContentGap, Faq
from todoke.guidance.models.contact import Noted
from todoke.notices.models import ChannelPost
from todoke.places.models import OccupancyPoint, Place, PlaceClosure

Places = dict[str, dict[str, str]]
REVIEW = date(2099, 4, 1)


def answers(world: World) -> Places:
    """One published answer with the draft of its next version, one question, one gap, one call to return."""
    clerk, chief = world.people["clerk"], world.people["chief"]
    section = world.case.department
    draft = Faq.begin(FaqText("犬を飼ったら?", "登録してください。"), department=section, review_on=REVIEW, by=clerk)
    draft.publish(by=chief, seen=draft.revision)
    draft.faq.write(FaqText("犬を飼ったら?", "画面で登録してください。"), review_on=REVIEW, by=clerk)
    asked = faq_search.answer("犬")
    gap = ContentGap.report("星の観察会", department=section, by=clerk)
    assert gap is not None
    contact = Contact.log(Noted(topic(), "phone", "call_back"), by=clerk)
    place = Place.objects.create(code="s1", name="第一小学校", source="試し")
    point = OccupancyPoint.objects.create(place=place, department=section, kind="shelter")
    hall = Place.objects.create(
        code="h1",
        name="文化会館",
        hours_text="【開館時間】9:00～21:30 【休館日】月曜日",
        department=section,
        source="試し",
    )
    closure = PlaceClosure.declare(hall, date(2098, 4, 1), date(2098, 4, 2), "点検", by=clerk)
    post = ChannelPost.objects.create(
        department=section, text="090-1234-5678", status="held", held_for="電話番号", drafted_by=clerk
    )
    return {
        "office:channel-post": {"number": str(post.pk)},
        "office:place": {"code": "h1"},
        "office:place-closure-withdrawal": {"number": str(closure.pk)},
        "portal:place": {"code": "h1"},
        "portal:question": {"token": asked.inquiry.token, "rank": "1"},
        "office:faq": {"code": draft.faq.code},
        "office:gap": {"number": str(gap.pk)},
        "office:crowding": {"number": str(point.pk)},
        "office:contact-callback": {"number": str(contact.pk)},
    }
