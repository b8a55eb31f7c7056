"""Delivery 配達: sends a delivery over its channel, outside any transaction, and stores the result."""

from django.db import transaction

from todoke.notices import signals
from todoke.notices.channels import CHANNELS, PermanentFailure, TemporaryFailure
from todoke.notices.models import Delivery, Message

ATTEMPTS = 8
TOO_LATE = "本文を消した後のため、送りませんでした"


def deliver(delivery_id: int) -> None:
    """Send one delivery unless it is finished or a receiver of ``before_send`` holds it.

    The signal is sent at every attempt, right before the channel. Raises TemporaryFailure when the job should be
    retried; after the last of eight attempts, or when the text was cleared meanwhile, the delivery is marked as failed.
    """
    delivery = Delivery.objects.select_related("message").get(pk=delivery_id)
    if not delivery.begin_attempt():
        return
    if not delivery.message.body:
        delivery.mark_failed(TOO_LATE)
        return
    if any(held for _, held in signals.before_send.send(Delivery, delivery=delivery)):
        return
    try:
        CHANNELS[delivery.channel].send(delivery)
    except PermanentFailure as refusal:
        delivery.mark_failed(str(refusal)[:200])
    except TemporaryFailure as trouble:
        if delivery.attempts >= ATTEMPTS:
            delivery.mark_failed(str(trouble)[:200])
            return
        delivery.mark_delayed(str(trouble)[:200])
        raise
    else:
        _mark_sent(delivery)


@transaction.atomic
def _mark_sent(delivery: Delivery) -> None:
    """Mark as sent, and clear a text with a code or a link, except where the row itself is the reader's mailbox."""
    holds_secret = delivery.message.secret_until is not None
    if delivery.mark_sent() and holds_secret and not CHANNELS[delivery.channel].KEEPS_TEXT:
        Message.objects.filter(pk=delivery.message_id).erase_secrets()
