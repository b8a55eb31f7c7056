"""Signals of the systems for the rooms above; sent inside the transaction."""

from django.dispatch import Signal

# kwargs: incident, by: an incident was opened on its system.
incident_opened = Signal()

# kwargs: incident, by: it was closed with its causes.
incident_closed = Signal()

# kwargs: automation, by: it was stopped, by a person or because its input looks different.
automation_stopped = Signal()

# kwargs: automation, due_at: a run was due and nothing was reported in time.
automation_missed = Signal()
