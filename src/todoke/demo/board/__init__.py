"""The demo's digital headquarters: meetings, plans and systems of the fictional ward, all invented (架空)."""

from todoke.demo.board import evidence, meetings, plans, systems


def build() -> None:
    """Create meetings with minutes, plans with indicators, the register of systems, studies and open data."""
    meetings.build()
    plans.build()
    systems.build()
    evidence.build()
