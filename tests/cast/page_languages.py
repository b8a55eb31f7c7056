"""What a page says in Japanese: its texts and the attributes that are read aloud, piece by piece."""

import re
from html.parser import HTMLParser

JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿々]")
READ_ALOUD = {"alt", "aria-label", "title", "placeholder", "data-failed", "data-again", "data-too-large"}
UNSEEN = {"script", "style"}


class JapaneseTexts(HTMLParser):
    """The Japanese texts of a page, each once, without what may be Japanese (``declared``)."""

    def __init__(self, html: str, declared: list[str]) -> None:
        super().__init__()
        self.declared = declared
        self.texts: list[str] = []
        self._unseen = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in UNSEEN
        for name, value in attrs:
            if name in READ_ALOUD:
                self._note(value or "")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._note(data)

    def _note(self, text: str) -> None:
        for known in self.declared:
            text = text.replace(known, "")
        if JAPANESE.search(text) and text.strip() not in self.texts:
            self.texts.append(text.strip())
