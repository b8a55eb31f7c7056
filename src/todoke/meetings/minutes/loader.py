"""Loader 読込: a file of minutes (text in any Japanese encoding, DOCX, PDF, HTML, council JSON) as lines."""

import html
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from todoke.japanese.lookalikes import fold_lookalikes
from todoke.runtime.refusals import Unreadable
from todoke.text_extraction.pdf_text import is_pdf, read_pdf
from todoke.text_extraction.word import read_word
from todoke.text_extraction.word_parts import refuse_ole

BROKEN = ("\ufffd", "\x00", "\x01", "\x02", "\x03", "\x04")
LONGEST = 10_000
ENCODINGS = ("utf-8-sig", "cp932", "euc_jp")
TAGS = re.compile(
    r"</?(?:p|div|br|table|tr|td|th|tbody|thead|span|input|b|strong|u|font|li|ul|ol|h[1-6]|html|body|head|a|dl|dt|dd|"
    r"section|article|meta|title|link|script|style|em|i|hr|img|ruby|rt|rb|rp|center|blockquote|main|header|footer|nav)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
SAME_LENGTH = str.maketrans(
    "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19\uff08\uff09\uff1a\uff0e\uff0c\uff05\uff1f\uff01\uff0f"
    "\uff21\uff22\uff23\uff24\uff31\uff2b\uff2e\uff33\uff29\uff32\uff28\u3000\uff3b\uff3d\uff1c\uff1e\uff5e\u301c\uff0d\u3008\u3009",
    "0123456789():.,%?!/ABCDQKNSIRH []<>~~-<>",
)


KANJI_NUMBER = re.compile(
    r"(?<![一二三四五六七八九十〇])[一二三四五六七八九十〇]++(?=年|月(?!曜)|日(?!曜)|時(?!間)|分(?!の)|名)"
)


def with_digits(text: str) -> str:
    """Return the flat text with kanji numerals of dates and times as digits; the length may change."""
    return KANJI_NUMBER.sub(lambda match: _digits(match).strip(), flat(text))


def digits_with_places(text: str) -> tuple[str, list[int]]:
    """Return ``with_digits`` of a text, and for each sign of it and for its end the place in the text."""
    plain, found, places, last = flat(text), "", [], 0
    for match in KANJI_NUMBER.finditer(plain):
        digits = _digits(match).strip()
        found += plain[last : match.start()] + digits
        places += [*range(last, match.start()), *[match.start()] * len(digits)]
        last = match.end()
    return found + plain[last:], [*places, *range(last, len(plain) + 1)]


def _digits(match: re.Match[str]) -> str:
    """Return kanji numerals as digits, padded with spaces to the same length (十一 → 11, 二十 → 20)."""
    word = match.group()
    if "十" in word:
        tens, _, ones = word.partition("十")
        number = ("〇一二三四五六七八九".find(tens[-1]) if tens else 1) * 10 + (
            "〇一二三四五六七八九".find(ones[0]) if ones else 0
        )
    else:
        number = int("".join(str("〇一二三四五六七八九".find(char)) for char in word))
    return str(number).rjust(len(word))


@dataclass(frozen=True)
class Line:
    """行: a line of minutes with its number (from 1), as written and normalised, each sign at the same index."""

    number: int
    raw: str
    flat: str

    @classmethod
    def of(cls, number: int, raw: str) -> "Line":
        """Return a line with its text normalised, once."""
        return cls(number, raw, flat(raw))

    @property
    def is_blank(self) -> bool:
        return not self.raw.strip()

    @property
    def indent(self) -> int:
        """Blanks before the first word."""
        return len(self.raw) - len(self.raw.lstrip())


def numbered(texts: Iterable[str]) -> list[Line]:
    """Return texts as the lines of a file."""
    return [Line.of(number, text) for number, text in enumerate(texts, 1)]


@dataclass(frozen=True)
class Source:
    """The lines of minutes as written; ``names`` maps lines to speaker and role where the file states them."""

    lines: list[str]
    names: dict[int, tuple[str, str]] = field(default_factory=dict)


def flat(text: str) -> str:
    """Return the text with full-width digits and signs in half width, each character at the same index."""
    text = re.sub(r"(?<!\d),|,(?!\d)", "、", text.translate(SAME_LENGTH))
    text = re.sub(r"(?<=[ぁ-ん])\.(?!\w)", "。", text)
    if not KANJI_NUMBER.search(text):
        return text
    return KANJI_NUMBER.sub(
        lambda match: _digits(match) if len(_digits(match)) == len(match.group()) else match.group(), text
    )


def comparison_key(text: str) -> str:
    """Return a key for comparing titles: NFKC, without spaces and signs."""
    return re.sub(r"[\s()「」『』・,、。:：\[\]【】]", "", unicodedata.normalize("NFKC", text))


def decode(data: bytes) -> str:
    """Decode text in the encodings of Japanese offices; invalid bytes are replaced."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    if b"\x1b$" in data or b"\x1b(J" in data:
        return data.decode("iso2022_jp", errors="replace")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")


def _plain(line: str) -> str:
    """Strip HTML and Markdown; cells of a table are separated by tabs."""
    text = TAGS.sub("", html.unescape(line)).rstrip().replace("**", "")
    text = re.sub(r"^#{1,6}\s+", "", text)
    if re.match(r"^\|.*\|$", text):
        cells = [cell.strip() for cell in text.strip("|").split("|")]
        return "" if all(re.fullmatch(r":?-*:?", cell) for cell in cells) else "\t".join(cells)
    return text


def split_lines(text: str) -> list[str]:
    """Split at line ends only, so that line numbers are those of an editor."""
    return [_plain(line) for line in re.split(r"\r\n|\r|\n", text)]


def _docx(data: bytes) -> list[str]:
    lines: list[str] = []
    for block in read_word(data).blocks:
        rows = [block] if isinstance(block, str) else ["\t".join(row) for row in block.rows()]
        lines.extend("\n".join(rows).split("\n"))
    return lines


def _council(document: dict[str, Any]) -> Source:
    """Return the lines of a council's JSON minutes (schedules → speeches with speaker and role)."""
    lines, names = [str(document.get("session", ""))], {}
    for schedule in document["schedules"]:
        lines.append(f"■{schedule.get('name', '')}")
        for speech in schedule.get("speeches", []):
            body = str(speech.get("body") or "").split("\n")
            if speech.get("type") in {"議題", "名簿"} or not speech.get("speaker"):
                lines.extend(body)
                continue
            lines.append(f"○{speech.get('role') or ''}({speech['speaker']})")
            names[len(lines)] = (str(speech["speaker"]), str(speech.get("role") or ""))
            lines.extend(body)
    return Source(lines, names)


def load(data: bytes) -> Source:
    """Load a file by its content, whatever its name. Raises Unreadable."""
    try:
        refuse_ole(data)
        if is_pdf(data):
            source = Source(read_pdf(data))
        elif data[:4] == b"PK\x03\x04":
            source = Source(_docx(data))
        else:
            text = decode(data)
            if sum(text.count(sign) for sign in BROKEN) > len(text) // 50:
                raise Unreadable(
                    "文字ではないファイルのようです。会議録のテキスト、Word(DOCX)、PDFのどれかを選んでください。"
                )
            source = _of_text(fold_lookalikes(text))
        names = {line: (_storable(name), _storable(role)) for line, (name, role) in source.names.items()}
        source = Source([_storable(line) for line in source.lines], names)
    except Unreadable:
        raise
    except (KeyError, ValueError, OSError) as error:
        raise Unreadable("ファイルが壊れているようです。元のファイルから保存し直してください。") from error
    if any(len(line) > LONGEST for line in source.lines):
        raise Unreadable(f"1行が長すぎます({LONGEST:,}字まで)。発言ごとに改行して保存し、もう一度読み込んでください。")
    if not any(line.strip() for line in source.lines):
        raise Unreadable("文字が読み取れません。画像だけのPDFは、文字認識をしてからもう一度読み込んでください。")
    return source


def _storable(text: str) -> str:
    """Drop what no database column can hold: NUL characters and lone surrogates."""
    return text.replace("\x00", "").encode(errors="replace").decode()


def _of_text(text: str) -> Source:
    if text.lstrip()[:1] == "{":
        try:
            document = json.loads(text)
        except json.JSONDecodeError:
            document = {}
        if isinstance(document, dict) and isinstance(document.get("schedules"), list):
            return _council(document)
    return Source(split_lines(text))
