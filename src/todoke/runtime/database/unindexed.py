"""Unindexed column 索引を使わない列: a column that is tested row by row, so that a database begins at another index."""

from django.db.models import F
from django.db.models.expressions import CombinedExpression


def unindexed(field: str) -> CombinedExpression:
    """Return the value of a column of integers as an expression, of which no index knows."""
    return F(field) + 0
