"""Problem details 問題の説明: every refusal as RFC 9457, with a Japanese sentence that says what to do next."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as Contradiction
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from todoke.file_validation.content_types import NotAccepted
from todoke.formbuilder.submission_errors import SubmissionIncomplete
from todoke.runtime.refusals import Refused
from todoke.web.refusals import as_refusal

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "要求を読めません。送った内容の形を確かめてください。",
    401: "鍵が要ります。Authorization: Bearer に、使える鍵を入れてください。",
    403: "この連携先には、できないことです。",
    404: "見つかりません。番号と、担当部署を確かめてください。",
    405: "この宛先では使えないメソッドです。",
    409: "いまはできません。",
    422: "内容に直すところがあります。",
    429: "要求が多すぎます。しばらく待ってから、もう一度送ってください。",
    503: "いまは書き込めません。しばらく待ってから、同じ再送キーでもう一度送ってください。",
}
Fault = Mapping[str, str]
Handler = Callable[[HttpRequest, Any], HttpResponse]


def problem(
    status: int, detail: str = "", *, faults: Sequence[Fault] = (), retry_after: int | None = None
) -> HttpResponse:
    """Return a problem: the title of its status, what happened, and what is wrong with which field."""
    told: dict[str, Any] = {"title": TITLES.get(status, TITLES[409]), "status": status, "detail": detail}
    if faults:
        told["faults"] = list(faults)
    answer = HttpResponse(json.dumps(told, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    if retry_after is not None:
        answer.headers["Retry-After"] = str(retry_after)
    return answer


def install(api: NinjaAPI) -> None:
    """Answer every exception of the endpoints with a problem."""
    handlers: dict[type[Exception], Handler] = {
        Refused: _refused,
        Contradiction: lambda request, error: _refused(request, as_refusal(error)),
        NotAccepted: lambda request, error: problem(422, str(error)),
        ValidationError: _invalid,
        AuthenticationError: lambda request, error: problem(401),
        HttpError: lambda request, error: problem(error.status_code),
        Http404: lambda request, error: problem(404),
        PermissionDenied: lambda request, error: problem(403),
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _refused(request: HttpRequest, refusal: Any) -> HttpResponse:
    incomplete = refusal.problems if isinstance(refusal, SubmissionIncomplete) else ()
    faults = [{"field": each.question, "detail": each.message} for each in incomplete if not each.warning]
    return problem(422 if faults else refusal.status, str(refusal), faults=faults, retry_after=refusal.retry_after)


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    faults = [{"field": ".".join(str(part) for part in each["loc"]), "detail": _detail(each)} for each in error.errors]
    return problem(422, "項目の名前と形を、説明書と照らして直してください。", faults=faults)


def _detail(found: Mapping[str, Any]) -> str:
    """Return what is wrong with a field; where it takes a few values alone, which."""
    if found["type"] == "literal_error":
        values = re.findall(r"'([^']*)'", str(found["ctx"]["expected"]))
        return f"{'、'.join(values)} のどれかにしてください。"
    return WORDS.get(found["type"], "形が違います。")


WORDS = {
    "missing": "この項目が要ります。",
    "extra_forbidden": "この項目はありません。名前を確かめてください。",
    "string_too_long": "長すぎます。",
    "string_too_short": "短すぎます。",
    "string_pattern_mismatch": "書き方が違います。説明書の書き方に合わせてください。",
    "int_parsing": "整数にしてください。",
    "greater_than_equal": "小さすぎます。",
    "less_than_equal": "大きすぎます。",
    "date_from_datetime_parsing": "日付は 2026-04-01 のように書いてください。",
    "moment": "時刻は 2026-04-01T09:00:00+09:00 のように、時差を付けてください。アドレスでは + を %2B と書きます。",
    "timezone_aware": "時刻には、+09:00 のように時差を付けてください。",
}
