"""Encodings 文字コード: which encoding a text file has, strictly; what could be two is refused."""

import codecs
from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO

from todoke.runtime.refusals import Unreadable

BLOCK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
TRIED = (("UTF-8", "utf-8-sig"), ("Shift_JIS", "cp932"))
_ESCAPES = (b"\x1b$", b"\x1b(J")
UTF8 = "Excel の「名前を付けて保存」で「CSV UTF-8」を選んでください。"


class UnreadableFile(Unreadable):
    """読めないファイル: says what is wrong with the whole file and what to do."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(f"{problem}{remedy}")
        self.problem = problem
        self.remedy = remedy


@dataclass(frozen=True)
class WrongByte:
    """読めないバイト: the first byte that is no letter of an encoding; line and letter are counted from 1."""

    line: int
    column: int
    byte: int

    def __str__(self) -> str:
        return f"{self.line:,}行目の{self.column:,}文字目(バイト {self.byte:02X})"


def wrong_byte(lines: Iterable[bytes], encoding: str) -> WrongByte | None:
    """Return where lines of bytes stop being letters of an encoding; a NUL is no letter; None for a text."""
    for number, line in enumerate(lines, 1):
        try:
            letters, at = line.decode(encoding), line.find(0)
        except UnicodeDecodeError as problem:
            return WrongByte(number, len(line[: problem.start].decode(encoding)) + 1, line[problem.start])
        if at >= 0:
            return WrongByte(number, letters.index("\0") + 1, 0)
    return None


def encoding_of(file: IO[bytes]) -> str:
    """Return the encoding of a whole file by its mark, else the only one of UTF-8, Shift_JIS and EUC-JP that fits.

    Read are also UTF-16 without a mark and ISO-2022-JP. The file is at its start again. Raises UnreadableFile where
    none fits, or where Shift_JIS and EUC-JP both do.
    """
    start = file.read(4096)
    candidates = _by_mark(start) or ["utf-8", "cp932", "euc_jp"]
    fitting = _fitting(file, start, candidates)
    file.seek(0)
    if not fitting and candidates == ["utf-8-sig"]:
        raise UnreadableFile(f"UTF-8 の印(BOM)で始まりますが、UTF-8 として読めません。{_where(file, *TRIED[:1])}", UTF8)
    if not fitting:
        raise UnreadableFile(
            f"文字コードが分かりません(UTF-8 でも Shift_JIS でもありません)。{_where(file, *TRIED)}", UTF8
        )
    if "utf-8" not in fitting and len(fitting) > 1:
        raise UnreadableFile(
            "文字コードを一つに決められません(Shift_JIS とも EUC-JP とも読めます)。"
            "文字が化けたまま取り込まないように、読むのをやめました。",
            UTF8,
        )
    return fitting[0]


def _where(file: IO[bytes], *tried: tuple[str, str]) -> str:
    """Return the first place where a file is none of some encodings; the file is at its start again."""
    said = []
    for name, encoding in tried:
        file.seek(0)
        if found := wrong_byte(file, encoding):
            said.append(f"{name} としては、{found}が読めません。")
    file.seek(0)
    return "".join(said)


def _by_mark(start: bytes) -> list[str]:
    """Return the encoding that a mark, an escape or the places of zero bytes tell; else nothing."""
    if found := [name for mark, name in _BOMS if start.startswith(mark)][:1]:
        return found
    if any(escape in start for escape in _ESCAPES):
        return ["iso2022_jp"]
    if b"\0" not in start:
        return []
    even, odd = start[::2].count(0), start[1::2].count(0)
    return ["utf-16-le" if odd > even else "utf-16-be"] if min(even, odd) * 10 < max(even, odd) else [""]


def _fitting(file: IO[bytes], block: bytes, candidates: list[str]) -> list[str]:
    """Return the candidates that decode every byte to a letter; a text has no NUL."""
    decoders = {name: codecs.getincrementaldecoder(name)() for name in candidates if name}
    while block and decoders:
        decoders = {name: one for name, one in decoders.items() if _decodes(one, block)}
        block = file.read(BLOCK)
    return [name for name, one in decoders.items() if _decodes(one, b"", final=True)]


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        return "\0" not in decoder.decode(block, final)
    except UnicodeError:
        return False
