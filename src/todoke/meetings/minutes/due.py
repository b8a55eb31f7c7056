"""Due dates 期限: words such as 今月末, 年度内 or 次回 are resolved to a date, or stay unresolved."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from todoke.japanese.calendar import fiscal_year
from todoke.meetings.minutes.loader import digits_with_places

ERA_START = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
YEAR = (
    r"(?:(?P<era>令和|平成|昭和|R|H)\s*(?P<eyear>元|\d{1,3})(?:\s*\(\d{4}\))?"
    r"|(?P<year>[12]\d{3})(?:\s*\((?:令和|平成)\s*(?:元|\d{1,2})\))?)\s*"
)


@dataclass(frozen=True)
class DueDate:
    """The words of a due date, and the date they mean; ``on`` is None where they are unresolved (未確定)."""

    text: str
    on: date | None


def year_of(era: str | None, era_year: str | None, year: str | None) -> int | None:
    """Return the western year of an era year or of a written year, or None."""
    if year:
        return int(year)
    if era and era_year:
        return ERA_START[era] + (1 if era_year == "元" else int(era_year))
    return None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month; months beyond 12 count into the following years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


NEAR = {"今": 0, "当": 0, "本": 0, "同": 0, "来": 1, "次": 1, "翌": 1, "新": 1, "再来": 2, "翌々": 2}


def _written_year(match: re.Match[str], on: date) -> int | None:
    if near := match["near"]:
        return on.year + NEAR[near]
    return year_of(match["era"], match["eyear"], match["year"])


def _day(match: re.Match[str], on: date) -> date | None:
    written = _written_year(match, on)
    month, day = int(match["month"]), int(match["day"])
    found = _safe(written or on.year, month, day)
    if found and not written and found < on:
        found = _safe(on.year + 1, month, day)
    return found


def _month(match: re.Match[str], on: date) -> date | None:
    month = int(match["month"])
    if not 1 <= month <= 12:
        return None
    year = _written_year(match, on) or on.year + (month < on.month)
    part = match["part"] or ""
    if part.startswith(("以降", "以後")):
        return None
    if part.startswith(("から", "より", "初", "1日")):
        return date(year, month, 1)
    if week := re.match(r"第(\d)週", part):
        return _safe(year, month, min(7 * int(week[1]), month_end(year, month).day))
    if part.startswith("上旬"):
        return date(year, month, 10)
    return date(year, month, 20) if part.startswith(("中旬", "半ば")) else month_end(year, month)


def _fiscal(match: re.Match[str], on: date) -> date | None:
    word, part = match["word"] or "", match["part"] or ""
    year = year_of(match["era"], match["eyear"], match["year"])
    if year is None:
        year = fiscal_year(on) + NEAR.get(word, 0)
    if part.startswith(("以降", "以後")):
        return None
    if part.startswith(("から", "より", "当初", "初")):
        return date(year, 4, 1)
    if part.startswith(("上半期", "上期", "前半", "前期")):
        return date(year, 9, 30)
    if quarter := re.match(r"第(\d)四半期", part):
        return month_end(year, 3 + 3 * int(quarter[1]))
    return date(year + 1, 3, 31)


def _near_month(match: re.Match[str], on: date) -> date | None:
    month = on.month + NEAR[match["word"]]
    end, part = month_end(on.year, month), match["part"] or ""
    if day := re.match(r"(\d{1,2})日", part):
        return _safe(end.year, end.month, int(day[1]))
    if part.startswith(("以降", "以後")):
        return None
    if part.startswith(("から", "より")):
        return max(end.replace(day=1), on)
    if part.startswith(("上旬", "初")):
        return end.replace(day=10)
    return end.replace(day=20) if part.startswith("中旬") else end


def _week(match: re.Match[str], on: date) -> date | None:
    monday = on - timedelta(days=on.weekday()) + timedelta(weeks=NEAR[match["word"]])
    weekday = match["weekday"]
    return monday + timedelta(days="月火水木金土日".index(weekday) if weekday else 4)


def _after(match: re.Match[str], on: date) -> date | None:
    number, unit = int(match["number"]), match["unit"]
    if unit in {"日", "週間"}:
        return on + timedelta(days=number * (7 if unit == "週間" else 1))
    months = on.month + number * (12 if unit == "年" else 1)
    end = month_end(on.year, months)
    return end.replace(day=min(on.day, end.day))


def _day_of_month(match: re.Match[str], on: date) -> date | None:
    found = _safe(on.year, on.month, int(match["day"]))
    following = month_end(on.year, on.month + 1)
    return found if found and found >= on else _safe(following.year, following.month, int(match["day"]))


def _never(match: re.Match[str], on: date) -> date | None:
    return None


CLOCK = r"(?:\s*(?:正午|(?:午[前後])?\d{1,2}(?:時(?:半|\d{1,2}分)?|:\d{2}))(?=まで))?"
"""An hour between the day and まで."""
LATER = r"(?P<part>(?:第\d週|中旬|中|内|末|初め|初旬|初|上旬|下旬|半ば|以降|以後|から|より|までに?|頃|ごろ|中に)*)"


def _slashed(match: re.Match[str], on: date) -> date | None:
    year = year_of(match["era"], match["eyear"], match["year"])
    found = _safe(year or on.year, int(match["month"]), int(match["day"]))
    if found and not year and found < on:
        found = _safe(on.year + 1, found.month, found.day)
    return found


RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (
        re.compile(
            r"(?<![\d/.])(?:(?:(?P<era>令和|平成|R|H)\s*(?P<eyear>\d{1,2})|(?P<year>20\d{2}))[/.-])?"
            r"(?P<month>1[0-2]|0?[1-9])(?:/|(?<=\d[/.-]\d)[.-]|(?<=\d[/.-]\d\d)[.-])(?P<day>3[01]|[12]\d|0?[1-9])(?![\d/.])(?:\s*\(.\))?"
            rf"{CLOCK}(?:までに?)?"
        ),
        _slashed,
    ),
    (
        re.compile(
            rf"(?:{YEAR}年\s*|(?P<near>今|本|同|来|翌|再来)年(?:の)?\s*)?(?P<month>\d{{1,2}})\s*月\s*(?P<day>\d{{1,2}})\s*日(?:\s*\(.\))?{CLOCK}(?:までに?|中)?"
        ),
        _day,
    ),
    (
        re.compile(
            rf"{YEAR}年度(?P<word>)(?P<part>第\d四半期|上半期|下半期|上期|下期|前半|後半|当初|(?:中|内|末|以降|から|より|までに?)*)"
        ),
        _fiscal,
    ),
    (
        re.compile(
            rf"(?<![\d第])(?:{YEAR}年\s*|(?P<near>今|本|同|来|翌|再来)年(?:の)?\s*)?(?P<month>\d{{1,2}})\s*月(?!\s*\d|曜|額|分|例)(?:の)?{LATER}"
        ),
        _month,
    ),
    (
        re.compile(
            r"(?P<era>)(?P<eyear>)(?P<year>)(?P<word>今|本|来|次|翌|新|再来|翌々|当)年度(?P<part>第\d四半期|上半期|下半期|上期|下期|前半|後半|当初|"
            r"(?:中|内|末|以降|から|より|までに?)*)"
        ),
        _fiscal,
    ),
    (
        re.compile(
            r"(?P<era>)(?P<eyear>)(?P<year>)(?P<word>)(?<![\d今本来次翌新昨前各々当元毎単同])年度(?P<part>内|中|末|の?早い時期)(?:までに?)?"
        ),
        _fiscal,
    ),
    (
        re.compile(
            r"(?P<era>)(?P<eyear>)(?P<year>)(?P<word>)(?<![\d年度])(?P<part>上半期|下半期|第\d四半期)(?:中|内|末|までに?)*"
        ),
        _fiscal,
    ),
    (
        re.compile(
            r"(?P<word>再来|今|当|本|来|翌)月(?:の)?(?P<part>\d{1,2}日|(?:中旬|中|内|末|初め|初旬|初|上旬|下旬|以降|から|より|までに?)*)"
        ),
        _near_month,
    ),
    (
        re.compile(r"(?<![\d今来本一か当])月(?P<part>内|末)(?:までに?)?(?P<word>)"),
        lambda m, on: month_end(on.year, on.month),
    ),
    (re.compile(r"(?P<word>再来|今|来|翌)週(?:の)?(?:(?P<weekday>[月火水木金土日])曜日?|中|末|までに?)*"), _week),
    (re.compile(r"(?<![\d月./])(?P<day>[12]\d|3[01]|0?[1-9])日(?=に|まで|中(?!旬))(?:までに?|中)?"), _day_of_month),
    (re.compile(r"(?:今|本|当)日(?:中|[朝夕](?:方)?|午[前後])"), lambda m, on: on),
    (re.compile(r"明日(?!の)(?:中|までに?)?"), lambda m, on: on + timedelta(days=1)),
    (re.compile(r"明後日(?:中|までに?)?"), lambda m, on: on + timedelta(days=2)),
    (re.compile(r"(?:年内|今年中|本年中|今年末|本年末|年末)(?:までに?)?"), lambda m, on: date(on.year, 12, 31)),
    (re.compile(r"(?:来年|翌年|明年)(?:中|内|末)?(?!度|の?\d)(?:までに?)?"), lambda m, on: date(on.year + 1, 12, 31)),
    (
        re.compile(
            r"(?P<number>\d{1,3})\s?(?:か|ヶ|カ|ケ|箇|ヵ)?(?P<unit>日|週間|月|年)(?:間)?(?:以内|後)(?:までに?|に|を目途に)?"
        ),
        _after,
    ),
    (
        re.compile(
            r"(?:次回|次の(?:会議|委員会|本部|部会|定例会|議会|総会|例会|会合|協議会|審議会)|次期定例会|次々回)(?:の?(?:会議|委員会|本部会議|本部|部会|定例会|議会|会合|審議会|審査会|協議会|総会|例会|審査|審議|会))?(?:までに?|以降|より|から)?"
        ),
        _never,
    ),
    (
        re.compile(
            r"今期中|来期|次期|今会期中|会期中|任期中|計画期間(?:中|内)|期間内|近日中|近いうち|近々|年明け(?:すぐ|早々|の[一-龥]{1,4}会)?|盆明け|(?:今年|来年)の[春夏秋冬]|(?:[春夏冬]休み|夏季休業|冬季休業)(?:中|前|明け)?(?:まで(?:に)?)?|春頃|夏頃|秋頃|冬頃|[春夏秋冬](?:ごろ|まで|以降)"
        ),
        _never,
    ),
    (
        re.compile(
            r"後日|追って|別途|後ほど|のちほど|(?:改|あらた)めて|(?:できる|出来る)(?:だけ|限り)(?:早急に|早く|速やかに|早期に|早い段階で)|なるべく早く|(?<!できるだけ)早めに|前々日(?:までに?)?|直ちに|ただちに|すぐに|早急に|速やかに|至急|早期に"
        ),
        _never,
    ),
    (
        re.compile(
            r"[^\s、。「」()]{1,10}?(?:でき|され|なり|決まり|出|まとまり|完了し|終わり|確定し|整い|判明し|分かり|わかり|あり|得|届き|入り|決定|確定|上がり|あがり)(?:次第|しだい)"
        ),
        _never,
    ),
    (
        re.compile(
            r"[^\s、。「」()は]{0,12}(?:届い|決まっ|まとまっ|整っ|出そろっ|固まっ|判明し|分かっ|わかっ|確定し|完成し|終わっ|済ん|できあがっ)[ただ]ら"
        ),
        _never,
    ),
    (re.compile(r"[^\s、。「」()はがを]{0,8}(?:決まり|まとまり|整い|出|でき|分かり|確定し|判明し)ましたら"), _never),
    (
        re.compile(
            r"(?<!\d)(?<!から)\d{1,2}時(?:半|\d{1,2}分)?(?:まで(?!は|の)に?|に(?=[^、。]{0,4}(?:報告|判断|発表|公表)))"
        ),
        lambda m, on: on,
    ),
    (re.compile(r"(?!これ|それ|いつ|どこ|あれ)[^\s、。「」()は]{2,14}(?:る|た|ない|ぬ)までに?"), _never),
    (re.compile(r"(?!これ|それ|いつ|どこ|あれ)[^\s、。「」()はがをに]{2,10}までに"), _never),
    (re.compile(r"[^\s、。「」()はがをにで]{2,8}の(?:\d{1,2}(?:週間|日|か月))?前(?=に)"), _never),
    (re.compile(r"[^\s、。「」()はがを]{0,8}(?:決定|確定|判明|完成|公表)(?:された|した)(?:際|時点|段階|後)"), _never),
)
VAGUE = re.compile(r"早急|速やか|至急|早期|なるべく|できるだけ|別途|改めて|あらためて|以降|以後")
PAST = re.compile(
    r"^(?:に|、)?(?:は)?[^。、]{0,12}(?:実施|開催|報告|説明|公表|策定|改定|発生|実施され|開始)(?:いた)?(?:しまし|され(?:まし)?|し)た(?!い|く)|^付け|^までと(?:し|する|い)|^現在|^時点|^末現在"
)


def find_due(sentence: str, on: date | None, next_meeting: date | None = None) -> DueDate:
    """Return the due date of a sentence: the resolvable words nearest to the verb, else unresolved words, else none."""
    text, places = digits_with_places(sentence)
    taken: list[tuple[int, int, bool, DueDate]] = []
    for pattern, resolve in RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < e and s < end for s, e, _, _ in taken) or PAST.match(text[end:]):
                continue
            words = re.sub(r"(?<=[で中内])に$", "", sentence[places[start] : places[end]])
            day = resolve(match, on) if on else None
            if words.startswith(("次回", "次の")) and next_meeting:
                day = next_meeting
            if day and on and day < on:
                continue
            taken.append((start, end, not VAGUE.search(words), DueDate(words, day)))
    if not taken:
        return DueDate("", None)
    return max(taken, key=lambda each: (each[2], "まで" in each[3].text, each[0]))[3]
