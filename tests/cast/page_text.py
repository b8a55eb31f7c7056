"""Pages read as a person reads them: the texts of the labels, not the marks that carry them."""

from html.parser import HTMLParser


class Labels(HTMLParser):
    """The labels of a page: their texts in order, and whether one stands inside another."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.nested = False
        self._open = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "label":
            self.nested = self.nested or self._open > 0
            self._open += 1
            if self._open == 1:
                self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._open -= 1

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[-1] = " ".join(f"{self.texts[-1]} {data}".split())


def repeated(text: str) -> bool:
    """Whether a text is one thing said twice, for example 「月 月」."""
    words = text.split()
    half = len(words) // 2
    return bool(words) and len(words) % 2 == 0 and words[:half] == words[half:]
