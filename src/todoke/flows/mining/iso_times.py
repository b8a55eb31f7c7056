"""ISO times 国際標準の日時: times such as 2026-04-01T09:00:00.000+09:00 within a text, as microseconds since 1970."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from todoke.lazy_modules import np

if TYPE_CHECKING:
    import numpy.typing as npt

Numbers: TypeAlias = "npt.NDArray[np.int64]"
NO_TIME = -(2**63)
"""In a column of microseconds: there is no time."""
_SECONDS, _OFFSET = "0000-00-00T00:00:00", "+00:00"
_FRACTION = len(_SECONDS) + 1
_MOST_DIGITS, _KEPT_DIGITS = 9, 6
"""Of a fraction; what is less than a microsecond is cut off."""


def iso_microseconds(text: bytes, starts: Numbers, ends: Numbers) -> Numbers | None:
    """Return the times that stand at these places of a text; None where one is written in any other way.

    A time has seconds, perhaps a fraction of up to nine digits, and an offset or Z. A leap second is another way.
    """
    letters = np.frombuffer(text, np.uint8)
    kinds = (ends - starts) * 2 + (letters[ends - 1] == ord("Z"))
    found = np.empty(len(starts), np.int64)
    for kind in np.unique(kinds).tolist():
        length, at = kind // 2, kinds == kind
        shape = _shape(length, "Z" if kind % 2 else _OFFSET)
        read = _read(np.lib.stride_tricks.sliding_window_view(letters, length)[starts[at]], shape) if shape else None
        if read is None:
            return None
        found[at] = read
    return found


def _shape(length: int, zone: str) -> str:
    """Return how a time of that length is written, with 0 for each digit; nothing where there is no such way."""
    digits = length - len(_SECONDS + zone) - 1
    if digits == -1:
        return _SECONDS + zone
    return f"{_SECONDS}.{'0' * digits}{zone}" if 1 <= digits <= _MOST_DIGITS else ""


def _read(rows: npt.NDArray[np.uint8], shape: str) -> Numbers | None:
    """Return the microseconds of times of one shape, a row each; None where one is not of it, or is no time."""
    signs = np.ascontiguousarray(rows.T)
    for sign, column in zip(shape, signs, strict=True):
        fits = column - ord("0") <= 9 if sign == "0" else column == ord(sign)
        if not (fits | (column == ord("-")) if sign == "+" else fits).all():
            return None
    digits = signs.astype(np.int64) - ord("0")
    hour, minute, second = (_number(digits[at : at + 2]) for at in (11, 14, 17))
    days = _days(_number(digits[:4]), _number(digits[5:7]), _number(digits[8:10]))
    if days is None or hour.max() > 23 or minute.max() > 59 or second.max() > 59:
        return None
    seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    zone = len(shape) - 1
    if shape.endswith(_OFFSET):
        zone = len(shape) - len(_OFFSET)
        hours, minutes = _number(digits[-5:-3]), _number(digits[-2:])
        if hours.max() > 23 or minutes.max() > 59:
            return None
        seconds -= np.where(signs[zone] == ord("-"), -60, 60) * (hours * 60 + minutes)
    fraction = digits[_FRACTION:zone][:_KEPT_DIGITS]
    found: Numbers = seconds * 1_000_000 + _number(fraction) * 10 ** (_KEPT_DIGITS - len(fraction))
    return found


def _number(digits: Numbers) -> Numbers:
    """Return the numbers of which each row is one digit."""
    found = np.zeros(digits.shape[1], np.int64)
    for digit in digits:
        found = found * 10 + digit
    return found


def _days(year: Numbers, month: Numbers, day: Numbers) -> Numbers | None:
    """Return the days since 1970 of dates of the Gregorian calendar; None where one is no date."""
    if month.min() < 1 or month.max() > 12:
        return None
    months = (year - 1970) * 12 + month - 1
    least = int(months.min())
    begins = np.arange(least, int(months.max()) + 2).astype("M8[M]").astype("M8[D]").astype(np.int64)
    first, following = begins[months - least], begins[months - least + 1]
    return first + day - 1 if ((day >= 1) & (first + day <= following)).all() else None
