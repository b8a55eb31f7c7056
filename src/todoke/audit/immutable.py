"""Immutable rows 凍結された行: model rows that can be inserted, but neither updated nor deleted."""

from typing import Any, ClassVar, NoReturn

from django.db import models


class ImmutableModel(models.Model):
    """凍結された行: subclasses set ``FROZEN`` to their Japanese name and ``INSTEAD`` to what to do instead.

    ``save`` of a stored row and ``delete`` raise TypeError.
    """

    FROZEN: ClassVar[str]
    INSTEAD: ClassVar[str] = ""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row. Raises TypeError for a stored one."""
        if self.pk is not None:
            raise TypeError(f"{self.FROZEN}は書き換えられません。{self.INSTEAD}")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise TypeError."""
        raise TypeError(f"{self.FROZEN}は消せません。{self.INSTEAD}")
