"""The demo's digital headquarters: meetings, plans and systems of the fictional ward, all invented (架空)."""

from todoke.demo.board import automations, devices, evidence, meetings, plans, systems, tools


def build() -> None:
    """Create meetings, plans, the registers of systems, devices, automations and tools, studies and open data."""
    meetings.build()
    plans.build()
    systems.build()
    devices.build()
    automations.build()
    tools.build()
    evidence.build()
