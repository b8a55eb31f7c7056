"""Bulk write 書込み: saves new and changed procedures in bulk, with a change history for every cell."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone

from todoke.accounts.actors import Actor, label_of, user_of
from todoke.audit import log
from todoke.procedures.bulk_insert import load_coded_values, load_procedures
from todoke.procedures.formats import ValueFormatter
from todoke.procedures.imports.row_matching import RowMatch
from todoke.procedures.models import (
    CodedValue,
    FieldChange,
    ImportedChange,
    ImportRun,
    Procedure,
    next_serial,
    procedure_number,
)
from todoke.procedures.models.text_index import index_texts, indexed_text

BATCH = 2000


class BulkWriter:
    """Saves the matched rows of an import on behalf of an actor; for a ``run`` also what undoes them."""

    def __init__(self, by: Actor, formatter: ValueFormatter, run: ImportRun | None = None) -> None:
        self.by = by
        self.run = run
        self.formatter = formatter
        self.now = timezone.now()
        self.first_serial = self.serial = next_serial()

    def write(self, pairs: list[RowMatch]) -> None:
        """Save new procedures and changed cells; unchanged procedures are not touched."""
        self._create([pair for pair in pairs if pair.known is None])
        self._change([pair for pair in pairs if pair.known is not None])

    def finish(self, file_name: str, created: int, changed: int) -> None:
        """Record one audit entry for the whole import."""
        after = {"新規": created, "変更": changed}
        log.record("procedures/inventory", "取込", by=self.by, after=after, reason=file_name[:200])

    def _create(self, pairs: list[RowMatch]) -> None:
        rows: dict[int, dict[str, Any]] = {}
        for serial, pair in enumerate(pairs, self.serial):
            stamps = {"created_at": self.now, "updated_at": self.now}
            rows[serial] = {**pair.row.values, **stamps, "serial": serial, "number": procedure_number(serial)}
        ids = load_procedures(rows.values())
        load_coded_values(
            (ids[serial], code)
            for serial, pair in zip(rows, pairs, strict=True)
            for chosen in pair.row.chosen.values()
            for code in chosen
        )
        self.serial += len(rows)
        index_texts(((ids[serial], indexed_text(row)) for serial, row in rows.items()), fresh=True)

    def _change(self, pairs: list[RowMatch]) -> None:
        if not pairs:
            return
        FieldChange.objects.bulk_create(self._history(pairs), batch_size=BATCH)
        if self.run is not None:
            ImportedChange.objects.bulk_create(self._undo(self.run, pairs), batch_size=BATCH)
        touched = {pair.known.pk: pair for pair in pairs if pair.known}
        stored = Procedure.objects.in_bulk(list(touched))
        for pk, procedure in stored.items():
            for name, value in touched[pk].values.items():
                setattr(procedure, name, value)
            procedure.version += 1
            procedure.updated_at = self.now
        names = {
            name.removesuffix("_id") if name == "department_id" else name for pair in pairs for name in pair.values
        }
        Procedure.objects.bulk_create(
            stored.values(),
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=sorted(names | {"version", "updated_at"}),
            batch_size=BATCH,
        )
        _replace_codes(pairs)
        index_texts((pk, indexed_text(vars(procedure))) for pk, procedure in stored.items())

    def _undo(self, run: ImportRun, pairs: list[RowMatch]) -> Iterator[ImportedChange]:
        for pair in pairs:
            assert pair.known
            before = {name: pair.known.values[name] for name in pair.values}
            held = {table: sorted(pair.known.chosen.get(table, ())) for table in pair.chosen}
            chosen = {table: sorted(codes) for table, codes in pair.chosen.items()}
            yield ImportedChange(
                run=run, procedure_id=pair.known.pk, before={"values": before, "chosen": held},
                after={"values": pair.values, "chosen": chosen},
            )  # fmt: skip

    def _history(self, pairs: list[RowMatch]) -> Iterator[FieldChange]:
        for pair in pairs:
            assert pair.known
            for label, before, after in self.formatter.cells(pair):
                yield FieldChange(
                    procedure_id=pair.known.pk,
                    at=self.now,
                    actor=user_of(self.by),
                    actor_label=label_of(self.by),
                    source=FieldChange.Source.IMPORT,
                    field=label,
                    before=before,
                    after=after,
                )


def _replace_codes(pairs: Iterable[RowMatch]) -> None:
    gone: dict[int, set[int]] = {}
    fresh = []
    for pair in pairs:
        assert pair.known
        for table, chosen in pair.chosen.items():
            before = pair.known.chosen.get(table, frozenset())
            for code in before - chosen:
                gone.setdefault(code, set()).add(pair.known.pk)
            fresh += [CodedValue(procedure_id=pair.known.pk, code_id=code) for code in sorted(chosen - before)]
    for code, procedures in gone.items():
        CodedValue.objects.filter(code=code, procedure__in=procedures).delete()
    CodedValue.objects.bulk_create(fresh, batch_size=BATCH)
