"""Version 1 of the API: its endpoints, its description (OpenAPI 3.1) and how it refuses."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from todoke.api import problem_details
from todoke.api.endpoint_shapes import ProblemShape
from todoke.api.endpoints import automations, cases, public_facts
from todoke.api.key_authentication import KeyAuthentication

REFUSALS = {
    "400": "読めない要求",
    "401": "鍵がない",
    "403": "許されていない",
    "404": "ない",
    "409": "いまはできない",
    "422": "直すところがある",
    "429": "多すぎる",
    "503": "いまは書き込めない",
}
PREFIX = "/api/v1/"
DESCRIPTION = (
    "連携先のシステムが、担当部署の案件を読み、申請を渡すための窓口です。鍵を Authorization: Bearer に入れます。"
    "時刻には時差が付き、日付は 2026-04-01 の形です。できなかったときは、理由を application/problem+json で答えます。"
)


class Version1(NinjaAPI):
    """第1版: tells its refusals in the description too."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """Return the description with the refusals of every operation."""
        schema = super().get_openapi_schema(path_prefix=PREFIX)
        shape = ProblemShape.model_json_schema(ref_template="#/components/schemas/{model}")
        named = schema["components"]["schemas"]
        named |= shape.pop("$defs")
        named["ProblemShape"] = shape
        content = {problem_details.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemShape"}}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                answers = operation["responses"]
                operation["responses"] = {str(code): told for code, told in answers.items()} | {
                    code: {"description": said, "content": content} for code, said in REFUSALS.items()
                }
                if operation["operationId"] == "read_file":
                    operation["responses"]["200"] = {"description": "書類", "content": {"*/*": {}}}
        return schema


api = Version1(
    title="届け 連携の窓口", version="1", description=DESCRIPTION, docs_url=None, openapi_url=None, urls_namespace="v1",
    auth=KeyAuthentication(),
)  # fmt: skip
problem_details.install(api)
api.add_router("", cases.router)
api.add_router("", automations.router)
api.add_router("", public_facts.router)
