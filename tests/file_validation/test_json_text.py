"""What strangers send as JSON is taken where a database can keep every letter of it."""

import base64
import hashlib
import hmac
import json

import pytest
from pytest_django import Settings

from todoke.file_validation.json_text import NoLetter, letters_of, read_json
from todoke.notices.line.channel_events import read_events


@pytest.mark.parametrize("text", [r'"a\u0000"', r'["\ud83d"]', r'{"\u0000": 1}', r'{"a": {"b": ["\udc00x"]}}'])
def test_what_is_no_letter_is_refused_at_any_depth(text: str) -> None:
    for given in (text, text.encode()):
        with pytest.raises(NoLetter):
            read_json(given)


@pytest.mark.parametrize("text", [r'"\ud83d\ude00"', r'"\u5c71"', '{"a": [1, null, true, "山"]}', r'"\\u0000"'])
def test_every_letter_is_taken_however_it_is_written(text: str) -> None:
    assert read_json(text) == read_json(text.encode()) == json.loads(text)


def test_a_text_loses_what_is_no_letter() -> None:
    assert letters_of("a\0b\ud83dc😀") == "abc😀"


def test_a_message_of_a_person_loses_it_and_is_heard(settings: Settings) -> None:
    """Its sender signed it: refusing would have the same message sent again and again."""
    settings.LINE_SECRET = "secret"
    told = {"webhookEventId": "1", "type": "message", "message": {"type": "text", "text": "ごみ\0の日"}}
    body = json.dumps({"events": [told]}).encode()
    signed = base64.b64encode(hmac.new(b"secret", body, hashlib.sha256).digest()).decode()
    assert [event.words for event in read_events(body, signed)] == ["ごみの日"]
