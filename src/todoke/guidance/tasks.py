"""Tasks of guidance. Idempotent."""

from django_tasks import task

from todoke.guidance import broadcasts


@task()
def send_broadcast(broadcast_id: int) -> None:
    """Send a broadcast to everybody who consents now (一斉のお知らせの送信)."""
    broadcasts.send(broadcast_id)
