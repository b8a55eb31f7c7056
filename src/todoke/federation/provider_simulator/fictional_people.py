"""Fictional people 架空の人: who can be identified at the simulated providers, and what these say of them."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """架空の人: what a provider knows; nobody of this name lives at this address."""

    key: str
    name: str
    house: str
    address: str = ""
    birthdate: str = ""
    corporate_number: str = ""
    groups: tuple[str, ...] = ()

    def subject(self, client_id: str) -> str:
        """Return the pairwise subject for a client."""
        return hashlib.sha256(f"{self.house} {client_id} {self.key}".encode()).hexdigest()[:32]

    def attributes(self) -> dict[str, str]:
        """Return what the provider says besides who it is."""
        found = {
            "name": self.name, "address": self.address, "birthdate": self.birthdate,
            "corporate_number": self.corporate_number,
        }  # fmt: skip
        return {name: value for name, value in found.items() if value}


PEOPLE = {
    person.key: person
    for person in (
        Person("hanako", "佐藤 花子", "card", "みらい区中央一丁目1番1号", "1988-04-12"),
        Person("takasaki", "髙﨑 一郎", "card", "みらい区緑町二丁目3番4号", "1975-11-03"),
        Person("mai", "グエン・ティ・マイ", "card", "みらい区本町三丁目5番6号", "1996-07-21"),
        Person("shop", "みらい商店株式会社", "business", corporate_number="5000012010001"),
        Person("clerk", "職員 一人目", "staff", groups=("受付担当",)),
        Person("chief", "職員 二人目", "staff", groups=("受付担当", "課長")),
    )
}
