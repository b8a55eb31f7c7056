"""Follower news 募集の知らせ: mails to whoever follows a call or sent an opinion to it, each once."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from todoke.accounts.actors import Actor, System
from todoke.audit.log import subject_of
from todoke.jobs.priority import Priority
from todoke.notices.link_limits import count_link
from todoke.notices.models import Message
from todoke.notices.outbox import Recipient, enqueue
from todoke.runtime.links import absolute
from todoke.runtime.mail_addresses import is_mail_address, mail_address
from todoke.voices.follower_queue import ABANDONED, EXTENDED, PUBLISHED
from todoke.voices.mailed_links import FOLLOW
from todoke.voices.models import Consultation, ConsultationFollower
from todoke.voices.models.consultation_follower import CONFIRM_WITHIN

ASKED, NEWS, RESULT = "consultation-follow", "consultation-news", "consultation-result"
KEPT = timedelta(days=30)
"""How long the addresses are kept after the call has ended."""
WORDS = {
    EXTENDED: ("募集の期間を延長しました", "The period for opinions has been extended."),
    PUBLISHED: ("結果を公表しました", "The result has been published."),
    ABANDONED: ("この案を決めないことにしました", "The plan will not be adopted."),
}
"""What happened, in Japanese and in English, by the kind of the news."""


@transaction.atomic
def ask_to_follow(of: Consultation, mail: str, *, language: str, asker: str, by: Actor) -> None:
    """受取の申込み: mail the link that confirms it. Raises Refused, TooOften beyond the limits of links."""
    made = ConsultationFollower.ask(of, mail, language=language, by=by)
    count_link(FOLLOW, made, contact=mail, asker=asker)
    context = {"title": of.title, "url": made.new_link(CONFIRM_WITHIN, by=by).at(FOLLOW.page)}
    enqueue(ASKED, to=Recipient(made.mail, language=language), context=context, about=subject_of(made), by=by)


def tell_followers(consultation: int, news: str) -> int:
    """Mail every follower who was not told of this; return how many. Goes on where a killed worker stopped."""
    of, told = Consultation.objects.get(pk=consultation), 0
    for each in of.followers.confirmed().exclude(told=news).iterator(chunk_size=200):
        with transaction.atomic():
            told += _tell(of, each, news)
    return told


def _tell(of: Consultation, follower: ConsultationFollower, news: str) -> bool:
    if not follower.note_told(news):
        return False
    happened, english = WORDS[news.partition("-")[0]]
    context = {
        "title": of.title, "happened": happened, "happened_in_english": english,
        "page": absolute("portal:consultation", of.number), "url": follower.new_link(by=System()).at(FOLLOW.page),
    }  # fmt: skip
    to = Recipient(follower.mail, language=follower.language)
    enqueue(NEWS, to=to, context=context, about=subject_of(follower), by=System(), priority=Priority.BULK)
    return True


def tell_senders(consultation: int) -> int:
    """Mail the result once to each address that was left with an opinion; return how many.

    Goes on where a killed worker stopped.
    """
    of = Consultation.objects.get(pk=consultation)
    context = {"title": of.title, "url": absolute("portal:consultation", of.number)}
    told = set(Message.objects.filter(code=RESULT, about=subject_of(of)).values_list("email", flat=True))
    before = len(told)
    for each in of.senders.exclude(sealed_mail="").order_by("-pk").iterator(chunk_size=200):
        mail = mail_address(each.mail)
        if mail in told or not is_mail_address(mail):
            continue
        told.add(mail)
        to = Recipient(mail, language=each.language)
        enqueue(RESULT, to=to, by=System(), about=subject_of(of), context=context, priority=Priority.BULK)
    return len(told) - before


def forget_followers() -> int:
    """Forget who never confirmed, and everybody thirty days after the end of the call; return how many people."""
    now = timezone.now()
    gone = [
        *ConsultationFollower.objects.unconfirmed_since(now - CONFIRM_WITHIN),
        *ConsultationFollower.objects.filter(consultation__published_at__lt=now - KEPT),
    ]
    for each in gone:
        each.forget()
    return len(gone)
