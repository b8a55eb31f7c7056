"""Jobs of the guidance: each calls one domain function and may run twice."""

from django_tasks import task

from todoke.guidance import broadcasts


@task()
def send_broadcast(broadcast_id: int) -> None:
    """Send a broadcast to whoever wants to hear it at this moment (一斉のお知らせの送信)."""
    broadcasts.send(broadcast_id)
