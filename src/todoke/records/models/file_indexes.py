"""Indexes of record files 公文書ファイルの索引: each order by section, and of all sections."""

from django.db.models import Index, Q

DISPOSED_OR_TRANSFERRED = Q(disposed_at__isnull=False)
ORDERS = {
    "by_close": ["closed_on", "number", "status", "kind"],
    "by_number": ["number", "status", "kind"],
    "by_kind": ["kind", "number", "status"],
    "by_expiry": ["expires_on", "number", "status", "kind"],
    "by_disposal": ["disposed_at", "number", "kind"],
}
"""The orders in which files are listed, with what the views and the words ask for."""
INDEXES = [
    Index(
        fields=fields,
        name=f"records_of_{whose}_{name}",
        condition=DISPOSED_OR_TRANSFERRED if name == "by_disposal" else None,
    )
    for name, order in ORDERS.items()
    for whose, fields in {"section": ["department", *order], "all": [*order, "department"]}.items()
]
"""One of each order by section, and one of all sections for whoever sees several."""
