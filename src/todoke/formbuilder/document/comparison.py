"""Comparison 版の比較: lists the differences between two documents in Japanese, with their impact on drafts."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from todoke.formbuilder.document.day_limits import limit_in_words
from todoke.formbuilder.document.required_channels import forced_channels
from todoke.formbuilder.document.structure import (
    CHANNEL,
    DAY_LABELS,
    FACTS,
    KIND_LABELS,
    Document,
    FormPage,
    Group,
    Question,
    Required,
)

REQUIRED_NAMES = {
    Required.HARD: "必須",
    Required.SOFT: "できれば必須(空でも送れる)",
    Required.STAFF: "職員が記入",
    Required.NO: "任意",
}


class Impact(StrEnum):
    """影響: what a change means for submissions that are being filled in."""

    NOTHING = "影響はありません"
    ASKED = "記入中の人に新しく聞きます"
    ASKED_AGAIN = "記入中の人に聞き直します"
    DROPPED = "記入中の人に、書いた内容とともに不要になったことを知らせます"


@dataclass(frozen=True)
class FormDifference:
    """変更点: one change, where it is, and its impact on drafts."""

    place: str
    words: str
    impact: Impact = Impact.NOTHING
    question: str = ""

    @property
    def affects_applicants(self) -> bool:
        """Tell whether people with a draft are asked or told something."""
        return self.impact is not Impact.NOTHING


def differences(old: Document, new: Document) -> list[FormDifference]:
    """Return the differences from one document to another; empty when nothing visible changes."""
    return [
        *_headings(old, new),
        *_pages(old, new),
        *_gone(old, new),
        *(difference for question_id in new.by_id for difference in _question(old, new, question_id)),
        *_papers(old, new),
        *_stops(old, new),
    ]


def _place(document: Document, question_id: str) -> str:
    page, _, question = document.by_id[question_id]
    return f"「{page.title}」の「{question.label}」"


def _headings(old: Document, new: Document) -> Iterator[FormDifference]:
    if old.title != new.title:
        yield FormDifference("様式の全体", f"名称を「{old.title}」から「{new.title}」に変えます。")
    if old.lead != new.lead:
        yield FormDifference("様式の全体", "はじめの説明を変えます。")
    if old.guide != new.guide:
        yield FormDifference("様式の全体", "手続の案内を変えます。")


def _pages(old: Document, new: Document) -> Iterator[FormDifference]:
    before, after = ({page.id: page for page in document.pages} for document in (old, new))
    for page in new.pages:
        if page.id not in before:
            yield FormDifference(f"ページ「{page.title}」", "ページを加えます。")
        else:
            yield from _sheet(old, new, before[page.id], page)
    for page in old.pages:
        if page.id not in after:
            yield FormDifference(f"ページ「{page.title}」", "ページをなくします。")
    kept = [page.id for page in old.pages if page.id in after]
    if kept != [page.id for page in new.pages if page.id in before]:
        yield FormDifference("様式の全体", "ページの順番を変えます。")


def _sheet(old: Document, new: Document, before: FormPage, after: FormPage) -> Iterator[FormDifference]:
    place = f"ページ「{after.title}」"
    if before.title != after.title:
        yield FormDifference(place, f"ページの題を「{before.title}」から変えます。")
    if before.lead != after.lead:
        yield FormDifference(place, "ページの説明を変えます。")
    if before.when != after.when:
        yield FormDifference(place, f"ページの表示条件を「{_when(new, after)}」に変えます。")
    groups = {group.id: group for group in before.groups}
    for group in after.groups:
        earlier = groups.get(group.id)
        if earlier is not None:
            yield from _cluster(new, place, earlier, group)


def _cluster(new: Document, place: str, before: Group, after: Group) -> Iterator[FormDifference]:
    name = f"{place}のまとまり「{after.title or after.id}」"
    if (before.title, before.lead) != (after.title, after.lead):
        yield FormDifference(name, "まとまりの題や説明を変えます。")
    if before.repeat != after.repeat:
        yield FormDifference(name, "繰り返しの決まりを変えます。")
    if before.when != after.when:
        yield FormDifference(name, f"まとまりの表示条件を「{_when(new, after)}」に変えます。")


def _when(document: Document, part: FormPage | Group | Question) -> str:
    return document.condition_sentence(part.when) if part.when else "いつも表示"


def _gone(old: Document, new: Document) -> Iterator[FormDifference]:
    for question_id in old.by_id:
        if question_id not in new.by_id:
            yield FormDifference(_place(old, question_id), "設問をなくします。", Impact.DROPPED, question_id)


def _question(old: Document, new: Document, question_id: str) -> Iterator[FormDifference]:
    place = _place(new, question_id)
    after = new.question(question_id)
    if question_id not in old.by_id:
        asked = Impact.ASKED if after.required in {Required.HARD, Required.SOFT} else Impact.NOTHING
        words = f"設問を加えます({KIND_LABELS[after.kind]}、{REQUIRED_NAMES[after.required]})。"
        yield FormDifference(place, words, asked, question_id)
        return
    before = old.question(question_id)
    if before.kind != after.kind:
        words = f"種類を「{KIND_LABELS[before.kind]}」から「{KIND_LABELS[after.kind]}」に変えます。"
        yield FormDifference(place, words, Impact.ASKED_AGAIN, question_id)
    yield from (
        FormDifference(place, words, impact, question_id) for words, impact in _details(old, new, before, after)
    )


def _details(old: Document, new: Document, before: Question, after: Question) -> Iterator[tuple[str, Impact]]:
    if before.label != after.label:
        yield f"設問の文を「{before.label}」から変えます。", Impact.NOTHING
    if (before.help, before.example) != (after.help, after.example):
        yield "説明や例を変えます。", Impact.NOTHING
    yield from _requirements(before, after)
    yield from _choices(before, after)
    yield from _limits(before, after)
    if before.when != after.when:
        yield f"表示条件を「{_when(new, after)}」に変えます。", Impact.NOTHING
    if (before.same_as, before.unchanged) != (after.same_as, after.unchanged):
        yield "現況届での引継ぎを変えます。", Impact.NOTHING
    if before.unit != after.unit:
        yield f"単位を「{after.unit}」に変えます。", Impact.NOTHING
    if before.alternative != after.alternative:
        yield f"氏名の代替表記を{'聞くように' if after.alternative else '聞かないように'}します。", Impact.NOTHING
    if before.formula != after.formula and after.formula is not None:
        yield f"計算式を「{new.formula_sentence(after.formula)}」に変えます。", Impact.NOTHING
    if old.by_id[before.id][0].id != new.by_id[after.id][0].id:
        yield f"ページ「{old.by_id[before.id][0].title}」から移します。", Impact.NOTHING
    if (before.sensitive, before.keep, before.open_data) != (after.sensitive, after.keep, after.open_data):
        yield "取扱いの区分(要配慮・保存・公開)を変えます。", Impact.NOTHING


def _requirements(before: Question, after: Question) -> Iterator[tuple[str, Impact]]:
    if before.required != after.required:
        impact = Impact.ASKED if after.required is Required.HARD else Impact.NOTHING
        yield f"「{REQUIRED_NAMES[before.required]}」から「{REQUIRED_NAMES[after.required]}」に変えます。", impact
    if before.forced_at != after.forced_at and after.required is Required.HARD:
        labels = [option.label for option in FACTS[CHANNEL].options if option.value in forced_channels(after)]
        yield f"答えがないと受け付けない経路を「{'・'.join(labels)}」に変えます。", Impact.NOTHING


def _limits(before: Question, after: Question) -> Iterator[tuple[str, Impact]]:
    if (before.low, before.high) != (after.low, after.high):
        yield "下限や上限を変えます。", Impact.NOTHING
    if (before.day, before.not_before) != (after.day, after.not_before):
        yield f"受け付ける日を「{DAY_LABELS[after.day]}」に変えます。", Impact.NOTHING
    if (before.earliest, before.latest) != (after.earliest, after.latest):
        limits = f"{limit_in_words(after.earliest) or '決めない'}から{limit_in_words(after.latest) or '決めない'}まで"
        yield f"受け付ける日の範囲を「{limits}」に変えます。", Impact.NOTHING
    if (before.accepts, before.megabytes) != (after.accepts, after.megabytes):
        yield "受け取るファイルの種類や大きさを変えます。", Impact.NOTHING


def _choices(before: Question, after: Question) -> Iterator[tuple[str, Impact]]:
    earlier, later = ({option.value: option.label for option in question.options} for question in (before, after))
    for value in later.keys() - earlier.keys():
        yield f"選択肢「{later[value]}」を加えます。", Impact.NOTHING
    for value in earlier.keys() - later.keys():
        yield f"選択肢「{earlier[value]}」をなくします(選んでいた人には聞き直します)。", Impact.ASKED_AGAIN
    for value in later.keys() & earlier.keys():
        if later[value] != earlier[value]:
            yield f"選択肢「{earlier[value]}」の言い方を「{later[value]}」に変えます。", Impact.NOTHING


def _papers(old: Document, new: Document) -> Iterator[FormDifference]:
    before, after = ({paper.id: paper for paper in document.papers} for document in (old, new))
    for identifier in after.keys() - before.keys():
        yield FormDifference("必要な書類", f"「{after[identifier].label}」を加えます。")
    for identifier in before.keys() - after.keys():
        yield FormDifference("必要な書類", f"「{before[identifier].label}」をなくします。")
    for identifier in after.keys() & before.keys():
        if after[identifier] != before[identifier]:
            yield FormDifference("必要な書類", f"「{after[identifier].label}」の内容を変えます。")


def _stops(old: Document, new: Document) -> Iterator[FormDifference]:
    before, after = ({stop.id: stop for stop in document.stops} for document in (old, new))
    for identifier, stop in after.items():
        if before.get(identifier) != stop:
            words = f"{new.condition_sentence(stop.when)}、「{stop.words}」と知らせて止めます。"
            yield FormDifference(
                "対象外なら止まる", words, Impact.ASKED if identifier not in before else Impact.NOTHING
            )
    for identifier in before.keys() - after.keys():
        yield FormDifference("対象外なら止まる", f"「{before[identifier].words}」と知らせて止めるのをやめます。")
