"""Applicant 記入中の人 of the publication proof: fills in a draft and checks what the pages show."""

import re
import zlib
from dataclasses import dataclass, field
from html import unescape

from todoke.proving.browser import Browser, FetchedPage, NoAnswer
from todoke.proving.form_versions import ANCHOR, Part, form_version, questions_of

EDITION = re.compile(r'name="form__edition" value="(\d+)"')
ASKED = re.compile(r'name="asked" value="([^"]*)"')
TOLD = re.compile(r'name="told" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')
NUMBER = re.compile(r'class="receipt-number"[^>]{0,200}>\s*([0-9A-Z-]+)')
HANDED_BACK = re.compile(r"前に入力した内容:([^<]*)")
PAGE = re.compile(r"/applications/([\w-]+)/pages/([\w-]+)/")
TAG = re.compile(r"<[^<>]+>")


@dataclass
class Applicant:
    """One person with one draft.

    ``kept`` holds the answers last seen saved, ``sent`` all that was ever typed, ``told`` what was handed back.
    """

    canary: str
    browser: Browser
    seed: int
    draft: str = ""
    number: str = ""
    here: FetchedPage | None = None
    kept: dict[str, str] = field(default_factory=dict)
    sent: set[tuple[str, str]] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    visits: int = 0
    problems: list[str] = field(default_factory=list)

    def begin(self, procedure: str, pages: int) -> None:
        """Begin a draft and fill in ``pages`` pages, so that it rests on the page after them."""
        self.browser.get(f"/procedures/{procedure}/start/")
        self.see(self.browser.post(f"/procedures/{procedure}/application/"))
        for _ in range(pages):
            self.fill_in()

    def see(self, page: FetchedPage) -> FetchedPage:
        """Record the page shown, and the answers that it hands back."""
        if page.status != 200:
            self.problems.append(f"{self.canary}: {page.status} {page.path}")
        found = PAGE.search(page.path)
        self.draft = found.group(1) if found else self.draft
        self.told |= {unescape(text) for text in HANDED_BACK.findall(page.text)}
        self.here = page
        return page

    def come_back(self) -> None:
        """Submit the page left open, however old it is; from the check page, edit a page again."""
        if self.number:
            return
        if self.here is None or not PAGE.search(self.here.path):
            links = sorted({found.group(0) for found in PAGE.finditer(self.here.text)}) if self.here else []
            self.see(self.browser.get(links[self.visits % len(links)] if links else f"/applications/{self.draft}/"))
        self.fill_in()

    def fill_in(self) -> None:
        """Type new answers into the open page and submit it."""
        page = self.here
        found = PAGE.search(page.path) if page else None
        shown = EDITION.search(page.text) if page else None
        if page is None or found is None or shown is None:
            return
        self.visits += 1
        asked = questions_of(form_version(self.seed, int(shown.group(1))))
        names = [name for name in (ASKED.findall(page.text) or [""])[0].split() if _id(name) in asked]
        typed = {name: typed_answer(asked[_id(name)], self.canary, self.visits) for name in names}
        fields = {"form__edition": shown.group(1), "asked": " ".join(names), "next": "1"}
        fields |= {key: text for name in names for key, text in form_fields(name, typed[name]).items()}
        fields |= {"told": told.group(1)} if (told := TOLD.search(page.text)) else {}
        self.sent |= {(_id(name), text) for name, text in typed.items()}
        try:
            self.see(self.browser.post(f"/applications/{self.draft}/pages/{found.group(2)}/answers/", fields))
        except NoAnswer:
            self.kept = {name: text for name, text in self.kept.items() if name not in {_id(key) for key in names}}
            raise
        self.kept |= {_id(name): displayed_answer(asked[_id(name)], text) for name, text in typed.items()}

    def look_over(self) -> FetchedPage:
        """Open the check page and compare it with what was typed; what is neither shown nor handed back is lost."""
        page = self.see(self.browser.get(f"/applications/{self.draft}/check/"))
        shown = unescape(TAG.sub("", page.text))
        for name, text in self.kept.items():
            if text not in shown and not any(text in handed for handed in self.told):
                self.problems.append(f"{self.canary} {name}: 「{text}」が、確認の画面にも知らせにもありません")
        return page

    def send(self) -> None:
        """Check and send when no answer is missing; a form that changed meanwhile is sent later."""
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


def typed_answer(question: Part, canary: str, visit: int) -> str:
    """Return what is typed at this visit; free texts, numbers and dates differ from visit to visit."""
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


def form_fields(name: str, text: str) -> dict[str, str]:
    """Return the POST fields of an answer; a name has several, everything else one."""
    parts = {"family": text, "given": "𠮷", "family_kana": "ケンショウ", "given_kana": "タロウ"}
    return {name: text} | {f"{name}__{part}": value for part, value in parts.items()}


def displayed_answer(question: Part, text: str) -> str:
    """Return the answer as the check page displays it."""
    if question["kind"] == "yes_no":
        return {"yes": "はい", "no": "いいえ"}[text]
    return {option["value"]: str(option["label"]) for option in question.get("options", [])}.get(text, text)
