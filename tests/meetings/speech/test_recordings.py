"""A recording is received only where it was announced, kept byte for byte, and erased after its time."""

import hashlib
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from pytest_django import Settings

from tests import cast
from tests.cast import meetings, recordings
from todoke.accounts.actors import System
from todoke.audit.models import Entry
from todoke.japanese.calendar import today
from todoke.meetings.models import Minutes, Recording, VocabularyTerm
from todoke.meetings.models.vocabulary_term import MOST_TERMS, keep_terms
from todoke.meetings.speech.retention_of_recordings import erase_expired
from todoke.runtime.refusals import Closed, NotAllowed, Refused, Unreadable

pytestmark = pytest.mark.django_db


def test_a_recording_is_stored_and_found_again_byte_for_byte() -> None:
    content = recordings.wav()
    kept = recordings.recording(meetings.secretary(), content)
    with kept.open() as file:
        assert file.read() == content
    assert (kept.number, kept.seconds, kept.length, kept.media_type) == (1, 4.0, "4秒", "audio/wav")
    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert Entry.objects.filter(act="録音の受取り").count() == 1


def test_a_recording_that_nobody_announced_is_not_received() -> None:
    by = meetings.secretary()
    with pytest.raises(Refused, match="知らせていない録音は、受け取りません"):
        Recording.receive(meetings.meeting(by), ContentFile(recordings.wav()), is_announced=False, by=by)
    made = recordings.recording(by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recording.objects.filter(pk=made.pk).update(announced=False)


def test_the_same_recording_another_kind_of_file_and_a_huge_one_are_refused(settings: Settings) -> None:
    by = meetings.secretary()
    made = recordings.recording(by)
    with pytest.raises(Refused, match="もう受け取っています"):
        Recording.receive(made.meeting, ContentFile(recordings.wav()), is_announced=True, by=by)
    with pytest.raises(Unreadable, match="音声のファイルではない"):
        Recording.receive(made.meeting, ContentFile(b"%PDF-1.4"), is_announced=True, by=by)
    settings.RECORDING_MB = 0
    with pytest.raises(Unreadable, match="分けて保存"):
        Recording.receive(made.meeting, ContentFile(recordings.wav(1)), is_announced=True, by=by)
    assert len(default_storage.listdir("recordings")[1]) == 1


def test_only_the_secretariat_hears_it() -> None:
    made = recordings.recording(meetings.secretary())
    for stranger in (cast.clerk(), cast.chief(), System()):
        with pytest.raises(NotAllowed, match="事務局だけ"):
            made.require_taking(by=stranger)


def test_thirty_days_after_the_minutes_are_confirmed_the_sound_is_gone() -> None:
    by = meetings.secretary()
    made = recordings.recording(by)
    Minutes.load(made.meeting, "○委員 質問です。".encode(), by=by, is_confirmed=True)
    made.meeting.refresh_from_db()
    made.meeting.minutes.get().suggestions.all().delete()
    assert erase_expired() == 0
    made.meeting.confirm_record(by=by)
    made.refresh_from_db()
    assert made.keep_until == today() + timedelta(days=30)
    assert erase_expired() == 0
    Recording.objects.update(keep_until=today() - timedelta(days=1))
    assert (erase_expired(), erase_expired()) == (1, 0)
    made.refresh_from_db()
    assert default_storage.listdir("recordings")[1] == []
    assert Entry.objects.filter(act="録音の消去").count() == 1
    with pytest.raises(Closed, match="消しました"):
        made.open()
    with pytest.raises(Closed, match="確定した会議"):
        Recording.receive(made.meeting, ContentFile(recordings.wav(2)), is_announced=True, by=by)


def test_the_words_of_a_body_are_kept_once_each_and_few() -> None:
    by, body = meetings.secretary(), meetings.body()
    assert keep_terms(body, [("電子契約", "でんしけいやく"), (" 電子契約 ", ""), ("", "")], by=by) == 1
    assert keep_terms(body, [("押印", "")], by=by) == 1
    assert [str(each) for each in VocabularyTerm.objects.all()] == ["押印"]
    with pytest.raises(Refused, match="語まで"):
        keep_terms(body, [(f"用語{n}", "") for n in range(MOST_TERMS + 1)], by=by)
    with pytest.raises(Refused, match="2字から"):
        keep_terms(body, [("字", "")], by=by)
    assert Entry.objects.filter(act="用語の登録").count() == 2
