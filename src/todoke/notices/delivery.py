"""The post office 配達所: carries a delivery over its channel, outside any transaction, and writes how it ended."""

from todoke.notices import signals
from todoke.notices.channels import CHANNELS, Permanent, Temporary
from todoke.notices.models import Delivery

ATTEMPTS = 8


def carry(delivery_id: int) -> None:
    """Send one delivery unless it is settled or kept back. Raises Temporary when it should be tried again.

    Whether it must be kept back is asked at every attempt, right before the channel takes it.
    """
    delivery = Delivery.objects.select_related("message").get(pk=delivery_id)
    if not delivery.begin_attempt():
        return
    if any(kept for _, kept in signals.leaving.send(Delivery, delivery=delivery)):
        return
    try:
        CHANNELS[delivery.channel].send(delivery)
    except Permanent as refusal:
        delivery.mark_failed(str(refusal)[:200])
    except Temporary as trouble:
        if delivery.attempts >= ATTEMPTS:
            delivery.mark_failed(str(trouble)[:200])
            return
        delivery.mark_delayed(str(trouble)[:200])
        raise
    else:
        delivery.mark_sent()
