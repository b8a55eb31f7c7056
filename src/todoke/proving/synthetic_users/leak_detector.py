"""Leak detector 取り違えの判定: whose canary is on what was given out."""

import io
import re
import threading
from collections import Counter
from dataclasses import dataclass, field

from pypdf import PdfReader
from pypdf.errors import PyPdfError

CANARY = re.compile(r"m\d{3}x\d{4}z")


@dataclass
class LeakDetector:
    """Counts the documents given out and records each that carries another person's canary (判定)."""

    documents: Counter[str] = field(default_factory=Counter)
    mixed: list[str] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)
    linked: set[str] = field(default_factory=set)
    """Canaries of those who had the link to go on mailed, and then sent the application."""
    visits: dict[str, str] = field(default_factory=dict)
    """Canaries of those who booked a visit, by the number of the booking."""
    opinions: dict[str, str] = field(default_factory=dict)
    """Canaries of those who wrote an opinion, by its number."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, kind: str, owner: str, text: str, *, own: bool = False) -> None:
        """Check one document of an owner; with ``own`` the owner's canary must be on it."""
        found = set(CANARY.findall(text))
        with self.lock:
            self.documents[kind] += 1
            if found - {owner}:
                self.mixed.append(f"{kind} {owner}: {sorted(found - {owner})[0]} が載っている")
            elif own and not found:
                self.mixed.append(f"{kind} {owner}: 本人の言葉がない")


def pdf_text(pdf: bytes) -> str:
    """Return the text of a PDF without spaces, followed by its raw bytes for what is hidden in them."""
    try:
        words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    except PyPdfError:
        words = ""
    return re.sub(r"\s", "", words) + pdf.decode("latin-1")
