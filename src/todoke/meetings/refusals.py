"""Refusals お断り: acts that a meeting, a minute or a commitment does not allow now; the message says why."""


class Refused(ValueError):
    """The act is not possible now (いまはできません). The message is written for the person who tried."""
