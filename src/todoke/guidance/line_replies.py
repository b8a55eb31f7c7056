"""LINE replies: a question on LINE is answered with the office's own words; its own never go back."""

from django.db import transaction

from todoke.guidance.faqs import faq_search
from todoke.guidance.models import Inquiry
from todoke.jobs.backend import task_named
from todoke.jobs.priority import Priority
from todoke.notices.channels import TemporaryFailure
from todoke.notices.line import channel_events, line_client
from todoke.notices.models import ChannelSwitch
from todoke.runtime.links import absolute

REPLY = "todoke.guidance.tasks.reply_on_line"
WARNING = "個人情報(お名前、電話番号、マイナンバーなど)は書かないでください。"
NONE = "合う答えが見つかりませんでした。次のページに、たずねる方法があります。"
SHOWN = 3


def receive(body: bytes, signature: str) -> int:
    """Take each new event of a signed body once and queue the replies; return how many. Raises Forged."""
    events, queued = channel_events.read_events(body, signature), 0
    for event in events:
        with transaction.atomic():
            if channel_events.take(event) and event.words.strip() and event.reply_token:
                asked = faq_search.answer(event.words, channel=Inquiry.Channel.LINE).inquiry
                task_named(REPLY).using(priority=Priority.INTERACTIVE).enqueue(asked.token, event.reply_token)
                queued += 1
    return queued


def reply_text(inquiry: Inquiry) -> str:
    """Return the titles of the candidates and one link; nothing of what was asked."""
    hits = inquiry.hits.select_related("version").order_by("rank")[:SHOWN]
    link = absolute("portal:question", inquiry.token)
    lines = [f"・{hit.version.question}" for hit in hits]
    return "\n".join([*(["答えの候補です。", *lines] if lines else [NONE]), link, "", WARNING])


def reply(inquiry_token: str, reply_token: str) -> None:
    """Send the reply. Raises TemporaryFailure, so that the job is tried again; a token that was used stays used."""
    if ChannelSwitch.current() is None:
        return
    inquiry = Inquiry.objects.get(token=inquiry_token)
    try:
        answer = line_client.reply(reply_text(inquiry), reply_token)
    except OSError as trouble:
        raise TemporaryFailure(type(trouble).__name__) from trouble
    if answer.may_succeed_later:
        raise TemporaryFailure(str(answer.status))
