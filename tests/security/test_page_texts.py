"""Whoever hears a page hears each sentence once, in Japanese, without a code of ours, and may open what it offers."""

import html
import re
from collections import Counter, defaultdict
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve

from tests.cast.role_matrix import matrix, subjects
from tests.cast.role_matrix.world import World
from tests.security.page_text import PageText, sentences
from todoke.workforce.models import DigitalHelper, PromotionMember

FACES = {
    "resident": ("portal",), "applicant": ("portal",), "clerk": ("office", "studio", "board"),
    "chief": ("office", "studio", "board"),
    "designer": ("studio", "office"), "headquarters": ("board", "studio", "office"), "treasurer": ("office",),
    "auditor": ("office",), "administrator": ("office",),
}  # fmt: skip
KNOWN = {
    "kinds of files and encodings, in the names of files that people bring": (
        {"Excel", "CSV", "PDF", "Word", "csv", "xlsx", "xls", "docx", "pdf", "xes", "gz", "bpmn", "json"}
        | {"WAV", "MP3", "M4A", "OGG", "FLAC", "WebM", "WebVTT", "SubRip", "vtt", "srt", "txt"}
        | {"SVG", "JSON", "BPMN", "XES", "UTF-8", "Shift_JIS", "MB", "KB", "ZIP", "zip", "JPEG", "PNG", "HEIC", "WebP"}
    ),
    "names that a Japanese office uses as they are": (
        {"DX", "DV", "QR", "ATM", "USB", "ID", "URL", "eLTAX", "LGWAN", "LINE", "English", "SLA", "RPO", "RTO", "dpi"}
    ),
    "names of a licence and of standard data sets": {"CC", "BY", "AED", "LAN"},
    "kinds of automations and networks, as offices call them": {"RPA", "AI-OCR", "AI", "EUC", "LGWAN"},
    "of the digest that stands on a proposal's paper": {"SHA-256"},
    "keys of a keyboard": {"Alt", "Enter", "j", "k", "Ctrl", "Space"},
}
"""Latin words that may stand before people, by the reason."""
KNOWN_SHAPES = re.compile(
    r"[\w.+-]+@[\w.-]+|https?://\S+"  # addresses
    r"|[A-Z]?\d{4}-\d{6}(-[A-Z])?|P-\d{6}(-\d+)?|(N|P[HTU])\d{12}|[A-Z]\d{3,}"  # numbers on letters, slips, receipts
    r"|[AB]\d|[RHST]\d{1,2}|\b[0-9a-f]{64}\b"  # paper, eras, the digest printed on a proposal's paper
)
LINK = re.compile(r"<a [^>]*href=\"(/[^/\"][^\"]*)\"")
WORD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
SIGNS = {
    "office:admission-": "ranks of the published criteria, A and on",
    "office:parcel": "an example of the characters that stand for a receipt",
    "office:national-application": "the number that the national portal gave",
    "office:partner": "how the address of another system begins",
    "office:classification-": "分類記号, the office's own signs, on the pages that maintain them",
    "office:records-disposals": "the number of a disposal, which its proposal quotes",
    "office:payments-items": "the sign of a revenue account that nobody named",
    "office:factor-enrolment": "the account in the address, which nobody has",
    "office:appearance": "a colour as pages write it, and kinds of pictures",
    "office:notice-text": "the places of a text, by their names in braces",
    "office:services": "the beginning of an address, as an example",
    "office:provider": "the provider's own words and addresses, which the administrator copies letter by letter",
    "office:preparation": "the commands that the operator gives",
    "studio:form-language": "the translation that many forms share, as it stands in English",
    "studio:form-manual": "the code on a leaflet by which staff find its form",
    "studio:form-paper": "the code in the office's corner of a paper form",
    "studio:form-stops": "the beginning of an address, as an example",
    "studio:form-library": "an example of the address of a form that a file brings",
    "studio:plain-names": "the page on which the English names are kept",
    "studio:admission-rule-draft": "the criteria as the text that a designer edits",
    "studio:synonyms": "the page on which the English words are kept",
    "studio:referrals": "the page on which the addresses of sources are kept",
    "studio:publication": "the fingerprint by which two copies of a version are compared",
    "board:public-dataset": "headings of a published table, as its standard set writes them",
    "board:public-admission": "the sign of a count that is hidden, said below the table",
    "board:public-contacts": "the sign of a count that is hidden, said below the table",
    "board:public-points": "the sign of a count that is hidden, said above the table",
    "board:plan-successor": "an example of a plan's sign",
}
"""Pages on which a sign of Latin letters stands, by the beginning of their name, each with its reason."""
HEARD_TWICE = {
    "office:case-correction": "the ready sentences stand at each answer that can be asked again",
    "office:notice-text": "the words in force in their field, and the original below",
    "office:consultation-text": "each clause, and the same words in the field that changes it",
    "office:consultation-receipt": "the words of a paper, and the same words in the field that puts them right",
    "office:department": "a form for each post, each with its help",
    "studio:mining": "a form for a file and one for the municipality's own cases",
    "studio:form-language": "the hint with the shared translation stands at each text that has one",
    "studio:form-library": "several ways to begin a form, each with its help",
    "office:record": "the same help stands at each place that can be withheld",
    "board:funnel": "the same figures of several procedures",
    "board:level": "two windows without an outage",
    "office:admission-points": "each open point says what to make sure of",
    "office:my-devices": "a form for each device that is lent, each with its help",
    "office:points-program": "two tables, each with the kinds of file it may be",
    "board:recording-segment": "the words in the field that corrects them, and in the one that splits them",
    "studio:gallery": "every state of a component side by side",
    "studio:form-manual": "what a template says of two papers",
}
"""Pages where a sentence is heard more than once, each with its reason."""
REGISTERS = {str(kind._meta.verbose_name) for kind in (PromotionMember, DigitalHelper)}
"""Staff who promote digital work and volunteers of the State: two registers that no page may mix."""


def offered(page: Any) -> set[str]:
    """Return the addresses of ours that a page links to."""
    if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
        return set()
    return {html.unescape(link).partition("#")[0] for link in LINK.findall(page.content.decode())}


def is_closed(client: Client, link: str, reviewed: dict[matrix.Key, dict[str, str]], role: str) -> bool:
    """Whether a link refuses a role: asked only where the role matrix says that it refuses some."""
    name = resolve(link.partition("?")[0]).view_name
    return reviewed[name, "GET"][role] in {"403", "404"} and client.get(link).status_code in {403, 404}


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.parametrize("role", FACES)
def test_a_page_is_heard_once_in_japanese_and_leads_to_pages_that_open(world: World, role: str) -> None:
    client, places = world.client(role), subjects.places(world)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()}
    people = {word for person in world.people.values() for word in WORD.findall(person.name)}
    foreign, twice, closed, heard, reviewed = set[str](), set[str](), set[str](), 0, matrix.read()
    named = defaultdict[str, set[str]](set)
    for name, path in matrix.routes():
        if name.partition(":")[0] not in FACES[role] or not reviewed[name, "GET"][role].startswith("200"):
            continue
        with transaction.atomic():
            client.cookies = SimpleCookie(cookies)
            page = client.get(matrix.address(subjects.at(places, name), path))
            closed |= {f"{name}: {link}" for link in offered(page) if is_closed(client, link, reviewed, role)}
            transaction.set_rollback(True)
        if page.status_code != 200 or not page.headers["Content-Type"].startswith("text/html"):
            continue
        lines, heard = PageText(page.content.decode()).lines, heard + 1
        for label in REGISTERS:
            named[label] |= {name for line in lines if label in line}
        words = {word for line in lines for word in WORD.findall(KNOWN_SHAPES.sub("", line))}
        if name.startswith(tuple(SIGNS)):
            words = set[str]()
        foreign |= {f"{name}: {word}" for word in words - people - set[str]().union(*KNOWN.values())}
        counted = Counter(sentence for sentence in sentences(lines) if len(sentence) > 8)
        twice |= {f"{name}: {each}" for each, times in counted.items() if times > 1 and name not in HEARD_TWICE}
    assert heard > 5
    assert (sorted(foreign), sorted(twice), sorted(closed)) == ([], [], [])
    assert not set.intersection(*named.values())
    assert all(named.values()) or role != "headquarters", "who sees both registers was shown them"


def test_a_code_and_a_sentence_heard_twice_are_seen() -> None:
    lines = PageText("<main><p>申請しました。<span>申請しました。</span></p><td>child-allowance</td></main>").lines
    assert Counter(sentences(lines))["申請しました。"] == 2
    assert WORD.findall(KNOWN_SHAPES.sub("", lines[-1])) == ["child-allowance"]
