"""The demo's digital headquarters: meetings, plans and systems of the fictional ward, all invented (架空)."""

from todoke.demo.board import meetings, plans, systems


def build() -> None:
    """Create meetings with minutes, plans with indicators, and the register of systems."""
    meetings.build()
    plans.build()
    systems.build()
