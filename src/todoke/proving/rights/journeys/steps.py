"""Steps 手順: an honest person at one face, whose requests are recorded and replayed."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from todoke.proving import service
from todoke.proving.browser import FetchedPage
from todoke.proving.rights.canaries import Matter
from todoke.proving.rights.people import FactsClient, Person
from todoke.proving.rights.recorded_requests import Fields, File, RecordedRequest, Scope, Success
from todoke.proving.rights.replayer import Replayer
from todoke.proving.synthetic_users.resident import UnexpectedAnswer

STAFF = frozenset({"ほかの部署の係員", "同じ課の係員", "システム管理担当", "異動の後"})
"""Peers of whoever opens what is for every member of staff."""
REASON = {"phrase": "decision", "words": ""}
"""Why data of several persons leaves, as the page on the way asks."""
ASKS_REASON = 'name="phrase"'


@dataclass
class Steps:
    """手順: a person at a face about one matter; ``flagged`` is the name under which a protective flag finds it."""

    face: str
    person: Person
    matter: Matter
    replayer: Replayer
    flagged: str = ""

    def get(self, path: str, **terms: Any) -> FetchedPage:
        return self._send(RecordedRequest(self.face, "GET", path, **terms))

    def file(self, path: str, **terms: Any) -> FetchedPage:
        """GET a file."""
        return self.get(path, success=Success.FILE, **terms)

    def export(self, path: str, **terms: Any) -> FetchedPage:
        """Take a file with the data of several persons: the page on the way asks why, its answer brings the file.

        Raises UnexpectedAnswer where nobody asks why.
        """
        if terms.get("scope") is not Scope.OWN:
            self.get(path, shows=ASKS_REASON, **terms)
        elif ASKS_REASON not in self.look(path).text:
            raise UnexpectedAnswer(f"{path} が理由を尋ねません")
        return self.post(path, REASON, **{"success": Success.FILE, **terms})

    def post(self, path: str, fields: Fields | None = None, *, file: File | None = None, **terms: Any) -> FetchedPage:
        given = {"success": Success.ROWS, **terms}
        return self._send(RecordedRequest(self.face, "POST", path, fields or {}, file, **given))

    def look(self, path: str) -> FetchedPage:
        """GET what everybody may see, or what was replayed before: nothing is replayed."""
        return self.person.send(RecordedRequest(self.face, "GET", path), keep=True)

    def silently(self, path: str, fields: Fields | None = None) -> FetchedPage:
        """POST what was replayed before, without a replay."""
        return self.person.send(RecordedRequest(self.face, "POST", path, fields or {}), keep=True)

    def after(self, variant: str, act: Callable[[], object]) -> None:
        """Do what ends a right for good; then send everything again with the cookies that are left."""
        act()
        self.replayer.again(self.person.name, variant, self.person.copy())

    def _send(self, request: RecordedRequest) -> FetchedPage:
        return self.replayer.send(self.person, request, flagged=self.flagged)


@dataclass(frozen=True)
class Received:
    """受け付けた申請: its number, the applicant's name, and its matter."""

    number: str
    name: str
    matter: Matter


@dataclass
class Story:
    """道のりの全体: who takes part, what the offers are called, and what was received so far."""

    replayer: Replayer
    facts: FactsClient
    people: dict[str, Person]
    procedures: dict[str, str]
    matters: int = 0
    received: dict[str, Received] = field(default_factory=dict)

    def matter(self, *people: str) -> Matter:
        """Return a new matter which these people may see."""
        self.matters += 1
        for name in people:
            self.people[name].matters |= {self.matters}
        return Matter(self.matters)

    def open_matter(self) -> Matter:
        """Return a new matter which every member of staff may see."""
        matter = self.matter("clerk-elsewhere", "colleague", "administrator")
        self.replayer.open_matters |= {matter.number}
        return matter

    def steps(self, face: str, who: str, matter: Matter, flagged: str = "") -> Steps:
        return Steps(face, self.people[who], matter, self.replayer, flagged)


def found(pattern: str, page: FetchedPage) -> str:
    """Return the first group of a pattern in a page or its address. Raises UnexpectedAnswer."""
    there = re.search(pattern, f"{page.path}\n{page.text}")
    if there is None:
        raise UnexpectedAnswer(f"{pattern} が {page.status} {page.path} にありません")
    return there.group(1)


def answers(matter: Matter) -> dict[str, Fields]:
    """Return what is typed, page by page, with a canary of its own in every answer."""
    return {
        page: {
            name: value.replace("@@@", matter.canary()) if "@@@" in value else value for name, value in typed.items()
        }
        for page, typed in service.resident_answers("@@@").items()
    }
