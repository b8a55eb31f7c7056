"""Saving a view 絞り込みの保存: what a face does when somebody keeps the conditions of one of its lists, or drops them.

Each face hands over its lists by name, the page its own address, because a list may be one of several such lists;
the answer is said as a message, and the address of the list is returned.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve

from todoke.accounts.models import User
from todoke.lists.models import SavedView
from todoke.lists.row_list import RowList
from todoke.runtime.refusals import Refused

Lists = Mapping[str, type[RowList[Any]]]
LONGEST_QUERY, LONGEST_NAME = 1000, 30


def by_name(*lists: type[RowList[Any]]) -> dict[str, type[RowList[Any]]]:
    """Return lists by their names."""
    return {each.name: each for each in lists}


def _list_at(request: HttpRequest, lists: Lists, user: User) -> RowList[Any]:
    """Return the list of the posted address. Raises Http404."""
    found = resolve(request.POST.get("path", "/"))
    made = next((each for each in lists.values() if each.url == found.view_name), None)
    if made is None:
        raise Http404
    return made.at(user, found.kwargs)


def save_view(request: HttpRequest, lists: Lists, user: User) -> str:
    """Keep the posted conditions of a list under the posted name; return the address of the list with them.

    Raises Http404.
    """
    rows = _list_at(request, lists, user)
    query = rows.read(QueryDict(request.POST.get("query", "")[:LONGEST_QUERY])).but().encoded()
    try:
        SavedView.keep(rows.name, request.POST.get("name", "").strip()[:LONGEST_NAME], query, by=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "保存しました。一覧の上の「保存した絞り込み」から、いつでも開けます。")
    return f"{rows.path()}?{query}"


def drop_view(request: HttpRequest, lists: Lists, user: User, token: str) -> str:
    """Drop a saved view of the person; return the address of its list. Raises Http404."""
    rows = _list_at(request, lists, user)
    found = SavedView.objects.filter(user=user, token=token, list_name=rows.name).first()
    if found is None:
        raise Http404
    found.delete()
    messages.success(request, f"「{found.name}」を消しました。")
    return rows.path()
