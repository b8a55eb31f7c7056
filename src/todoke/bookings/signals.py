"""Signals of bookings, all with ``by``: confirmed, released (``booking``), offered (``entry``), drawn (``lottery``).

``released`` tells that a booking gave its time back, with ``was`` the status before.
"""

from django.dispatch import Signal

confirmed = Signal()
offered = Signal()
released = Signal()
drawn = Signal()
