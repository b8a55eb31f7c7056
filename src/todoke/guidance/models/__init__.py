"""Guidance models 案内: the words people search by, news, questions with their answers, and contacts."""

from todoke.guidance.models.broadcast import Broadcast, Consent, LifeEvent
from todoke.guidance.models.contact import Contact, ContactThread, ContactTopic
from todoke.guidance.models.content_gap import ContentGap
from todoke.guidance.models.faq import Faq, FaqDraft, FaqPosting, FaqVector, FaqVersion
from todoke.guidance.models.inquiry import Inquiry, InquiryHit
from todoke.guidance.models.vocabulary import (
    PlainName,
    Referral,
    Synonym,
    VocabularyEntry,
    VocabularyVersion,
    search_key,
)

__all__ = [
    "Broadcast",
    "Consent",
    "Contact",
    "ContactThread",
    "ContactTopic",
    "ContentGap",
    "Faq",
    "FaqDraft",
    "FaqPosting",
    "FaqVector",
    "FaqVersion",
    "Inquiry",
    "InquiryHit",
    "LifeEvent",
    "PlainName",
    "Referral",
    "Synonym",
    "VocabularyEntry",
    "VocabularyVersion",
    "search_key",
]
