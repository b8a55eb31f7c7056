"""Search name 検索用の氏名: a normalised column by which cases are searched, beside the name as written."""

from typing import Any

from django.db import models

from todoke.japanese.variants import name_key

MAX_LENGTH = 400


def search_name_of(name: str, kana: str) -> str:
    """Return name and reading, normalised for search, with a blank between them."""
    return f"{name_key(name)} {name_key(kana)}".strip()[:MAX_LENGTH]


class SearchNameField(models.CharField[str, str]):
    """Computed from the applicant's name and reading on every save (not by ``update()``)."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        found = search_name_of(model_instance.applicant_name, model_instance.applicant_kana)
        setattr(model_instance, self.attname, found)
        return found
