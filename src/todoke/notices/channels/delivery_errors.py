"""How a channel says that it could not deliver."""


class Temporary(Exception):
    """Not now (一時的な失敗): the same delivery may succeed later."""


class Permanent(Exception):
    """Never (配達不能): the address does not exist or refuses."""
