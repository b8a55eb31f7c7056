"""The demo's digital headquarters: meetings, plans and systems of the fictional ward, all invented (架空)."""

from todoke.demo.board import automations, devices, evidence, meetings, plans, recordings, systems, tools


def build() -> None:
    """Create meetings, a recording, plans, registers of systems, devices, automations and tools, studies, open data."""
    meetings.build()
    recordings.build()
    plans.build()
    systems.build()
    devices.build()
    automations.build()
    tools.build()
    evidence.build()
