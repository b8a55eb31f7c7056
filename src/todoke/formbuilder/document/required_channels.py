"""Required by channel 必須の経路: whether a missing answer stops an application, by the channel that it came by."""

from todoke.formbuilder.document.structure import CHANNEL, FACTS, Question, QuestionKind, Required

WEB = FACTS[CHANNEL].options[0].value
OFFICE_CHANNELS = {option.value: option.label for option in FACTS[CHANNEL].options[1:]}
SEEN_OR_ABSENT = frozenset({QuestionKind.FILE, QuestionKind.PHONE, QuestionKind.EMAIL})
"""Kinds that staff do not need in the form: a paper whose original they saw, a telephone that a person may not have."""


def usual_channels(kind: QuestionKind) -> tuple[str, ...]:
    """Return the channels in which a required question of a kind stops an application if its form does not say."""
    return (WEB,) if kind in SEEN_OR_ABSENT else (WEB, *OFFICE_CHANNELS)


def forced_channels(question: Question) -> tuple[str, ...]:
    """Return the channels in which a question has to be answered; none unless it is required."""
    if question.required is not Required.HARD:
        return ()
    return question.forced_at or usual_channels(question.kind)


def is_forced(question: Question, channel: object) -> bool:
    """Tell whether a missing answer stops an application by a channel; None is the web."""
    return (channel or WEB) in forced_channels(question)
