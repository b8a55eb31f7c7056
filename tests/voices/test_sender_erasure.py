"""After the years that the rule says only what was published remains of whoever sent an opinion."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.cast.voices import Hall, hall, moment, sent
from todoke.accounts.actors import System
from todoke.notices.models import Message
from todoke.notices.notice_erasure import NOBODY
from todoke.voices.consultation_result import publish_result
from todoke.voices.models import CommentReceipt, Consultation, PublicComment, Sender
from todoke.voices.sender_erasure import due_consultations, erase_senders

pytestmark = pytest.mark.django_db
TEXT = "私は山田です。駐輪場を増やしてください。電話は090-1234-5678です。"
LATE = "遅れて届いた田中の意見です。"


@pytest.fixture
def place() -> Hall:
    return hall()


def published(place: Hall) -> Consultation:
    """A result of March 2025 with one opinion on paper and one that came late."""
    of = place.announced()
    sender = {"name": "山田 花子", "address": "一丁目", "mail": "hanako@example.jp"}
    scan = ContentFile(b"%PDF-1.7 scan", "scan.pdf")
    row = sent(of, TEXT, channel="post", by=place.clerk, stamped_on=date(2025, 2, 10), sender=sender, scan=scan)
    sent(of, LATE, "2025-03-05 10:00:00")
    of.begin_answering(by=place.clerk)
    place.grouped(of, "駐輪場を増やす").answer(kind="later", text="参考とします。", by=place.clerk)
    spans = [(2, 4, "personal"), (TEXT.index("090"), TEXT.index("090") + 13, "personal")]
    row.comment.mask(spans, by=place.clerk)
    row.comment.check_masks(by=place.second)
    place.approved(of)
    publish_result(of, by=place.clerk)
    Consultation.objects.update(published_at=moment("2025-03-20 10:00:00"))
    return Consultation.objects.get(pk=of.pk)


def test_five_years_begin_with_the_next_fiscal_year(place: Hall) -> None:
    of = published(place)
    assert due_consultations(date(2030, 3, 31)) == []
    assert due_consultations(date(2030, 4, 1)) == [of]


def test_nothing_of_a_person_remains_and_the_published_page_is_the_same(
    place: Hall, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    of = published(place)
    address = f"/consultations/{of.number}/result/"
    before = Client().get(address).content.decode().split("<main")[1]
    scan = str(CommentReceipt.objects.exclude(scan="").get().scan)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_senders(of, by=System()) == 2
    kept = "".join([*PublicComment.objects.values_list("text", flat=True),
                    *CommentReceipt.objects.values_list("text", flat=True)])  # fmt: skip
    assert not any(piece in kept for piece in ("山田", "090", "1234", "田中", "遅れて"))
    assert Sender.objects.exclude(sealed_name="", sealed_address="", sealed_mail="").count() == 0
    assert set(Message.objects.filter(code="opinion-received").values_list("email", "body")) == {(NOBODY, "")}
    assert not default_storage.exists(scan)
    assert Client().get(address).content.decode().split("<main")[1] == before
    assert erase_senders(of, by=System()) == 0


def test_the_database_keeps_the_words_of_an_arrival_as_they_came(place: Hall) -> None:
    row = sent(place.announced(), "駐輪場を増やしてください。")
    for change in ({"text": "別の文"}, {"arrived_at": moment("2025-03-01 10:00:00")}, {"channel": "mail"}):
        with transaction.atomic(), pytest.raises(DatabaseError, match="never changed"):
            CommentReceipt.objects.filter(pk=row.pk).update(**change)
