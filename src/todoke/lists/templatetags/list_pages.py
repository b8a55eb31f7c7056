"""The parts of a list page 一覧の頁: tabs, filters and conditions in force above; table, paging and export below."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.template.engine import Engine
from django.template.loader import get_template
from django.utils.safestring import SafeString

from todoke.design.templatetags.lists import Tab
from todoke.lists.cells import written
from todoke.lists.columns import Choice, Column
from todoke.lists.query import ListQuery
from todoke.lists.row_list import Page

register = template.Library()


@dataclass(frozen=True)
class Head:
    """A column head: where it leads if one sorts by it, and which way it is sorted now."""

    label: str
    css: str
    sorts: str
    state: str


@register.inclusion_tag("lists/head.html")
def list_head(page: Page[Any], label: str = "") -> dict[str, Any]:
    """Show the views with their counts, the filters, and the conditions in force, each with a way out."""
    definition, query = page.definition, page.query
    counts = definition.counts()
    chosen = {column.key for column in definition.columns_of(query)}
    return {
        "page": page, "query": query, "label": label or definition.title, "plain": page.address(_plain(query)),
        "tabs": [
            Tab(name, page.address(ListQuery(view=view)), counts.get(view), view == query.view)
            for view, name in definition.views.items()
        ],
        "filters": [
            (each, value, each.options(value) if isinstance(each, Choice) else ())
            for each in definition.narrowing for value in [query.filters.get(each.name, "")]
        ],
        "chips": _chips(page),
        "columns": [(column, column.key in chosen) for column in definition.columns],
        "searches": bool(definition.search_label),
    }  # fmt: skip


def _plain(query: ListQuery) -> ListQuery:
    return ListQuery(view=query.view)


def _chips(page: Page[Any]) -> list[tuple[str, str]]:
    query = page.query
    found = [(f"「{query.words}」", page.address(query.but(words="")))] if query.words else []
    for each in page.definition.narrowing:
        if value := query.filters.get(each.name):
            found.append((f"{each.label}: {each.words(value)}", page.address(query.without(each.name))))
    return found


@register.simple_block_tag(takes_context=True)
def list_table(
    context: Context, content: SafeString, page: Page[Any], label: str = "", pick: str = "", picked: bool = False
) -> SafeString:
    """Show the rows, the ways to other pages and the export; the content stands in place of an empty table.

    ``pick`` names the checkbox of each row, whose value is the row's key, for an act on several; ``picked`` ticks all.
    """
    columns = page.definition.columns_of(page.query)
    engine = context.template.engine if context.template is not None else Engine.get_default()
    templates = {column.key: engine.get_template(column.template) for column in columns if column.template}

    def cell(column: Column, row: Any) -> object:
        if column.key in templates:
            with context.push(**{page.definition.row_name: row}):
                return templates[column.key].render(context)
        return column.cell(row) if column.cell else written(column.value(row))

    body = [
        (page.definition.key_of(row), page.definition.name_of(row), [(column, cell(column, row)) for column in columns])
        for row in page.rows
    ]
    shown = {
        "page": page, "heads": [_head(page, column) for column in columns], "body": body, "empty": content,
        "label": label or page.definition.title, "pick": pick, "picked": picked,
        "exports": [(name, f"{page.export}&export={key}") for key, name in (("csv", "CSV"), ("xlsx", "Excel"))],
    }  # fmt: skip
    return SafeString(get_template("lists/table.html").render(shown))


def _head(page: Page[Any], column: Column) -> Head:
    query = page.query
    sort = query.sort or page.definition.usual_sort(query.view)
    if not column.order:
        return Head(column.label, column.css, "", "")
    state = "ascending" if sort == column.key else "descending" if sort == f"-{column.key}" else "none"
    turned = f"-{column.key}" if state == "ascending" else column.key
    return Head(column.label, column.css, page.address(query.but(sort=turned)), state)
