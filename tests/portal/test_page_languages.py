"""Every page of a resident speaks her language: on an English page only what is declared stays Japanese."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, resolve

from tests import cast
from tests.cast import mailed_links
from tests.cast import points as of_points
from tests.cast.cases import DOCUMENT, FILLED, Counter, counter, decided, reviewed
from tests.cast.page_languages import JAPANESE, JapaneseTexts
from tests.cast.procedures import procedure
from todoke.cases.correction import corrections
from todoke.cases.correction.corrections import CorrectionPoint, RequestedPaper
from todoke.cases.models import Case
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.document.form_templates import codes, definition
from todoke.formbuilder.document.parser import read_document
from todoke.formbuilder.document.phrases import phrases
from todoke.formbuilder.document.translations import missing_texts

pytestmark = pytest.mark.django_db

DECLARED = [settings.MUNICIPALITY, "やさしい日本語", "日本語", "(届け)"]
"""The name of the municipality, of the languages, and of the program; data of the office follows with each test."""
NO_PAGE = {
    "question-answer", "question-judgement", "question-miss",
    "begin", "agent-begin", "application", "application-draft", "application-file", "application-deletion",
    "application-account", "submission", "resume-continuation", "reconfirmation-unchanged", "reconfirmation-begin",
    "terminal-sharing", "leave", "leave-idle", "notice-choice", "file-content", "address-confirmed", "case-copy",
    "case-message", "withdrawal", "letter", "payment-attempt", "payment-slip", "payment-receipt",
    "payment-return", "procedure-form", "arrival", "status-entry", "appearance-colours", "appearance-logo", "robots",
    "security-contact", "open-data", "open-data-atom", "open-data-catalog", "open-data-file", "open-data-list",
    "open-data-newest", "open-data-rss", "open-data-set",
    "installation", "figure-feed", "admission-wishes", "admission-siblings", "admission-answer",
    "admission-letter",
    "invitation-acceptance", "consultation-table", "idea-support",
    "booking-confirmation", "shop-cancellation",
    "booking-cancellation", "booking-calendar", "booking-permit", "booking-offer", "lottery-entry", "lottery-file",
    "sign-in-start", "sign-in-return", "client-keys", "provider-logout", "identification",
    "step-up", "identity-link", "identity-ending", "identity-waiting-link",
    "service-authorization", "service-token", "no-device-page", "no-device-code", "no-service-logout",
    "service-consent", "service-ending", "line-webhook",
    "booking-wait-withdrawal", "enrolment-confirmation", "enrolment-withdrawal", "queue-issue", "queue-leaving",
    "consultations-feed", "briefing-material", "idea-photo", "following-confirmation", "following-ending",
}  # fmt: skip
"""Addresses that answer with another page, a file or data."""
ELSEWHERE = {
    "mailbox", "deposit", "mailed-code", "admissions", "admission", "invitation", "consultations", "consultation",
    "consultation-opinion", "consultation-receipt", "consultation-result", "consultation-follow",
    "consultation-following", "ideas", "idea-policy", "my-idea",
    "challenge", "idea-entry", "voices", "voice",
    "visits", "visit", "visit-booking", "help-sessions", "help-session",
    "my-bookings", "booking", "booking-check", "facilities", "facility", "facility-booking", "lotteries", "lottery",
    "questions", "question", "question-contact", "town-plan", "places", "place",
    "classes", "class", "enrolment", "queues", "queue-ticket", "queue-screen", "booking-move", "facility-waiting",
    "staff-holds",
}  # fmt: skip
"""The mailbox of the demo, what is shown only during an outage, a page that a session of a minute asks for, and that of
an invited member of staff. Those of a family (test_admissions), of opinions (test_consultations), of bookings
(test_bookings, test_classes_and_queues), of questions (test_questions) and of places and plans (test_places,
test_town_plan) are read there in each language."""
IN_ENGLISH = {
    "title": "Request for a certificate", "page.person.title": "About you", "question.name.label": "Name",
    "question.email.label": "E-mail address", "question.copies.label": "Copies",
    "question.welfare.label": "Do you receive public assistance?",
}  # fmt: skip
TYPED = {
    **FILLED,
    "name__family": "Smith",
    "name__given": "Ann",
    "name__family_kana": "SMITH",
    "name__given_kana": "ANN",
}


class Walk:
    """A browser in English that notes what it finds in Japanese, and which pages it saw."""

    def __init__(self, client: Client, declared: list[str]) -> None:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        self.client, self.declared = client, [*DECLARED, *declared]
        self.seen: set[str] = set()
        self.left: dict[str, list[str]] = {}

    def get(self, address: str) -> None:
        self._note(address, self.client.get(address))

    def post(self, address: str, **data: Any) -> None:
        self._note(address, self.client.post(address, data))

    def _note(self, address: str, response: Any) -> None:
        self.seen.add(resolve(address.partition("?")[0]).url_name or "")
        if response.status_code < 300:
            found = JapaneseTexts(response.content.decode(), self.declared).texts
            if found:
                self.left.setdefault(address, []).extend(found)


def in_english(name: str, code: str, *, fee: int = 0) -> Counter:
    return counter(name, code, fee=fee, document={**DOCUMENT, "translations": {"en": IN_ENGLISH}})


def apply(walk: Walk, at: Counter) -> Case:
    """See every page of an application from the search to the withdrawal."""
    number = at.release.offer.procedure.number
    for page in ("/", "/procedures/", "/procedures/?q=xyzzy", f"/procedures/{number}/", "/status/", "/session/"):
        walk.get(page)
    walk.get("/crowding/")
    walk.get(f"/procedures/{number}/start/")
    walk.get(f"/procedures/{number}/agent/")
    walk.post(f"/procedures/{number}/agent/application/")
    draft = walk.client.post(f"/procedures/{number}/application/").headers["Location"].partition("pages/")[0]
    walk.get(f"{draft}pages/person/")
    walk.post(f"{draft}pages/person/answers/", copies="99", email="no address", next="1")
    walk.get(f"{draft}check/")
    walk.get(f"{draft}later/")
    walk.post(f"{draft}link/", email="nothing")
    walk.client.post(f"{draft}pages/person/answers/", {**TYPED, "next": "1"})
    walk.get(f"{draft}check/")
    seen = walk.client.get(f"{draft}check/").context
    walk.client.post(f"{draft}submission/", {"seen": seen["seen"], "fee": seen["fee"].total})
    walk.get(f"{draft}receipt/")
    case = Case.objects.latest("pk")
    for act in ("", "answers/", "withdraw/"):
        walk.get(f"/cases/{case.number}/{act}")
    walk.get(f"/payments/{cast.present(case.charge).token}/")
    walk.post("/status/code/", number=case.number)
    walk.client.post(f"/cases/{case.number}/withdrawal/", {})
    walk.get(f"/cases/{case.number}/")
    return case


def of_an_account(walk: Walk, at: Counter) -> None:
    """See the pages of somebody who has an account, with an answer to correct and a decision."""
    hanako = cast.resident("Ann Smith")
    waiting = reviewed(at, hanako, **TYPED)
    asked = [CorrectionPoint(AnswerKey("copies"), "mistake", "2?")]
    corrections.request_correction(waiting, asked, by=at.clerk, papers=[RequestedPaper("Passport")])
    done = decided(at, by=hanako)
    walk.client.force_login(hanako)
    for page in ("/me/", "/me/points/", "/me/notices/", "/me/identities/", "/sign-in/", "/sign-in/waiting/"):
        walk.get(page)
    walk.get("/sign-in/arrival/")
    of_points.granted(of_points.program(), user=hanako)
    shop = of_points.shop("Greens", hanako.email)
    for page in ("/me/points/", "/shops/", "/shops/application/", f"/shops/{shop.number}/"):
        walk.get(page)
    walk.post("/me/points/claim/", code="AAAA")
    walk.post("/me/points/code/")
    walk.post(f"/shops/{shop.number}/", key="k", points="9000", code="1")
    walk.post("/shops/application/", bank_code="9999")
    walk.get("/me/services/")
    for page in ("/terminal/", f"/cases/{waiting.number}/"):
        walk.get(page)
    walk.get(f"/cases/{waiting.number}/correction/")
    walk.post(f"/cases/{waiting.number}/correction/answers/", send="1", copies="99")
    walk.get(f"/cases/{done.number}/")


def test_an_english_page_is_english_but_for_what_is_declared(client: Client) -> None:
    at, free = in_english("文書課", "1010", fee=300), in_english("統計課", "2020")
    elsewhere = procedure("犬の登録の申請", department=at.section)
    walk = Walk(client, [at.section.name, free.section.name, "証明書の請求", "犬の登録の申請", "くらし応援ポイント"])
    apply(walk, at)
    walk.get(f"/procedures/{elsewhere.number}/")
    walk.get("/sign-in/ended/")
    of_an_account(walk, free)
    assert not walk.left, walk.left
    portal = get_resolver().namespace_dict["portal"][1]
    pages = {name for name in portal.reverse_dict if isinstance(name, str)} - NO_PAGE - ELSEWHERE
    by_mail = {"resume", "reconfirmation", "file", "address-confirmation"}
    assert pages - walk.seen == by_mail


@pytest.mark.parametrize("link", [mailed_links.draft_link, mailed_links.reconfirmation_link, mailed_links.file_link])
def test_a_page_behind_a_mailed_link_is_english_too(client: Client, link: Any) -> None:
    data = ["証明書の請求", "戸籍住民課", "公園の図面", "氏名", "通数", "生活保護を受けていますか"]
    walk = Walk(client, data)
    walk.get(link().page)
    assert not walk.left, walk.left


def test_every_form_of_the_library_is_translated_into_english() -> None:
    missing = {code: missing_texts(read_document(definition(code)), "en") for code in codes()}
    assert not {code: texts[:3] for code, texts in missing.items() if texts}


def test_an_english_phrase_holds_no_japanese_but_the_name_of_an_office() -> None:
    for japanese, english in phrases("en").items():
        assert not JAPANESE.search(english.replace(f"({japanese})", "")) or "役所" in english, japanese
