"""Saving a view 絞り込みの保存: what a face does when somebody keeps the conditions of one of its lists, or drops them.

Each face hands over its lists by name; the answer is said as a message, and the address of the list is returned.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, QueryDict

from todoke.accounts.models import User
from todoke.lists.models import SavedView
from todoke.lists.row_list import RowList
from todoke.runtime.refusals import Refused

Lists = Mapping[str, type[RowList[Any]]]
LONGEST_QUERY, LONGEST_NAME = 1000, 30


def by_name(*lists: type[RowList[Any]]) -> Lists:
    """Return lists by their names."""
    return {each.name: each for each in lists}


def save_view(request: HttpRequest, lists: Lists, user: User) -> str:
    """Keep the posted conditions of a list under the posted name; return the address of the list with them."""
    if (made := lists.get(request.POST.get("list", ""))) is None:
        raise Http404
    rows = made(user)
    query = rows.read(QueryDict(request.POST.get("query", "")[:LONGEST_QUERY])).but().encoded()
    try:
        SavedView.keep(rows.name, request.POST.get("name", "").strip()[:LONGEST_NAME], query, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "保存しました。一覧の上の「保存した絞り込み」から、いつでも開けます。")
    return f"{rows.path()}?{query}"


def drop_view(request: HttpRequest, lists: Lists, user: User, token: str) -> str:
    """Drop a saved view of the person; return the address of its list."""
    found = SavedView.objects.filter(user=user, token=token, list_name__in=lists).first()
    if found is None:
        raise Http404
    found.delete()
    messages.success(request, f"「{found.name}」を消しました。")
    return lists[found.list_name](user).path()
