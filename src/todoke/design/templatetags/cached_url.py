"""Cached ``{% url %}``: the address of a URL name without arguments is resolved once per process."""

from functools import cache
from typing import Any

from django.conf import settings
from django.template import Library
from django.template.base import Parser, Token
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as django_url
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

register = Library()


@cache
def _address(name: str, urlconf: str | None, prefix: str) -> SafeString:
    return conditional_escape(reverse(name))


class FixedURLNode(URLNode):
    """``{% url %}`` node that caches addresses without arguments; anything else is left to Django."""

    def render(self, context: Any) -> str:
        if self.args or self.kwargs or "cached-urls" not in settings.SPEED_UPS:
            return super().render(context)
        try:
            address = _address(self.view_name.resolve(context), get_urlconf(), get_script_prefix())
        except NoReverseMatch:
            return super().render(context)
        if not self.asvar:
            return address
        context[self.asvar] = address
        return ""


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    """As Django's own ``url``."""
    node = django_url(parser, token)
    return FixedURLNode(node.view_name, node.args, node.kwargs, node.asvar)
