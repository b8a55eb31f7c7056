"""Frozen rows 凍結された行: written once, then neither changed nor deleted."""

from typing import Any, ClassVar, NoReturn

from django.db import models


class Frozen(models.Model):
    """凍結された行: whoever inherits says in ``FROZEN`` what it is, and in ``INSTEAD`` what to do instead."""

    FROZEN: ClassVar[str]
    INSTEAD: ClassVar[str] = ""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError(f"{self.FROZEN}は書き換えられません。{self.INSTEAD}")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(f"{self.FROZEN}は消せません。{self.INSTEAD}")
