"""The cast: people and places of the tests, made by calling domain verbs; no random values."""

from datetime import date
from typing import TypeVar

from django.test import Client

from todoke.accounts.models import User
from todoke.organization.models import Department, Post, Tenure

Something = TypeVar("Something")
LONG_AGO = date(2020, 4, 1)


def present(value: Something | None) -> Something:
    """The value of a relation or search that may be empty and must not be here."""
    assert value is not None
    return value


def resident(name: str = "山田 花子", email: str = "hanako@example.jp") -> User:
    return User.objects.create_user(email, "correct horse", name=name)


def department(name: str = "戸籍住民課", code: str = "1010") -> Department:
    return Department.objects.get_or_create(code=code, defaults={"name": name})[0]


def staff(
    name: str = "佐藤 係員",
    email: str = "clerk@example.lg.jp",
    role: str = Post.Role.CLERK,
    section: Department | None = None,
    since: date = LONG_AGO,
    until: date | None = None,
) -> User:
    """A person who holds a post of a role in a section."""
    section = section or department()
    user = User.objects.create_user(email, "correct horse", name=name)
    label = f"{Post.Role(role).label}{section.posts.count() + 1}"
    post = Post.objects.create(department=section, title=label, role=role)
    Tenure.objects.create(post=post, user=user, starts_on=since, ends_on=until)
    return user


def clerk(section: Department | None = None) -> User:
    return staff(section=section)


def signed_in(person: User) -> Client:
    """A browser in which a person has signed in already."""
    client = Client()
    client.force_login(person)
    return client


def keeper() -> User:
    """Whoever keeps the rules about records and approval routes."""
    return staff("林 文書", "records@example.lg.jp", Post.Role.RECORDS, department("総務課", "2001"))


def headquarters() -> User:
    return staff("吉田 本部", "dx@example.lg.jp", Post.Role.HEADQUARTERS, department("DX推進課", "1002"))


def chief(section: Department | None = None) -> User:
    return staff("鈴木 課長", "chief@example.lg.jp", Post.Role.CHIEF, section)
