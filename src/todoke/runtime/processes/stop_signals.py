"""Stop signals 停止の合図: a forked child ends at SIGTERM and SIGINT from its first instruction on.

A child inherits the handler of its parent. Until it installs its own, a signal that the parent sends to it would run
that copied handler, change nothing, and be lost; the parent would then wait for ever.
"""

import os
import signal

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def reset_in_children() -> None:
    """Give every child forked from now on the default action for stop signals; one sent while it is made waits."""
    masks: list[set[int | signal.Signals]] = []

    def block() -> None:
        masks.append(signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS))

    def restore() -> None:
        signal.pthread_sigmask(signal.SIG_SETMASK, masks.pop())

    def reset() -> None:
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        restore()

    os.register_at_fork(before=block, after_in_parent=restore, after_in_child=reset)
