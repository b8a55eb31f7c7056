"""A small world of the security tests: two departments, a resident with an application, and one person of each role."""

from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import cast
from tests.cast.cases import FILLED, counter, work_off
from todoke.accounts.models import User
from todoke.cases import decisions, intake
from todoke.cases.models import Case, Draft, Letter
from todoke.formbuilder.answers.journey import AnswerKey
from todoke.formbuilder.models import Upload
from todoke.organization.models import Post

OTHERS = ("designer", "headquarters", "treasurer", "auditor", "administrator", "personnel")
ROLES = ("anonymous", "applicant", "resident", "clerk", "chief", "clerk_elsewhere", *OTHERS)
CANARY = "秘密山"


@dataclass
class World:
    """Who is there, and what the pages are about."""

    people: dict[str, User]
    case: Case
    draft: Draft
    letter: Letter
    upload: Upload

    def client(self, role: str, **options: Any) -> Client:
        """Return a browser in which a person of a role is signed in."""
        client = Client(**options)
        if role in self.people:
            client.force_login(self.people[role])
        return client


def build() -> World:
    """One application of department A is decided with a letter, another is still a draft."""
    here, there = counter("戸籍住民課", "101010"), counter("税務課", "202020")
    people = {
        "applicant": cast.resident(CANARY, "owner@example.jp"),
        "resident": cast.resident("別人", "other@example.jp"),
        "clerk": here.clerk,
        "chief": here.chief,
        "clerk_elsewhere": there.clerk,
    }
    for number, role in enumerate(OTHERS):
        section = cast.department(f"本部{number}", f"90{number}0")
        people[role] = cast.staff(role, f"{role}@example.lg.jp", Post.Role(role), section)
    owner = people["applicant"]
    draft = _filled(here.release, owner)
    case = intake.accept(_filled(here.release, owner).submission, by=owner)
    upload = Upload.create_from(case.submission, AnswerKey("paper", 0), pdf(), by=owner)
    case.start_review(by=here.clerk)
    decisions.propose(case, "granted", by=here.clerk)
    assert case.proposal is not None
    case.proposal.approve(by=here.chief)
    work_off()
    return World(people, Case.objects.get(pk=case.pk), draft, Letter.objects.get(case=case), upload)


def _filled(release: Any, owner: User) -> Draft:
    draft = intake.begin(release, by=owner)
    draft.submission.save_page("person", {**FILLED, "name__family": CANARY}, by=owner)
    return draft


def pdf(name: str = "書類.pdf") -> SimpleUploadedFile:
    """A small PDF that the inspection takes."""
    return SimpleUploadedFile(name, b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n")
