"""Typed values 値の形: how moments, numbers, hashes and encoded files are written; anything else is refused.

Pydantic alone takes more than the description says: a number as a moment (seconds since 1970), a text as a number.
"""

import base64
import re
from typing import Annotated, Any

from ninja import Field
from pydantic import AwareDatetime, BeforeValidator
from pydantic_core import PydanticCustomError

_RFC3339 = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_DIGITS = re.compile(r"-?[0-9]{1,18}")


def _as_moment(given: Any) -> Any:
    if isinstance(given, str) and _RFC3339.fullmatch(given):
        return given
    raise PydanticCustomError("moment", "RFC 3339")


def _as_digits(given: Any) -> Any:
    """Take what an address says as digits alone: no blank, sign of plus, underline or decimal point."""
    if isinstance(given, str) and not _DIGITS.fullmatch(given):
        raise PydanticCustomError("int_parsing", "digits")
    return given


def _as_whole(given: Any) -> Any:
    """Take a number of JSON without a fraction; neither a text nor true or false."""
    if isinstance(given, bool) or not isinstance(given, int | float) or given != given // 1:
        raise PydanticCustomError("int_parsing", "whole")
    return int(given)


Moment = Annotated[AwareDatetime, BeforeValidator(_as_moment)]
"""時刻: RFC 3339 with an offset."""
Whole = Annotated[int, BeforeValidator(_as_whole)]
"""整数: in a body."""
Count = Annotated[int, Field(ge=0, le=10_000_000), BeforeValidator(_as_whole)]
"""件数: a whole number in a body; its limits stand before the check of its shape, so that the description has them."""
Digits = Annotated[int, BeforeValidator(_as_digits)]
"""整数: in an address."""
Text = Annotated[str, Field(pattern=r"^[^\u0000]*$")]
"""文字: without NUL, which is no letter and which a database refuses."""
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="中身の SHA-256(16進、小文字)")]
Encoded = Annotated[
    str,
    Field(
        pattern=r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$",
        json_schema_extra={"contentEncoding": "base64", "contentMediaType": "application/octet-stream"},
    ),
]
"""符号にした中身: base64 as RFC 4648 §4 writes it, with its padding and without line breaks."""


def decoded(content: str) -> bytes:
    """Return the bytes of an ``Encoded`` value."""
    return base64.b64decode(content, validate=True)
