"""Refusals お断り: why an act was not done, as a plain Japanese sentence that any page can show to the person."""


class Refused(Exception):
    """お断り: the act cannot be done now and nothing was changed; the message says why and what to do next.

    ``link`` is the path of the page on which the person can put it right, empty where there is none. ``retry_after``
    are the seconds after which the same act may be tried again, where that is known. ``template`` is the page of a kind
    that says more than the sentence.
    """

    status = 409
    retry_after: int | None = None
    template = ""

    def __init__(self, said: str = "", *, link: str = "") -> None:
        super().__init__(said)
        self.link = link


class NotAllowed(Refused):
    """権限なし: the person holds no post, or is not the person, who may do this."""

    status = 403


class Conflict(Refused):
    """競合: somebody else acted first; what the person saw is no longer so."""


class Closed(Refused):
    """受付終了: what it belongs to is closed, sent or not open to this act any more."""


class NotYet(Refused):
    """時期尚早: something else must be done first; the message says what is left."""


class Busy(Refused):
    """混雑: as much work of this kind as the installation bears is going on; nothing was changed."""

    status = 429
    retry_after = 10


class Unreadable(Refused):
    """読めない入力: a file or a text cannot be read; the message says where and what to do."""

    status = 422
