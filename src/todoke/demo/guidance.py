"""Synonyms, life events and a broadcast of the demo ward."""

from datetime import timedelta

from django.utils import timezone

from todoke.accounts.actors import System
from todoke.accounts.models import User
from todoke.demo.people import people_by_key
from todoke.guidance import seed_data
from todoke.guidance.faqs.memory_index import FaqText
from todoke.guidance.models import Broadcast, Consent, Contact, ContactTopic, Faq, LifeEvent
from todoke.guidance.models.contact import Noted
from todoke.japanese.calendar import today
from todoke.organization.permissions import departments_of

ANSWERS = (
    (
        "犬を飼い始めたら、何をしますか",
        "犬の登録をして、鑑札を受け取ります。(見本)",
        "子犬をもらった",
    ),
    ("引っ越したときの届はいつまでですか", "引っ越した日から14日以内です。(見本)", "住所が変わった"),
    ("住民票の写しは郵送で取れますか", "郵送とオンラインで請求できます。(見本)", "窓口に行けない"),
)
"""Question, answer and another wording; made up for the demo, as each says."""


def build() -> None:
    """Create synonyms, two residents' subscriptions to life events, and a planned broadcast (架空)."""
    seed_data.load(by=System())
    people = people_by_key()
    events = list(LifeEvent.objects.all()[:3])
    Consent.set_events(events, by=people["hanako"])
    Consent.set_events(events[:1], by=people["taro"])
    _answers(people["clerk"], people["chief"])
    Broadcast.schedule(
        subject=f"「{events[0]}」の手続がオンラインでできます(見本)",
        body="窓口に来なくても、スマートフォンから手続ができます。\n\nこれはデモのお知らせです。",
        events=events[:1],
        send_at=timezone.now() + timedelta(days=3),
        by=people["clerk"],
    )


def _answers(writer: User, checker: User) -> None:
    """Write three answers of the writer's section, which the chief publishes, and one contact."""
    section = departments_of(writer)[0]
    for question, answer, wording in ANSWERS:
        text = FaqText(question, answer, wording)
        draft = Faq.begin(text, department=section, review_on=today() + timedelta(days=180), by=writer)
        draft.publish(by=checker, seen=draft.revision)
    topic = ContactTopic(name="転入・転出・転居", kana="てんにゅう", department=section)
    topic.add(by=writer)
    Contact.log(Noted(topic, Contact.Channel.PHONE, Contact.Outcome.RESOLVED, Contact.FirstTime.YES), by=writer)
