"""Channel events 経路からの知らせ: what LINE tells, checked by its signature, each counted once."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from todoke.file_validation.json_text import letters_of
from todoke.notices.models import ChannelEvent

HEADER = "X-Line-Signature"
LONGEST = 1000


class Forged(Exception):
    """偽の知らせ: the signature does not fit the body, or the body is no message of LINE."""


@dataclass(frozen=True)
class ReceivedEvent:
    """受けた知らせ: its id and kind, and for a text the words and the token for one reply; the words are not kept."""

    event: str
    kind: str
    words: str
    reply_token: str


def signature(body: bytes, secret: str) -> str:
    """Return the signature of a raw body (HMAC-SHA256 in base64)."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def read_events(body: bytes, given: str) -> list[ReceivedEvent]:
    """Return the events of a signed body. Raises Forged."""
    secret = settings.LINE_SECRET
    if not secret or not hmac.compare_digest(signature(body, secret).encode(), given.encode()):
        raise Forged("署名が正しくありません。")
    try:
        return list(_events(json.loads(body)))
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as problem:
        raise Forged("知らせを読み取れません。") from problem


def _events(found: dict[str, Any]) -> Iterator[ReceivedEvent]:
    for each in found["events"]:
        message = each.get("message") or {}
        words = letters_of(str(message.get("text", "")))[:LONGEST] if message.get("type") == "text" else ""
        yield ReceivedEvent(
            str(each["webhookEventId"])[:64], str(each["type"])[:30], words, str(each.get("replyToken", ""))[:200]
        )


def take(event: ReceivedEvent) -> bool:
    """Count an event; False when it was told before. Call it in the transaction of what it leads to."""
    try:
        with transaction.atomic():
            ChannelEvent.objects.create(event=event.event, kind=event.kind)
    except IntegrityError:
        return False
    return True
