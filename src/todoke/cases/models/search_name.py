"""The name to look for 探すための氏名: what the list of cases is searched by, beside the name as it was written."""

from typing import Any

from django.db import models

from todoke.japanese.variants import sought

LONGEST = 400


def sought_of(name: str, kana: str) -> str:
    """Return name and reading as they are looked for, with a blank between them."""
    return f"{sought(name)} {sought(kana)}".strip()[:LONGEST]


class SoughtField(models.CharField[str, str]):
    """Follows the applicant's name and reading whenever a case is written."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        found = sought_of(model_instance.applicant_name, model_instance.applicant_kana)
        setattr(model_instance, self.attname, found)
        return found
