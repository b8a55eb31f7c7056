"""Status requests 照会の申し込み: for which receipt numbers this browser asked for a code.

What is kept is what was typed, whether such a case exists or not.
"""

from django.http import HttpRequest

from todoke.accounts.browser_id import browser_id

KEY = "status-requests"
MOST = 8


def remember_request(request: HttpRequest, number: str) -> str:
    """Note that this browser asked for a code of a number; return the mark of the browser that the code is bound to."""
    asked = [other for other in request.session.get(KEY, []) if other != number]
    request.session[KEY] = [*asked, number][-MOST:]
    return browser_id(request.session)


def has_requested(request: HttpRequest, number: str) -> bool:
    """Whether this browser asked for a code of a number in this session."""
    return number in request.session.get(KEY, [])
