"""URL converters: a serial number (place, version, year) is written as 7."""


class SerialConverter:
    """A whole number from 1 with at most six digits, so that it fits every column and every count of rows."""

    regex = r"[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int | str) -> str:
        return str(value)
