"""Definition JSON 定義のJSON: Google's form resource, kintone's fields, or any list of questions, as rows. Pure.

The shapes are those that the two services publish (Google Forms API ``forms.get``; kintone ``app/form/fields.json``).
What they say and a row cannot is named with its place.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from todoke.integrations.definitions.definition_columns import HELP, KIND, LABEL, OPTIONS, REQUIRED, ROLES, SECTION
from todoke.integrations.definitions.definition_questions import DefinitionTable
from todoke.runtime.refusals import Unreadable

Row = tuple[str, dict[str, str]]
Left = list[tuple[str, str, str]]
GOOGLE_CHOICES = {"RADIO": "ラジオボタン", "CHECKBOX": "チェックボックス", "DROP_DOWN": "プルダウン"}
GOOGLE_KINDS = {
    "dateQuestion": "日付", "timeQuestion": "時刻", "fileUploadQuestion": "ファイルアップロード",
    "scaleQuestion": "均等目盛", "ratingQuestion": "評価",
}  # fmt: skip
GOOGLE_TEXTS = {"textItem": "説明文", "imageItem": "画像", "videoItem": "動画"}
KINTONE_ROWS = {"SUBTABLE"}
KINTONE_OURS = frozenset({
    "RECORD_NUMBER", "CREATOR", "CREATED_TIME", "MODIFIER", "UPDATED_TIME", "STATUS", "STATUS_ASSIGNEE", "CATEGORY",
    "__ID__", "__REVISION__",
})  # fmt: skip
KINTONE_KINDS = {"DATETIME": "日時", "TIME": "時刻", "GROUP": "グループの枠"}
STAMPED = "受付番号や日時は、届けが付けます"
DEEPEST = 4


def questions_of(told: Any) -> DefinitionTable:
    """Return the questions of a JSON document. Raises Unreadable where there is no list of questions in it."""
    left: Left = []
    if isinstance(told, Mapping) and isinstance(told.get("items"), list) and "info" in told:
        rows, title = list(_google(told["items"], left)), _text(told["info"].get("title"))
        if about := _text(told["info"].get("description")):
            left.append(("様式の説明", about, "様式の説明は、作ったあとに「全体と案内」で入れてください"))
    elif isinstance(told, Mapping) and isinstance(told.get("properties"), Mapping):
        rows, title = list(_kintone(told["properties"], left)), ""
    else:
        title = _text(told.get("title")) if isinstance(told, Mapping) else ""
        return _listed(told, title)
    return DefinitionTable(title, tuple(ROLES.values()), tuple(rows), tuple(left))


def _row(**said: str) -> dict[str, str]:
    return {label: said.get(role, "") for role, label in ROLES.items()}


def _text(value: Any) -> str:
    """Return what a value says; a list by lines."""
    if isinstance(value, bool):
        return "必須" if value else ""
    if isinstance(value, list):
        return "\n".join(" ".join(_text(each).split()) for each in value)
    if isinstance(value, Mapping):
        return next((_text(value[key]) for key in ("label", "value", "text", "title", "name") if key in value), "")
    return "" if value is None else str(value)


def _google(items: list[Any], left: Left) -> Iterator[Row]:
    for number, item in enumerate(items, 1):
        place, title, about = f"{number}番目", _text(item.get("title")), _text(item.get("description"))
        kind = next((key for key in item if key.endswith("Item") or key == "pageBreakItem"), "")
        if kind == "pageBreakItem":
            yield place, _row(**{LABEL: title or f"{number}番目のページ", KIND: "ページ区切り", HELP: about})
        elif kind == "questionItem":
            yield place, _google_question(item["questionItem"].get("question", {}), title, about, place, left)
        elif kind == "questionGroupItem":
            yield from _google_grid(item["questionGroupItem"], title, about, place)
        else:
            yield (
                place,
                _row(**{LABEL: title or about, KIND: GOOGLE_TEXTS.get(kind, kind), HELP: about if title else ""}),
            )


def _google_question(asked: Mapping[str, Any], title: str, about: str, place: str, left: Left) -> dict[str, str]:
    said = {LABEL: title, HELP: about, REQUIRED: "必須" if asked.get("required") else "任意"}
    if "textQuestion" in asked:
        return _row(**said, **{KIND: "段落" if asked["textQuestion"].get("paragraph") else "記述式"})
    if "choiceQuestion" in asked:
        given = asked["choiceQuestion"]
        options = given.get("options", [])
        if any("goToAction" in each or "goToSectionId" in each for each in options):
            left.append((place, title, "選択肢による行き先は取り込めません。条件を付けてください"))
        labels = [_text(each.get("value")) or ("その他" if each.get("isOther") else "") for each in options]
        kind = GOOGLE_CHOICES.get(str(given.get("type")), str(given.get("type")))
        return _row(**said, **{KIND: kind, OPTIONS: "\n".join(" ".join(label.split()) for label in labels)})
    kind = next((key for key in asked if key.endswith("Question")), "")
    if kind in {"scaleQuestion", "ratingQuestion"}:
        low, high = int(asked[kind].get("low", 1)), int(asked[kind].get("high", asked[kind].get("ratingScaleLevel", 5)))
        said[OPTIONS] = "\n".join(str(each) for each in range(low, min(high, low + 20) + 1))
    return _row(**said, **{KIND: GOOGLE_KINDS.get(kind, kind)})


def _google_grid(group: Mapping[str, Any], title: str, about: str, place: str) -> Iterator[Row]:
    """Yield one question of each row of a grid; its columns are the choices."""
    columns = group.get("grid", {}).get("columns", {})
    options = "\n".join(_text(each.get("value")) for each in columns.get("options", []))
    kind = GOOGLE_CHOICES.get(str(columns.get("type")), "ラジオボタン")
    for row, each in enumerate(group.get("questions", []), 1):
        label = f"{title}: {_text(each.get('rowQuestion', {}).get('title'))}"
        required = "必須" if each.get("required") else "任意"
        said = {LABEL: label, HELP: about, KIND: kind, OPTIONS: options, REQUIRED: required}
        yield f"{place}の{row}行", _row(**said)


def _kintone(fields: Mapping[str, Any], left: Left, section: str = "") -> Iterator[Row]:
    for code, told in fields.items():
        kind, label = str(told.get("type")), _text(told.get("label")) or str(code)
        if kind in KINTONE_OURS:
            left.append((str(code), label, STAMPED))
        elif kind in KINTONE_ROWS:
            left.append(
                (
                    str(code),
                    label,
                    "表は、この名前の区切りの設問にしました。くり返すときは、区切りの設定で直してください",
                )
            )
            yield from _kintone(told.get("fields", {}), left, label)
        else:
            given = sorted(told.get("options", {}).values(), key=lambda each: int(each.get("index", 0)))
            options = "\n".join(_text(each.get("label")) for each in given)
            mail = kind == "LINK" and {"MAIL": "メール", "CALL": "電話"}.get(str(told.get("protocol")))
            required = "必須" if told.get("required") else "任意"
            said = {
                LABEL: label,
                KIND: mail or KINTONE_KINDS.get(kind, kind.replace("_", " ").lower()),
                OPTIONS: options,
            }
            yield str(code), _row(**said, **{REQUIRED: required, SECTION: section})


def _listed(told: Any, title: str) -> DefinitionTable:
    """Return the longest list of objects as rows, under their own names. Raises Unreadable without one."""
    found = list(_objects(told, "", 0))
    if not found:
        raise Unreadable("設問の一覧が見つかりません。設問ごとに言葉・種類・選択肢のある一覧を選んでください。")
    names = dict.fromkeys(str(key) for _, _, each in found for key in each)
    added = (SECTION,) if any(name for _, name, _ in found) and SECTION not in names else ()
    headings = (*names, *added)
    rows = list[Row]()
    for place, name, each in found:
        said = {SECTION: name, **{str(key): _text(value) for key, value in each.items()}}
        rows.append((place, {heading: said.get(heading, "") for heading in headings}))
    return DefinitionTable(title, headings, tuple(rows))


def _objects(told: Any, section: str, depth: int) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield the objects of the lists in a document that hold no further list of objects, with their section."""
    if depth > DEEPEST:
        return
    for key, value in told.items() if isinstance(told, Mapping) else [("", told)]:
        if not isinstance(value, list):
            if isinstance(value, Mapping):
                yield from _objects(value, section, depth + 1)
            continue
        for number, each in enumerate(value, 1):
            if not isinstance(each, Mapping):
                continue
            inner = [name for name, more in each.items() if _is_list_of_questions(more)]
            if inner:
                name = _text(next((each[one] for one in each if str(one).startswith(("title", "name", "label"))), ""))
                yield from _objects({one: each[one] for one in inner}, name or section, depth + 1)
            else:
                yield f"{section or key or '一覧'}の{number}番目", section, each


def _is_list_of_questions(told: Any) -> bool:
    """Tell whether a list holds objects with a name of their own that are no mere choices."""
    if not isinstance(told, list) or not told or not all(isinstance(each, Mapping) for each in told):
        return False
    return not all(set(map(str, each)) <= {"label", "value", "text", "id", "index", "title", "name"} for each in told)
