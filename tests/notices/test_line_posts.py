"""Public words go out on LINE once each, only after a decision; what may point to a person waits for a second one."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import cast
from tests.cast.line import TOKEN, line, opened
from todoke.accounts.models import User
from todoke.jobs.models import Job
from todoke.notices.line import post_delivery
from todoke.notices.line.line_simulator import LineBook, LineFaults
from todoke.notices.line.post_check import held_kinds
from todoke.notices.models import ChannelPost, ChannelSwitch
from todoke.runtime.refusals import Closed, Conflict, NotAllowed, Refused

PLANTED = json.loads((Path(__file__).parent / "data" / "planted_texts.json").read_text())
PUBLIC = [
    "粗大ごみの収集日が変わります。4月1日からは水曜日です。",
    "図書館は12月29日から1月3日まで休みます。",
    "避難所を開設しました。混雑のようすは区のページでご覧ください。https://example.lg.jp/crowding/",
    "講師は山田太郎さんです。申し込みは広報課(03-0000-0001)へ。",
    "会場:中央体育館(本町二丁目16番32号)。受付は9時から。",
    "令和8年度の住民税の納期限は6月30日です。",
    "人口は123,456人、世帯は78,901です(2026年11月1日)。",
]


def delivered(post: ChannelPost) -> ChannelPost:
    post_delivery.send(post.pk)
    post.refresh_from_db()
    return post


@pytest.mark.parametrize("text", PLANTED)
def test_a_planted_personal_text_is_stopped(text: str) -> None:
    assert held_kinds(text)


@pytest.mark.parametrize("text", PUBLIC)
def test_a_public_text_is_not(text: str) -> None:
    assert held_kinds(text, public=["03-0000-0001"]) == []


@pytest.mark.django_db(transaction=True)
class TestPosts:
    @pytest.fixture
    def writer(self) -> User:
        return cast.clerk()

    def test_nothing_leaves_before_the_municipality_decided(self, writer: User) -> None:
        with line() as book, pytest.raises(Closed):
            ChannelPost.post("図書館は休みます。", by=writer)
        assert (book.said, ChannelPost.objects.count()) == ([], 0)

    def test_only_headquarters_opens_the_channel_once_and_closes_it(self, writer: User) -> None:
        with pytest.raises(NotAllowed):
            ChannelSwitch.turn_on("R8-0001", by=writer)
        switch = opened()
        by = cast.staff("本 部", "second@example.lg.jp", "headquarters")
        with pytest.raises(Conflict):
            ChannelSwitch.turn_on("R8-0002", by=by)
        with pytest.raises(NotAllowed):
            switch.turn_off(by=writer)
        switch.turn_off(by=by)
        with pytest.raises(Conflict):
            switch.turn_off(by=by)
        assert ChannelSwitch.current() is None

    def test_a_post_that_waited_does_not_leave_after_the_channel_was_closed(self, writer: User) -> None:
        switch = opened()
        post = ChannelPost.post("図書館は休みます。", by=writer)
        switch.turn_off(by=cast.staff("本 部", "second@example.lg.jp", "headquarters"))
        with line() as book:
            assert delivered(post).status == "failed"
        assert book.said == []

    def test_public_words_arrive_once_however_often_they_are_sent(self, writer: User) -> None:
        opened()
        post = ChannelPost.post("図書館は休みます。", by=writer)
        with line() as book:
            for _ in range(3):
                ChannelPost.objects.update(status="queued")
                assert delivered(post).status == "sent"
        assert (book.posts["図書館は休みます。"], book.statuses[409], post.request_id) == (1, 2, "request-0")

    def test_an_answer_that_was_lost_leads_to_a_second_try_with_the_same_key(self, writer: User) -> None:
        opened()
        post = ChannelPost.post("図書館は休みます。", by=writer)
        with line(LineFaults(cut=1.0)) as book:
            assert delivered(post).status == "queued"
            assert delivered(post).status == "sent"
        assert (len(book.posts), book.statuses[409]) == (1, 1)

    def test_no_personal_text_reaches_line_a_job_or_a_log(self, writer: User, caplog: object) -> None:
        opened()
        with line() as book:
            for text in PLANTED:
                assert delivered(ChannelPost.post(text, by=writer)).status == "held"
            assert not Job.objects.filter(task__contains="send_post").exists()
        assert book.said == []
        logged = caplog.text  # type: ignore[attr-defined] # a fixture without types
        assert not any(text in logged for text in PLANTED)

    def test_a_text_that_reached_the_queue_past_the_check_is_held_at_the_door(self, writer: User) -> None:
        opened()
        post = ChannelPost.objects.create(
            department=cast.department(), text=PLANTED[0], status="queued", drafted_by=writer
        )
        with line() as book:
            assert delivered(post).status == "held"
        assert book.said == []

    def test_a_second_person_releases_with_a_reason_and_the_database_refuses_anything_else(self, writer: User) -> None:
        opened()
        post = ChannelPost.post(PLANTED[3], by=writer)
        second = cast.staff("検 査", "check@example.lg.jp")
        with pytest.raises(NotAllowed):
            post.release("公開の番号", by=writer)
        with pytest.raises(Refused):
            post.release(" ", by=second)
        with pytest.raises(IntegrityError), transaction.atomic():
            ChannelPost.objects.filter(pk=post.pk).update(status="queued")
        with pytest.raises(IntegrityError), transaction.atomic():
            ChannelPost.objects.filter(pk=post.pk).update(
                status="queued", released_by=writer, release_reason="私が書いたので"
            )
        post.release("イベントの公開の番号です", by=second)
        with line() as book:
            assert delivered(post).status == "sent"
        assert book.posts[PLANTED[3]] == 1
        with pytest.raises(Conflict):
            post.discard(by=second)

    def test_line_too_busy_is_tried_later_and_after_a_day_a_person_is_told(self, writer: User) -> None:
        opened()
        post = ChannelPost.post("図書館は休みます。", by=writer)
        jobs = Job.objects.filter(task__contains="send_post").count()
        with line(LineFaults(refused=1.0)):
            assert delivered(post).status == "queued"
            assert Job.objects.filter(task__contains="send_post").count() == jobs + 1
            ChannelPost.objects.update(drafted_at=timezone.now() - timedelta(hours=25))
            assert delivered(post).status == "failed"
        assert "一日試しました" in post.problem

    def test_a_refusal_for_good_is_told_to_a_person(self, writer: User) -> None:
        opened()
        post = ChannelPost.post("図書館は休みます。", by=writer)
        with line() as book:
            book.token = "another"
            assert delivered(post).status == "failed"
        assert "401" in post.problem


def test_the_simulator_refuses_a_retry_key_on_a_reply() -> None:
    book = LineBook(TOKEN)
    headers = {"Authorization": f"Bearer {TOKEN}", "X-Line-Retry-Key": "k"}
    assert book.handle("/v2/bot/message/reply", headers, {"replyToken": "r", "messages": [{"text": "x"}]})[0] == 400
