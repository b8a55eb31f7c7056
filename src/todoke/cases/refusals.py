"""Refusals: why an act was not done, in words that the person at the page can use."""


class Refusal(Exception):
    """The act cannot be done; the message says why and what to do next."""


class NotYours(Refusal):
    """The person may not do this to this case."""


class Overtaken(Refusal):
    """Somebody else acted first; nothing was changed."""


class Changed(Refusal):
    """The same application was sent again with other answers."""


class Requoted(Changed):
    """The fee that the applicant saw is not the fee of the table in force; nothing was received."""


class Closed(Refusal):
    """The service takes no applications now."""
