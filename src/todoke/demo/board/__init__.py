"""The demo's headquarters: meetings, plans and systems of the fictional ward. Everything here is invented (架空)."""

from todoke.demo.board import meetings, plans, systems


def build() -> None:
    """Build meetings with their minutes, a plan with its indicators, and the register of systems."""
    meetings.build()
    plans.build()
    systems.build()
