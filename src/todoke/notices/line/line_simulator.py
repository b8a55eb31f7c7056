"""LINE simulator LINEシミュレーター: the requests of the Messaging API that we use, with faults; it reaches nobody.

It remembers what was accepted by its retry key as LINE does: the second request with a key is answered 409 and posts
nothing. A reply token is good once. Requests with the key on a reply are an error, as with LINE.
"""

import random
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

BROADCAST, REPLY = "/v2/bot/message/broadcast", "/v2/bot/message/reply"


@dataclass(frozen=True)
class LineFaults:
    """故障: the shares of requests that fail before they are accepted, are lost after it, or come too fast."""

    refused: float = 0.0
    cut: float = 0.0
    too_many: float = 0.0


@dataclass
class LineBook:
    """帳面: what was accepted, posted and answered, and how often something was repeated."""

    token: str
    faults: LineFaults = LineFaults()
    chance: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311 - repeatable faults
    accepted: dict[str, str] = field(default_factory=dict)
    posts: Counter[str] = field(default_factory=Counter)
    replies: Counter[str] = field(default_factory=Counter)
    said: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def handle(self, path: str, headers: Mapping[str, str], body: dict[str, Any]) -> tuple[int, str, bool]:
        """Return status, request id, and whether the answer gets lost on its way."""
        with self.lock:
            status, request = self._status(path, headers, body)
            self.statuses[status] += 1
            return status, request, status == 200 and self.chance.random() < self.faults.cut

    def _status(self, path: str, headers: Mapping[str, str], body: dict[str, Any]) -> tuple[int, str]:
        key = headers.get("X-Line-Retry-Key", "")
        if headers.get("Authorization") != f"Bearer {self.token}":
            return 401, ""
        if path not in (BROADCAST, REPLY) or (path == REPLY and key):
            return 400, ""
        if key in self.accepted:
            return 409, self.accepted[key]
        if self.chance.random() < self.faults.too_many:
            return 429, ""
        if self.chance.random() < self.faults.refused:
            return 500, ""
        return self._accepted(path, key, body)

    def _accepted(self, path: str, key: str, body: dict[str, Any]) -> tuple[int, str]:
        text, request = str(body["messages"][0]["text"]), f"request-{sum(self.statuses.values())}"
        if path == REPLY:
            if self.replies[body["replyToken"]]:
                return 400, ""
            self.replies[body["replyToken"]] += 1
        else:
            self.accepted[key] = request
            self.posts[text] += 1
        self.said.append(text)
        return 200, request

    def summary(self) -> dict[str, Any]:
        """Return the counts, and all that was said."""
        with self.lock:
            return {
                "posts": len(self.posts), "repeated": sum(count - 1 for count in self.posts.values()),
                "replies": len(self.replies), "statuses": dict(self.statuses), "said": list(self.said),
            }  # fmt: skip
