"""Constant template nodes 変わらない部分: what no value of a context reaches is rendered once per language.

Fixed words, the addresses of pages and of static files are most of a page. The loader joins neighbouring nodes of these
kinds after a template was parsed; nothing of a request or a person can stand in them, because none of them reads a
variable of the context.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.conf import settings
from django.template.base import FilterExpression, Node, NodeList, TextNode, TokenType
from django.template.defaulttags import IfNode, URLNode
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix
from django.utils.translation import get_language


class ConstantNode(Node):
    """Neighbouring nodes whose text depends on the language and the path of the installation alone."""

    child_nodelists = ()

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = NodeList(nodes)
        self.texts: dict[tuple[str | None, str], str] = {}

    def render(self, context: Any) -> str:
        if "constant-nodes" not in settings.SPEED_UPS:
            return self.nodes.render(context)
        key = (get_language(), get_script_prefix())
        found = self.texts.get(key)
        if found is None:
            found = self.texts[key] = self.nodes.render(context)
        return found


class _JoiningLoader(base.Loader):
    def get_template(self, template_name: str, skip: Any = None) -> Any:
        template = super().get_template(template_name, skip)
        join_constants(template.nodelist)
        return template


class Loader(cached.Loader, _JoiningLoader):
    """Django's cached loader, which keeps each template with its constant nodes joined."""


def join_constants(nodes: NodeList) -> None:
    """Replace each run of constant nodes, also in the parts of other nodes, by one; text alone stays as it is."""
    for node in nodes:
        for part in child_lists(node):
            join_constants(part)
    runs = [(constant, list(run)) for constant, run in groupby(nodes, is_constant)]
    nodes[:] = [
        node
        for constant, run in runs
        for node in ([ConstantNode(run)] if constant and not all(isinstance(n, TextNode) for n in run) else run)
    ]


def child_lists(node: Node) -> list[NodeList]:
    """Return the lists of nodes inside a node."""
    if isinstance(node, IfNode):
        return [part for _, part in node.conditions_nodelists]
    return [part for name in node.child_nodelists if isinstance(part := getattr(node, name, None), NodeList)]


def is_constant(node: Node) -> bool:
    """Return whether a node reads and sets no variable of the context."""
    match node:
        case TextNode():
            return True
        case TranslateNode():
            words = node.filter_expression
            return node.asvar is None and not node.message_context and not words.filters and words.var.lookups is None
        case BlockTranslateNode():
            reads = node.extra_context or node.countervar or node.message_context or node.asvar
            return not reads and all(token.token_type is TokenType.TEXT for token in node.singular)
        case StaticNode():
            return node.varname is None and _is_literal(node.path)
        case URLNode():
            return not (node.args or node.kwargs or node.asvar) and _is_literal(node.view_name)
    return False


def _is_literal(expression: FilterExpression) -> bool:
    return isinstance(expression.var, str) and not expression.filters
