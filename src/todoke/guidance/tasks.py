"""Tasks of guidance. Idempotent."""

from django.utils import timezone
from django_tasks import task

from todoke.guidance import broadcasts, line_replies
from todoke.guidance.faqs import faq_vectors
from todoke.guidance.models import Contact, Inquiry
from todoke.guidance.models.contact import NOTE_KEPT
from todoke.japanese.embeddings import embedder
from todoke.jobs.queues import LONG


@task(queue_name=LONG)
def send_broadcast(broadcast_id: int) -> None:
    """Send a broadcast to everybody who consents now (一斉のお知らせの送信)."""
    broadcasts.send(broadcast_id)


@task()
def file_faq_vectors() -> None:
    """File the vectors of new answers, where the extra is installed (意味ベクトルの計算)."""
    model = embedder()
    if model is not None:
        faq_vectors.file_vectors(model)


@task()
def erase_inquiries() -> None:
    """Erase questions after thirteen months and notes of contacts after 90 days (質問とメモの消去)."""
    Inquiry.objects.expired().delete()
    Contact.objects.filter(started_at__lt=timezone.now() - NOTE_KEPT).exclude(note="").update(note="")


@task()
def reply_on_line(inquiry_token: str, reply_token: str) -> None:
    """Reply to a question on LINE. Raises TemporaryFailure, so that the job is tried again."""
    line_replies.reply(inquiry_token, reply_token)
