"""連携の窓口の説明: the description of the API as a page without scripts, made of the same schema."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from todoke.api.problem_details import TITLES, problem
from todoke.api.version1 import DESCRIPTION, api


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """Show every endpoint with its fields."""
    schema = api.get_openapi_schema()
    operations = list(_operations(schema))
    context = {"about": DESCRIPTION, "base": settings.PUBLIC_URL, "operations": operations, "problems": TITLES.items()}
    return render(request, "api/reference.html", context)


@require_GET
def description(request: HttpRequest) -> HttpResponse:
    """Return the description that programs read (OpenAPI 3.1)."""
    return JsonResponse(api.get_openapi_schema(), json_dumps_params={"ensure_ascii": False})


def _operations(schema: Any) -> Iterator[dict[str, Any]]:
    for path, operations in schema["paths"].items():
        for method, told in operations.items():
            body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            name = body.get("$ref", "").rpartition("/")[2]
            fields = schema["components"]["schemas"].get(name, {})
            yield {
                "method": method.upper(), "path": path, "summary": told["summary"],
                "about": told.get("description", ""), "parameters": told.get("parameters", []),
                "fields": [
                    (key, each.get("description", ""), key in fields.get("required", []))
                    for key, each in fields.get("properties", {}).items()
                ],
                "needs_key": bool(told.get("security")),
            }  # fmt: skip


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """Answer an address that is none as the API answers."""
    return problem(404)
