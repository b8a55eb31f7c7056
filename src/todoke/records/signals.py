"""News 知らせ from the records to the apps above."""

from django.dispatch import Signal

# kwargs: file, by. Sent inside the transaction that disposes of a file: whoever holds its contents erases them now.
erasing = Signal()
