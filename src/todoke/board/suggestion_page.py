"""Suggestion pages 候補の頁: what is proposed for a suggestion: owner from the speaker, due date from the words."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict

from todoke.board.forms.meetings import JudgementForm
from todoke.meetings.models import Meeting, Minutes, Suggestion
from todoke.meetings.owner_departments import department_named
from todoke.organization.models import Department, Post, Tenure


@dataclass
class Proposals:
    """提案: initial values of suggestions; departments and people of the meeting's day are read once."""

    meeting: Meeting

    @cached_property
    def departments(self) -> dict[str, Department]:
        return {each.name: each for each in Department.objects.all()}

    @cached_property
    def people(self) -> dict[str, str]:
        held = Tenure.objects.current(self.meeting.held_on).select_related("user", "post__department")
        return {each.user.name: each.post.department.name for each in held}

    @cached_property
    def secretariat(self) -> str:
        posts = Post.objects.filter(role=Post.Role.HEADQUARTERS).values_list("department__name", flat=True).distinct()
        names = list(posts)
        return names[0] if len(names) == 1 else ""

    @cached_property
    def next_meeting(self) -> Meeting | None:
        return Meeting.objects.planned().after(self.meeting).first()

    def of(self, suggestion: Suggestion) -> dict[str, Any]:
        """Return the initial values of a suggestion; 次回 without a date means the next planned meeting."""
        name = department_named(suggestion.owner, self.departments, self.people, self.secretariat)
        due = suggestion.due
        if due is None and suggestion.due_text.startswith("次回") and self.next_meeting:
            due = self.next_meeting.held_on
        section = self.departments.get(name)
        return {"kind": suggestion.kind, "what": suggestion.what, "due": due, "department": section}


def judgement_forms(minutes: Minutes, data: QueryDict | None = None) -> list[JudgementForm]:
    """Return a form for each suggestion that waits, with what is proposed for it."""
    proposals = Proposals(minutes.meeting)
    waiting = minutes.suggestions.filter(status=Suggestion.Status.PROPOSED)
    return [
        JudgementForm(data, suggestion=each, departments=proposals.departments, initial=proposals.of(each))
        for each in waiting
    ]
