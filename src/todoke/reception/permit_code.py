"""Permit code 承認書の二次元コード: leads whoever scans it to the state of the booking, on paper and on a phone."""

import segno

from todoke.reception.models import FacilityUse
from todoke.runtime.links import absolute


def _code(use: FacilityUse) -> segno.QRCode:
    return segno.make(absolute("portal:booking-check", use.permit_number), error="m", micro=False)


def permit_matrix(use: FacilityUse) -> list[list[int]]:
    """Return the rows of the code without its border, 1 for dark."""
    return [[int(dark) for dark in row] for row in _code(use).matrix]


def permit_code(use: FacilityUse) -> str:
    """Return the code as a data URI of an SVG image that can be scanned from a screen, also in the dark."""
    return str(_code(use).svg_data_uri(scale=5, border=4, light="#fff"))
