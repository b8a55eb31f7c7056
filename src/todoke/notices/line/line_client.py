"""LINE client: the requests of the Messaging API on the standard library; the text of a refusal is not read."""

import http.client
import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

WITHIN = 10
ACCEPTED_BEFORE = 409
"""The same retry key was accepted before."""


@dataclass(frozen=True)
class LineAnswer:
    """LINEの返事: the status, and the id of the request that was accepted."""

    status: int
    request_id: str

    @property
    def is_accepted(self) -> bool:
        return self.status in (200, ACCEPTED_BEFORE)

    @property
    def may_succeed_later(self) -> bool:
        return self.status == 429 or self.status >= 500


def broadcast(text: str, retry_key: UUID) -> LineAnswer:
    """Post a text to everybody who follows the account; every try of a post has its one key. Raises OSError."""
    return _ask("/v2/bot/message/broadcast", {"messages": [_message(text)]}, {"X-Line-Retry-Key": str(retry_key)})


def reply(text: str, reply_token: str) -> LineAnswer:
    """Answer a message; its token is good once, so that a reply has no retry key. Raises OSError."""
    return _ask("/v2/bot/message/reply", {"replyToken": reply_token, "messages": [_message(text)]}, {})


def _message(text: str) -> dict[str, str]:
    return {"type": "text", "text": text}


def _ask(path: str, body: dict[str, Any], headers: dict[str, str]) -> LineAnswer:
    given = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.LINE_TOKEN}", **headers}
    request = urllib.request.Request(  # noqa: S310 - address of our own setting
        settings.LINE_URL + path, data=json.dumps(body, ensure_ascii=False).encode(), headers=given
    )
    try:
        with urllib.request.urlopen(request, timeout=WITHIN) as answer:  # noqa: S310 - the same
            return LineAnswer(answer.status, answer.headers.get("X-Line-Request-Id", ""))
    except urllib.error.HTTPError as refusal:
        accepted = refusal.headers.get("X-Line-Accepted-Request-Id", "")
        refusal.close()
        return LineAnswer(refusal.code, accepted)
    except http.client.HTTPException as problem:
        raise OSError(type(problem).__name__) from problem
