"""Telemetry 外への知らせ: failures to Sentry, or traces to an OpenTelemetry collector; off unless one variable is set.

``TODOKE_TELEMETRY`` is a Sentry DSN (``https://key@host/1``) or ``otlp+http://collector:4318``. The libraries are an
extra (``./todoke extras telemetry``). Nothing of a person leaves: no message of an error, no address, no input, no
local variable.
"""

import time
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

OTLP = "otlp+"
_tracer: Any = None


def start(address: str) -> None:
    """Start what ``address`` names, nothing for "". Raises ImproperlyConfigured without the extra."""
    if not address:
        return
    if find_spec("opentelemetry" if address.startswith(OTLP) else "sentry_sdk") is None:
        raise ImproperlyConfigured(
            "TODOKE_TELEMETRY に要る部品がありません。./todoke extras telemetry を実行してください。"
        )
    (_start_otlp if address.startswith(OTLP) else _start_sentry)(address)


def _start_sentry(dsn: str) -> None:
    import_module("sentry_sdk").init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0.0,
        server_name="",
        before_send=without_person,
    )


def without_person(event: dict[str, Any], hint: object = None) -> dict[str, Any]:
    """Return an event of Sentry with classes and places of its errors only."""
    names = ("event_id", "timestamp", "platform", "level", "release")
    kept: dict[str, Any] = {name: event[name] for name in names if name in event}
    errors = event.get("exception", {}).get("values", [])
    frames = ("filename", "function", "lineno", "module", "in_app")
    kept["exception"] = {
        "values": [
            {
                "type": error.get("type"),
                "module": error.get("module"),
                "stacktrace": {
                    "frames": [
                        {name: frame[name] for name in frames if name in frame}
                        for frame in (error.get("stacktrace") or {}).get("frames", [])
                    ]
                },
            }
            for error in errors
        ]
    }
    return kept


def _start_otlp(address: str) -> None:
    global _tracer
    export = import_module("opentelemetry.sdk.trace.export")
    exporter = import_module("opentelemetry.exporter.otlp.proto.http.trace_exporter")
    resource = import_module("opentelemetry.sdk.resources").Resource({"service.name": "todoke"})
    provider = import_module("opentelemetry.sdk.trace").TracerProvider(resource=resource)
    where = f"{address.removeprefix(OTLP).rstrip('/')}/v1/traces"
    provider.add_span_processor(export.BatchSpanProcessor(exporter.OTLPSpanExporter(endpoint=where)))
    _tracer = provider.get_tracer("todoke")


def trace(route: str, facts: dict[str, Any], seconds: float) -> None:
    """Send one answered request as a span, named by its page; nothing unless a collector is set."""
    if _tracer is None:
        return
    ended = time.time_ns()
    span = _tracer.start_span(route, start_time=ended - int(seconds * 1e9), attributes=facts)
    span.end(end_time=ended)


def start_from_settings() -> None:
    """Start what ``TODOKE_TELEMETRY`` names. Raises ImproperlyConfigured without the extra."""
    start(settings.TELEMETRY)
