"""Delivery errors 配達の失敗: what a channel raises when it cannot deliver."""


class TemporaryFailure(Exception):
    """Temporary failure (一時的な失敗): the same delivery may succeed later."""


class PermanentFailure(Exception):
    """Permanent failure (配達不能): the address does not exist or refuses."""
