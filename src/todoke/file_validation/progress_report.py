"""Progress report 進みぐあい: how far a call in a limited process is, told to who waits for it."""

import os

_channel: int | None = None


def report_to(descriptor: int) -> None:
    """Tell the progress of this process to a file descriptor from now on."""
    global _channel
    _channel = descriptor


def report_progress(done: int, whole: int) -> None:
    """Tell that ``done`` of ``whole`` is done; does nothing where nobody listens."""
    if _channel is not None:
        os.write(_channel, f"{done} {whole}\n".encode())
