"""Logs 記録: formatter and filter for failed requests, without personal data."""

import logging
import traceback
from datetime import UTC, datetime
from typing import Any


class TracebackFormatter(logging.Formatter):
    """Formats a failed request as its view, the classes of its errors, and their stack frames.

    URLs may hold tokens and error messages what somebody typed; neither is written.
    """

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC)
        lines = [f"{at:%Y-%m-%d %H:%M:%S} [{record.levelname.lower()}] {_view_of(getattr(record, 'request', None))}"]
        problem = record.exc_info[1] if record.exc_info else None
        while problem is not None:
            lines.append(f"  {type(problem).__module__}.{type(problem).__qualname__}")
            steps = traceback.extract_tb(problem.__traceback__)
            lines += [f"    {step.filename}:{step.lineno} {step.name}" for step in steps]
            problem = problem.__cause__ or problem.__context__
        return "\n".join(lines)


class ServerErrorFilter(logging.Filter):
    """Passes records with an exception only, so that a deliberate 503 is not logged."""

    def filter(self, record: logging.LogRecord) -> bool:
        return bool(record.exc_info)


def _view_of(request: Any) -> str:
    match = getattr(request, "resolver_match", None)
    known = request.META.get("HTTP_X_REQUEST_ID", "") if request else ""
    return f"{request.method} {match.view_name} {known}".rstrip() if match else f"no view {known}".rstrip()
