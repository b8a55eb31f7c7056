"""What LINE tells is believed by its signature, counted once and answered with the office's words alone."""

import json

import pytest
from django.test import Client

from tests import cast
from tests.cast.guidance import published, writer
from tests.cast.line import SECRET, line, opened, said
from todoke.guidance import line_replies
from todoke.guidance.models import Inquiry
from todoke.jobs.models import Job
from todoke.notices.channels import TemporaryFailure
from todoke.notices.line.channel_events import HEADER, signature
from todoke.notices.line.line_simulator import LineFaults
from todoke.notices.models import ChannelEvent

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/line/events/"


@pytest.fixture(autouse=True)
def _answers() -> None:
    published("犬を飼い始めたら?", "犬の登録をします。", by=writer(), checked_by=cast.clerk())


def tell(client: Client, body: bytes, headers: dict[str, str]) -> int:
    return client.post(ADDRESS, body, content_type="application/json", headers=headers).status_code


def replies() -> list[Job]:
    return list(Job.objects.filter(task=line_replies.REPLY))


def test_before_a_decision_there_is_no_such_page(client: Client) -> None:
    with line():
        assert tell(client, *said("犬を飼いました")) == 404
    opened()
    assert tell(client, *said("犬を飼いました")) == 404
    assert not ChannelEvent.objects.exists()


def test_a_question_is_counted_once_and_answered_with_titles_and_a_link(client: Client) -> None:
    opened()
    with line() as book:
        for _ in range(4):
            assert tell(client, *said("犬を飼いました")) == 200
        [job] = replies()
        line_replies.reply(*job.args)
        line_replies.reply(*job.args)
    [text] = book.said
    assert text.startswith("答えの候補です。\n・犬を飼い始めたら?")
    assert text.endswith(line_replies.WARNING)
    assert "飼いました" not in text
    assert Inquiry.objects.get().channel == "line"


@pytest.mark.parametrize("kind", ["secret", "altered", "none", "nonsense"])
def test_a_forged_or_altered_body_changes_nothing(client: Client, kind: str) -> None:
    opened()
    body, headers = said("犬を飼いました", secret="another" if kind == "secret" else SECRET)
    if kind == "altered":
        body = body.replace(b"01EVENT", b"02EVENT")
    if kind == "nonsense":
        body, headers = b"[1, 2]", said("x")[1]
    with line():
        assert tell(client, body, {} if kind == "none" else headers) == 400
    assert not ChannelEvent.objects.exists()


def test_a_signed_body_that_is_no_message_is_refused(client: Client) -> None:
    opened()
    with line():
        for body in (b"null", b"{}", json.dumps({"events": [{"type": "message"}]}).encode()):
            assert tell(client, body, {HEADER: signature(body, SECRET)}) == 400


def test_what_points_to_a_person_is_masked_before_it_is_kept_and_never_goes_back(client: Client) -> None:
    opened()
    with line() as book:
        tell(client, *said("犬 090-1234-5678 123456789018 hanako@example.jp"))
        line_replies.reply(*replies()[0].args)
    assert Inquiry.objects.get().words == "犬 〔電話番号〕 〔個人番号〕 〔メールアドレス〕"
    assert "1234" not in book.said[0]
    assert "1234" not in json.dumps(replies()[0].args)


def test_a_picture_or_a_follower_is_counted_and_not_answered(client: Client) -> None:
    opened()
    body, _ = said("x")
    told = json.loads(body)
    told["events"] = [
        {"type": "follow", "webhookEventId": "01FOLLOW", "replyToken": "r"},
        {"type": "message", "webhookEventId": "01IMAGE", "replyToken": "r", "message": {"type": "image", "id": "1"}},
    ]
    raw = json.dumps(told).encode()
    with line():
        assert tell(client, raw, {HEADER: signature(raw, SECRET)}) == 200
    assert (ChannelEvent.objects.count(), replies()) == (2, [])


def test_a_question_without_words_that_are_known_leads_to_people(client: Client) -> None:
    opened()
    with line() as book:
        tell(client, *said("プラネタリウム"))
        line_replies.reply(*replies()[0].args)
    assert book.said[0].startswith(line_replies.NONE)


def test_line_that_does_not_answer_is_asked_again_by_the_job(client: Client) -> None:
    opened()
    with line(LineFaults(refused=1.0)):
        tell(client, *said("犬"))
        with pytest.raises(TemporaryFailure):
            line_replies.reply(*replies()[0].args)
