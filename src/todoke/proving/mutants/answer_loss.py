"""Mutants that lose answers when a form is published anew 引き継ぎで失う欠陥."""

from typing import Any

from todoke.formbuilder.answers import answer_migration
from todoke.formbuilder.document.structure import Question
from todoke.formbuilder.models.migration_notice import MigrationNotice


def silent_carryover() -> None:
    """Migrate answers to a newer form without reporting what was dropped."""
    setattr(MigrationNotice, "tell", staticmethod(lambda *_: None))  # noqa: B010 - a fault replaces a verb


def option_replaced() -> None:
    """Store the first remaining option where the chosen one is gone."""

    def first(question: Question, value: Any) -> Any:
        allowed = question.option_values()
        return value if not allowed or value in allowed else allowed[0]

    setattr(answer_migration, "_options_kept", first)  # noqa: B010 - the name is the module's own
