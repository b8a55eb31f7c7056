"""Signals of meetings for the rooms above; sent inside the transaction."""

from django.dispatch import Signal

# kwargs: meeting, by: a meeting of a body was planned, with nothing on its agenda yet.
planned = Signal()
