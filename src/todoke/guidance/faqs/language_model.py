"""Language model 言語モデル: an optional helper inside the city's network, off unless its address is set.

It may put candidates in another order, and draft an answer for a person who writes. It never speaks to a resident: what
is shown are the office's own words, and nothing but an order of the same candidates is taken from it.
"""

import http.client
import json
import socket
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings

WITHIN, MOST = 5, 65_536
"""Seconds that a resident waits for another order at most, and bytes that are read of an answer."""
DRAFTED = "〔機械の下書き。確かめて書き直し、この行を消してください〕"
ORDER = "質問に近い順に、候補の番号だけをJSONの配列で答えてください。候補: {candidates} 質問: {question}"
DRAFT = (
    "区役所の問答の答えの案を、次の似た答えだけをもとに200字以内で書いてください。似た答え: {answers} 質問: {question}"
)


class Unhelpful(Exception):
    """役に立たない返事: the model was not reached, or what it said is nothing of what was asked."""


class LanguageModel(Protocol):
    """言語モデル: what says something to a text."""

    def say(self, asked: str) -> str:
        """Return what the model says. Raises Unhelpful."""


@dataclass(frozen=True)
class CityModel:
    """庁内の言語モデル: a server that speaks the chat interface, reached only at an address of the house."""

    url: str
    name: str

    def say(self, asked: str) -> str:
        """Return what the model says. Raises Unhelpful."""
        if not _is_inside(self.url):
            raise Unhelpful("庁内のアドレスではありません。")
        body = {"model": self.name, "temperature": 0, "messages": [{"role": "user", "content": asked}]}
        request = urllib.request.Request(  # noqa: S310 - an address of our own setting, checked above
            f"{self.url}/v1/chat/completions", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=WITHIN) as answer:  # noqa: S310 - the same
                found: Any = json.loads(answer.read(MOST))
            return str(found["choices"][0]["message"]["content"])
        except (OSError, http.client.HTTPException, ValueError, KeyError, IndexError, TypeError) as problem:
            raise Unhelpful(type(problem).__name__) from problem


def _is_inside(url: str) -> bool:
    """Whether every address of a host is private: on this machine or in the house."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    try:
        found = {
            entry[4][0] for entry in socket.getaddrinfo(parts.hostname, parts.port or 80, proto=socket.IPPROTO_TCP)
        }
    except OSError:
        return False
    return bool(found) and all(ip_address(str(address).split("%")[0]).is_private for address in found)


def language_model() -> LanguageModel | None:
    """Return the model of the installation, None where none is set (the default)."""
    return CityModel(settings.LANGUAGE_MODEL_URL, settings.LANGUAGE_MODEL) if settings.LANGUAGE_MODEL_URL else None


def another_order(question: str, candidates: Sequence[str], model: LanguageModel) -> list[int]:
    """Return the places of the candidates in the model's order; as they are unless it names each of them once."""
    unchanged = list(range(len(candidates)))
    told = json.dumps(dict(enumerate(candidates)), ensure_ascii=False)
    try:
        found = json.loads(model.say(ORDER.format(candidates=told, question=question)))
    except (Unhelpful, ValueError, RecursionError):
        return unchanged
    is_order = isinstance(found, list) and all(type(each) is int for each in found) and sorted(found) == unchanged
    return found if is_order else unchanged


def drafted_answer(question: str, answers: Sequence[str], model: LanguageModel) -> str:
    """Return a draft for a person, marked as one; only the mark where the model is of no help."""
    try:
        words = model.say(DRAFT.format(answers="\n".join(answers), question=question))[:1000]
    except Unhelpful:
        words = ""
    return f"{DRAFTED}\n{words}".strip()
