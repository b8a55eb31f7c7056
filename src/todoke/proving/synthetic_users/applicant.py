"""An applicant 記入中の人 of the publication proof: types, presses, and judges by what the browser was shown."""

import re
import zlib
from dataclasses import dataclass, field
from html import unescape

from todoke.proving.browser import Browser, Page, Unanswered
from todoke.proving.form_versions import ANCHOR, Part, edition, questions_of

EDITION = re.compile(r'name="form__edition" value="(\d+)"')
ASKED = re.compile(r'name="asked" value="([^"]*)"')
TOLD = re.compile(r'name="told" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')
NUMBER = re.compile(r'class="receipt-number"[^>]*>\s*([0-9A-Z-]+)')
HANDED_BACK = re.compile(r"前に入力した内容:([^<]*)")
PAGE = re.compile(r"/applications/([\w-]+)/pages/([\w-]+)/")
TAG = re.compile(r"<[^>]+>")


@dataclass
class Applicant:
    """One synthetic person with one application.

    ``kept`` is what was typed last and seen saved, ``sent`` all that was ever typed, ``told`` what was handed back.
    """

    canary: str
    browser: Browser
    seed: int
    draft: str = ""
    number: str = ""
    here: Page | None = None
    kept: dict[str, str] = field(default_factory=dict)
    sent: set[tuple[str, str]] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    visits: int = 0
    problems: list[str] = field(default_factory=list)

    def begin(self, procedure: str, pages: int) -> None:
        """Begin, and fill in so many pages that the application rests on the page wanted."""
        self.browser.get(f"/procedures/{procedure}/start/")
        self.see(self.browser.post(f"/procedures/{procedure}/application/"))
        for _ in range(pages):
            self.fill_in()

    def see(self, page: Page) -> Page:
        """Look at a page: where am I, and was anything handed back?"""
        if page.status != 200:
            self.problems.append(f"{self.canary}: {page.status} {page.path}")
        found = PAGE.search(page.path)
        self.draft = found.group(1) if found else self.draft
        self.told |= {unescape(text) for text in HANDED_BACK.findall(page.text)}
        self.here = page
        return page

    def come_back(self) -> None:
        """Go on with the page that was left open, however old it is; from the check page, change a page again."""
        if self.number:
            return
        if self.here is None or not PAGE.search(self.here.path):
            links = sorted({found.group(0) for found in PAGE.finditer(self.here.text)}) if self.here else []
            self.see(self.browser.get(links[self.visits % len(links)] if links else f"/applications/{self.draft}/"))
        self.fill_in()

    def fill_in(self) -> None:
        """Type fresh answers into the page that is open, and press on."""
        page = self.here
        found = PAGE.search(page.path) if page else None
        shown = EDITION.search(page.text) if page else None
        if page is None or found is None or shown is None:
            return
        self.visits += 1
        asked = questions_of(edition(self.seed, int(shown.group(1))))
        names = [name for name in (ASKED.findall(page.text) or [""])[0].split() if _id(name) in asked]
        typed = {name: answer(asked[_id(name)], self.canary, self.visits) for name in names}
        fields = {"form__edition": shown.group(1), "asked": " ".join(names), "next": "1"}
        fields |= {key: text for name in names for key, text in inputs(name, typed[name]).items()}
        fields |= {"told": told.group(1)} if (told := TOLD.search(page.text)) else {}
        self.sent |= {(_id(name), text) for name, text in typed.items()}
        try:
            self.see(self.browser.post(f"/applications/{self.draft}/pages/{found.group(2)}/answers/", fields))
        except Unanswered:
            self.kept = {name: text for name, text in self.kept.items() if name not in {_id(key) for key in names}}
            raise
        self.kept |= {_id(name): words(asked[_id(name)], text) for name, text in typed.items()}

    def look_over(self) -> Page:
        """Open the check page and compare it with what was typed: there, or handed back, or lost."""
        page = self.see(self.browser.get(f"/applications/{self.draft}/check/"))
        shown = unescape(TAG.sub("", page.text))
        for name, text in self.kept.items():
            if text not in shown and not any(text in handed for handed in self.told):
                self.problems.append(f"{self.canary} {name}: 「{text}」が、確認の画面にも知らせにもありません")
        return page

    def send(self) -> None:
        """Check and send, when nothing stands in the way; a form that changed meanwhile is checked again later."""
        seen = SEEN.search(self.look_over().text)
        if seen is None:
            return
        page = self.browser.post(f"/applications/{self.draft}/submission/", {"seen": seen.group(1)})
        found = NUMBER.search(page.text)
        self.number = found.group(1) if found else ""
        if page.status not in {200, 409}:
            self.problems.append(f"{self.canary}: {page.status} {page.path}")


def _id(name: str) -> str:
    return name.partition("-")[0]


def answer(question: Part, canary: str, visit: int) -> str:
    """Return what this person types this time; free texts, numbers and dates differ from visit to visit."""
    chance = zlib.crc32(f"{canary} {question['id']} {visit}".encode())
    if question["id"] == ANCHOR:
        return "post" if zlib.crc32(canary.encode()) % 4 == 0 else "counter"
    if question["kind"] in {"choice", "yes_no"}:
        values = [option["value"] for option in question.get("options", [])] or ["yes", "no"]
        return str(values[chance % len(values)])
    if question["kind"] == "number":
        return str(100_000 + chance % 9_000_000)
    if question["kind"] == "date":
        return f"令和{2 + chance % 6}年{1 + chance // 6 % 12}月{1 + chance // 72 % 28}日"
    return f"{canary}の{visit}回目{question['id']}"


def inputs(name: str, text: str) -> dict[str, str]:
    """Return what the inputs of a question post; names have parts, everything else is one text."""
    parts = {"family": text, "given": "𠮷", "family_kana": "ケンショウ", "given_kana": "タロウ"}
    return {name: text} | {f"{name}__{part}": value for part, value in parts.items()}


def words(question: Part, text: str) -> str:
    """Return how an answer reads on a page."""
    if question["kind"] == "yes_no":
        return {"yes": "はい", "no": "いいえ"}[text]
    return {option["value"]: str(option["label"]) for option in question.get("options", [])}.get(text, text)
