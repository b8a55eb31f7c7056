"""Delivery 配達: sends a delivery over its channel, outside any transaction, and stores the result."""

from todoke.notices import signals
from todoke.notices.channels import CHANNELS, PermanentFailure, TemporaryFailure
from todoke.notices.models import Delivery

ATTEMPTS = 8


def deliver(delivery_id: int) -> None:
    """Send one delivery unless it is finished or a receiver of ``before_send`` holds it.

    The signal is sent at every attempt, right before the channel. Raises TemporaryFailure when the job should be
    retried; after the last of eight attempts the delivery is marked as failed instead.
    """
    delivery = Delivery.objects.select_related("message").get(pk=delivery_id)
    if not delivery.begin_attempt():
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
        delivery.mark_sent()
