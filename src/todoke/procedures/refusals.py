"""Refusals: why an act on the inventory was not done, in words that the person at the page can use."""


class Refused(Exception):
    """The act cannot be done; the message says why and what to do next."""


class NotYours(Refused):
    """The person may not do this to this procedure."""


class Overtaken(Refused):
    """Somebody else acted first; nothing was changed."""
