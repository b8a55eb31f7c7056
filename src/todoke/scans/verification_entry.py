"""Verification entry 確認の入力: the values that a person sends for the sheets of one application."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from todoke.scans.application_fields import ApplicationFields
from todoke.scans.models import FieldVerification


@transaction.atomic
def enter_values(
    fields: ApplicationFields, values: Mapping[str, str], *, shown_at: datetime, unreadable: frozenset[str]
) -> int:
    """Keep values by key on the sheets of an application, the time shared by the number of fields; return how many.

    Raises as ``FieldVerification.enter`` does.
    """
    done = 0
    for sheet in fields.sheets:
        here = {row.field.key: values[row.field.key] for row in fields.rows
                if row.sheet.pk == sheet.pk and row.field.key in values}  # fmt: skip
        if here:
            sheet.batch = fields.batch
            share = len(here) / len(values)
            made = FieldVerification.enter(
                sheet, here, shown_at=shown_at, by=fields.user, unreadable=unreadable, share=share
            )
            done += len(made)
    return done
