"""The parts of a list page 一覧の頁: tabs, filters and conditions in force above; table, paging and export below."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.template.engine import Engine
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from todoke.design.templatetags.lists import Tab
from todoke.lists.bounded_count import in_words, is_least
from todoke.lists.cells import written
from todoke.lists.columns import Choice, Column
from todoke.lists.models import SavedView
from todoke.lists.pagination import ListPage
from todoke.lists.query import ListQuery

register = template.Library()
register.filter(in_words)
FORMATS = (("csv", "CSV"), ("xlsx", "Excel"))


@dataclass(frozen=True)
class Head:
    """A column head: where it leads if one sorts by it, and which way it is sorted now."""

    label: str
    css: str
    sorts: str
    state: str


@register.inclusion_tag("lists/head.html", takes_context=True)
def list_head(context: Context, page: ListPage[Any], label: str = "") -> dict[str, Any]:
    """Show the views with their counts, the saved ones, the filters, and the conditions in force."""
    definition, query = page.definition, page.query
    counts, facets = definition.counts(), definition.facets(query)
    chosen = {column.key for column in definition.columns_of(query)}
    filters = [
        (each, value, each.options(value, facets.get(each.name)) if isinstance(each, Choice) else ())
        for each in definition.narrowing for value in [query.filters.get(each.name, "")]
    ]  # fmt: skip
    more = filters[definition.prominent :]
    return {
        "page": page, "query": query, "label": label or definition.title, "plain": page.address(_plain(query)),
        "path": definition.path(),
        "tabs": [
            Tab(name, page.address(ListQuery(view=view)), count, view == query.view, is_least(count))
            for view, name in definition.views.items() for count in [counts.get(view)]
        ],
        "filters": filters[: definition.prominent], "more": more, "more_chosen": any(value for _, value, _ in more),
        "chips": _chips(page),
        "columns": [
            (column, column.key in chosen) for column in definition.columns if column != definition.heading
        ],
        **_saved(page),
    }  # fmt: skip


def _saved(page: ListPage[Any]) -> dict[str, Any]:
    definition = page.definition
    if not definition.saves:
        return {"saves": False}
    face = definition.url.partition(":")[0]
    views = list(SavedView.objects.filter(user=definition.user, list_name=definition.name))
    return {
        "saves": True, "views": views, "encoded": page.query.but().encoded(),
        "registration": reverse(f"{face}:saved-view-registration"),
        "removals": [(view, reverse(f"{face}:saved-view-removal", args=[view.token])) for view in views],
    }  # fmt: skip


def _plain(query: ListQuery) -> ListQuery:
    return ListQuery(view=query.view)


def _chips(page: ListPage[Any]) -> list[tuple[str, str]]:
    """Return each filter in force in words, with the address without it."""
    given = [
        (each, page.query.filters[each.name]) for each in page.definition.narrowing if each.name in page.query.filters
    ]
    return [
        (f"{each.label}: {each.words(value)}", page.address(page.query.without(each.name))) for each, value in given
    ]


@register.simple_block_tag(takes_context=True)
def list_table(
    context: Context, content: SafeString, page: ListPage[Any], label: str = "", pick: str = ""
) -> SafeString:
    """Show the rows, the ways to other pages and the export; the content stands in place of an empty table.

    Where conditions leave nothing, the table says so itself.

    ``pick`` names the checkbox of each row, whose value is the row's key, for an act on several. None arrives ticked.
    """
    columns = page.definition.columns_of(page.query)
    engine = context.template.engine if context.template is not None else Engine.get_default()
    templates = {column.key: engine.get_template(column.template) for column in columns if column.template}

    def cell(column: Column, row: Any) -> object:
        if column.key in templates:
            with context.push(**{page.definition.row_name: row}):
                return templates[column.key].render(context)
        return column.cell(row) if column.cell else written(column.value(row))

    tags = [_tags(column, heads_row=place == 0) for place, column in enumerate(columns)]
    rows = [
        (
            _box(page, row, pick) if pick else "",
            *(part for column, tag in zip(columns, tags, strict=True) for part in (tag[0], cell(column, row), tag[1])),
        )
        for row in page.rows
    ]
    body = format_html_join("\n", f"<tr>{'{}' * (1 + 3 * len(columns))}</tr>", rows)
    shown = {
        "page": page, "heads": [_head(page, column) for column in columns], "body": body, "empty": content,
        "label": label or page.definition.title, "pick": pick,
        "plain": page.address(_plain(page.query)),
        "exports": [(name, f"{page.export}&export={key}") for key, name in FORMATS if page.definition.exportable],
    }  # fmt: skip
    return SafeString(get_template("lists/table.html").render(shown))


def _tags(column: Column, *, heads_row: bool) -> tuple[SafeString, SafeString]:
    """Return the tags around every cell of a column: written once, since a page has a thousand cells."""
    css = format_html(' class="{}"', column.css) if column.css else ""
    if heads_row:
        return format_html('<th scope="row"{}>', css), SafeString("</th>")
    return format_html('<td{} data-label="{}">', css, column.label), SafeString("</td>")


def _box(page: ListPage[Any], row: Any, pick: str) -> SafeString:
    """Return the cell with the checkbox of a row."""
    box = '<td><input type="checkbox" name="{}" value="{}" aria-label="{}を選ぶ"></td>'
    return format_html(box, pick, page.definition.key_of(row), page.definition.name_of(row))


def _head(page: ListPage[Any], column: Column) -> Head:
    query = page.query
    sort = query.sort or page.definition.usual_sort(query.view)
    if not column.order:
        return Head(column.label, column.css, "", "")
    state = "ascending" if sort == column.key else "descending" if sort == f"-{column.key}" else "none"
    turned = f"-{column.key}" if state == "ascending" else column.key
    return Head(column.label, column.css, page.address(query.but(sort=turned)), state)
