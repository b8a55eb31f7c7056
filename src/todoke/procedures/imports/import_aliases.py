"""Aliases 読み替え: headings and departments as own files write them, matched once and remembered."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from todoke.accounts.actors import Actor, user_of
from todoke.accounts.models import User
from todoke.audit import log
from todoke.organization.models import Department
from todoke.procedures.codes import normalize_label
from todoke.procedures.models import ImportAlias
from todoke.procedures.permissions import IMPORT_PROCEDURES
from todoke.procedures.survey_columns import COLUMNS, Column
from todoke.runtime.refusals import NotAllowed

IGNORED = "-"
"""The choice that a heading of own files is not read."""
_BY_NAME = {column.name: column for column in COLUMNS}
Kind = ImportAlias.Kind


@dataclass(frozen=True)
class Aliases:
    """読み替え: columns and ids of departments by the normalized label of own files, and the headings as written."""

    columns: Mapping[str, Column | None]
    departments: Mapping[str, int]
    headings: Mapping[str, tuple[str, ...]]

    def ignores(self, heading: str) -> bool:
        """Whether somebody decided that a heading is not read."""
        return self.columns.get(normalize_label(heading), False) is None


def load_aliases() -> Aliases:
    """Return all aliases, by one query."""
    columns: dict[str, Column | None] = {}
    headings: dict[str, list[str]] = {}
    departments: dict[str, int] = {}
    for alias in ImportAlias.objects.all():
        if alias.department_id is not None:
            departments[alias.key] = alias.department_id
        else:
            columns[alias.key] = _BY_NAME.get(alias.column)
            headings.setdefault(alias.column, []).append(alias.said)
    return Aliases(columns, departments, {name: tuple(said) for name, said in headings.items()})


def closest_department(said: str, departments: Iterable[Department]) -> Department | None:
    """Return the department whose name is closest to one of an own list, to be proposed, or None."""
    by_name = {department.name: department for department in departments}
    close = difflib.get_close_matches(re.sub(r"[\s・]", "", said), by_name, n=1, cutoff=0.7)
    return by_name[close[0]] if close else None


@transaction.atomic
def define_column(said: str, column: str, *, by: Actor) -> None:
    """見出しの読み替え: remember which column a heading means, or ``IGNORED``; one audit entry. Raises NotAllowed."""
    _define(Kind.COLUMN, said, {"column": "" if column == IGNORED else column}, by)


@transaction.atomic
def define_department(said: str, department: Department, *, by: Actor) -> None:
    """部署の読み替え: remember which department a name means; one audit entry. Raises NotAllowed."""
    _define(Kind.DEPARTMENT, said, {"department": department}, by)


@transaction.atomic
def forget(alias: ImportAlias, *, by: Actor) -> None:
    """読み替えの取消し: the next file is read without it; one audit entry. Raises NotAllowed."""
    _require_may_import(by)
    log.record("procedures/aliases", "読み替えの取消し", by=by, before={alias.said: str(alias)})
    alias.delete()


def _define(kind: ImportAlias.Kind, said: str, meaning: dict[str, object], by: Actor) -> None:
    _require_may_import(by)
    facts = {"column": "", "department": None, **meaning, "said": said.strip()[:200], "defined_by": user_of(by)}
    alias = ImportAlias.objects.update_or_create(kind=kind, key=normalize_label(said)[:200], defaults=facts)[0]
    log.record("procedures/aliases", "読み替えの登録", by=by, after={alias.said: str(alias)})


def _require_may_import(by: Actor) -> None:
    if isinstance(by, User) and not IMPORT_PROCEDURES.held_by(by):
        raise NotAllowed("読み替えを決められるのは、推進本部と手続設計担当です。")
