"""Literal condition 値を書いた条件: SQLite takes a partial index only for its own words; many ids cost less as text."""

from django.db.models import BooleanField, F, Func


def literal_condition(field: str, test: str) -> Func:
    """Return the condition of a field with the values of its test, such as ``= 'draft'``, in the text of the SQL.

    A test holds what the program wrote and numbers of rows, never what somebody typed.
    """
    return Func(F(field), template=f"%(expressions)s {test}", output_field=BooleanField())
