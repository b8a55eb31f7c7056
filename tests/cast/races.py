"""The cast of the races: several people who act at one moment, each on a connection of their own."""

import threading
from collections.abc import Callable

from django.db import connections

from todoke.runtime.refusals import Refused

Deed = Callable[[], object]


def together(*deeds: Deed) -> list[bool]:
    """Do the deeds at one moment, each on a connection of its own; tell which were done and which refused."""
    barrier, done = threading.Barrier(len(deeds)), [False] * len(deeds)

    def run(place: int) -> None:
        barrier.wait(timeout=240)
        try:
            deeds[place]()
            done[place] = True
        except Refused:
            done[place] = False
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(deeds))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done
