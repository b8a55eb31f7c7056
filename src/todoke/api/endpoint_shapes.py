"""Shapes of what the API takes and gives; a field that is not named here is refused."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from ninja.params.functions import Query
from pydantic import ConfigDict

from todoke.api.typed_values import Count, Encoded, Moment, Sha256, Text, Whole

Number = Annotated[str, Field(description="受付番号", examples=["2026-000123-4"])]
CaseStatus = Literal[
    "received", "review", "correction", "deciding", "granted", "partly", "refused", "withdrawn"
]  # fmt: skip
"""状態の略号: what ``cases.models.status.Status`` holds."""
WORDS = r"^[^\u0000]*[^\s\u0000][^\u0000]*$"
"""文字のある文: without NUL, and not of blanks alone."""
LIMIT = Query(100, ge=1, le=200, description="一度に読む件数")


class Shape(Schema):
    """A shape that refuses unknown fields."""

    model_config = ConfigDict(extra="forbid")


class FaultShape(Shape):
    field: str
    detail: str


class ProblemShape(Shape):
    """RFC 9457 の形の、できなかった理由"""

    title: str
    status: int
    detail: str
    faults: list[FaultShape] = []


class StatusShape(Shape):
    code: str
    label: str


class CaseShape(Shape):
    """案件の状態と期限。氏名も回答も入らない"""

    number: Number
    service: str = Field(description="公開コード")
    title: str
    department: str
    status: StatusShape
    channel: StatusShape
    payment: StatusShape | None = None
    delivery: StatusShape
    received_at: datetime
    due_on: date | None
    decided_at: datetime | None


class CasePage(Shape):
    items: list[CaseShape]
    next: str | None = Field(description="次のページの after。最後のページでは null")


class AnswerShape(Shape):
    question: str = Field(description="設問の名前。様式の版が変わっても同じ")
    row: int
    label: str
    heading: str
    text: str


class FileShape(Shape):
    token: str
    question: str
    row: int
    name: str
    media_type: str
    size: int
    sha256: Sha256


class AnswersShape(Shape):
    number: Number
    form_version: int
    answers: list[AnswerShape]
    files: list[FileShape]


class StateIn(Shape):
    status: str = Field(description="review(審査中)か withdrawn(取下げ)", pattern="^[a-z]{1,12}$")
    reason: str = Field(min_length=1, max_length=500, pattern=WORDS)


class ResultIn(Shape):
    text: str = Field(min_length=1, max_length=2000, pattern=WORDS)


class SentFileShape(Shape):
    question: Text = Field(max_length=60)
    row: Whole = Field(default=0, ge=0, le=100)
    name: Text = Field(min_length=1, max_length=200)
    sha256: Sha256
    content: Encoded = Field(description="中身の base64", max_length=14_000_000)


class ApplicationIn(Shape):
    """ほかの窓口で受け付けた申請"""

    service: Text = Field(description="公開コード", max_length=50)
    answers: dict[Text, Text | list[Text]] = Field(
        description="設問の名前(部分は name__family のように)と回答", max_length=1000
    )
    files: list[SentFileShape] = Field(default=[], max_length=20)
    received_at: Moment | None = Field(default=None, description="受け付けた日時。空けると、いま")
    reason: Text = Field(default="", max_length=200, description="受付日をさかのぼらせる理由")


class AcceptedShape(Shape):
    number: Number
    again: bool = Field(description="同じ再送キーで、前に受け付けていた")


Column = Annotated[Text, Field(max_length=200)]


class RunIn(Shape):
    """始める実行"""

    run: str = Field(
        pattern="^[A-Za-z0-9_-]{1,60}$", description="実行番号。ロボットが決め、同じ実行には同じものを使う"
    )
    started_at: Moment | None = Field(default=None, description="始めた日時。空けると、いま")
    columns: list[Column] = Field(default=[], max_length=500, description="読む表の見出し。並びのとおりに")
    encoding: str = Field(default="", max_length=20, pattern="^[A-Za-z0-9_-]*$", description="読む表の文字コード")
    sheet: Text = Field(default="", max_length=60, description="読むシートの名前")


class RunEndIn(Shape):
    """終わった実行の件数。中身の文字は送らない"""

    outcome: str = Field(description="done(完了)、failed(失敗)、aborted(中止)", pattern="^(done|failed|aborted)$")
    units: Count = Field(default=0, description="処理した件数")
    exceptions: Count = Field(default=0, description="例外の件数")
    human_minutes: Count = Field(default=0, description="人がかけた分(確認、手直し)")
    ended_at: Moment | None = Field(default=None, description="終わった日時。空けると、いま")


class RunShape(Shape):
    run: str
    again: bool = Field(description="前に同じことを受け取っていた")


class QuestionShape(Shape):
    id: str
    kind: str
    label: str
    required: str
    repeats: bool


class FormShape(Shape):
    service: str
    version: int
    questions: list[QuestionShape]


class ServiceShape(Shape):
    code: str
    title: str
    procedure: str
    department: str
    opens_at: datetime
    closes_at: datetime | None
    release: int
    standard_days: int


class ServicePage(Shape):
    items: list[ServiceShape]
    next: str | None


class ProcedureShape(Shape):
    number: str
    title: str
    department: str


class ProcedurePage(Shape):
    on: date
    items: list[ProcedureShape]
    next: str | None


class FigureShape(Shape):
    key: str
    title: str
    meaning: str
    on: date
    numerator: int
    numerator_is: str
    denominator: int
    denominator_is: str
    percent: str | None


def status_shape(code: Any, label: Any) -> dict[str, str]:
    """Return a code with its Japanese label."""
    return {"code": str(code), "label": str(label)}
