"""Permit 使用承認書: what is shown at the door, with a code that leads to the state of this very booking."""

from pathlib import Path

import segno

from todoke.design.municipality import municipality
from todoke.design.pdf import render_office_pdf
from todoke.japanese.calendar import format_era_date, today
from todoke.reception.booking_notices import moment
from todoke.reception.models import FacilityUse
from todoke.runtime.links import absolute

TEMPLATE = Path(__file__).with_name("permit.typ")


def permit_pdf(use: FacilityUse) -> bytes:
    """Return the permit of a use as a PDF; whoever may take it is asked by ``FacilityUse.require_taking``."""
    booking = use.booking
    who = booking.registrant.name if booking.registrant else booking.contact_name
    data = {
        "municipality": municipality().name,
        "number": use.permit_number,
        "booking": booking.number,
        "who": who,
        "what": str(booking.unit),
        "address": booking.unit.resource.address if booking.unit else "",
        "when": f"{moment(booking.starts_at)}から{moment(booking.ends_at)[-5:]}まで",
        "people": booking.people,
        "yen": f"{use.charge.yen:,}円" if use.charge else "無料",
        "issued_on": format_era_date(today()),
        "contact": f"{booking.department.name} {booking.department.phone}".strip(),
        "qr": _matrix(use),
    }
    return render_office_pdf(TEMPLATE, data)


def _code(use: FacilityUse) -> segno.QRCode:
    return segno.make(absolute("portal:booking-check", use.permit_number), error="m", micro=False)


def _matrix(use: FacilityUse) -> list[list[int]]:
    """Return the rows of the code without its border, 1 for dark."""
    return [[int(dark) for dark in row] for row in _code(use).matrix]


def permit_code(use: FacilityUse) -> str:
    """二次元コード: return the code as an SVG data URI that can be scanned from a screen, also in the dark."""
    return str(_code(use).svg_data_uri(scale=5, border=4, light="#fff"))
