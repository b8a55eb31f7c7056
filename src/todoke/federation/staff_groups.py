"""Staff groups 職員のグループ: the groups that a provider named of linked staff, and how they differ from posts.

They give nothing. An administrator reads the differences and mends the posts here or the groups there.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from todoke.accounts.models import User
from todoke.federation.identity_providers import IdentityProvider
from todoke.federation.linked_identities import LinkedIdentity
from todoke.federation.provider_word import ProviderWord
from todoke.federation.staff_arrivals import GroupMapping
from todoke.organization.models import Post, Tenure


class SeenGroup(models.Model):
    """認証元のグループ: a group that a staff provider named at the last sign-in of somebody who is linked."""

    link = models.ForeignKey(LinkedIdentity, models.CASCADE, related_name="groups", verbose_name="連携ID")
    value = models.CharField("グループの名", max_length=255)
    seen_at = models.DateTimeField("見た日時")

    class Meta:
        verbose_name = "認証元のグループ"
        ordering = ["link", "value"]
        constraints = [models.UniqueConstraint(fields=["link", "value"], name="federation_a_group_is_seen_once")]

    def __str__(self) -> str:
        return f"{self.link} {self.value}"

    @staticmethod
    @transaction.atomic
    def keep(link: LinkedIdentity, word: ProviderWord) -> None:
        """Keep the groups that a provider named now instead of those before; of staff alone."""
        if word.provider.audience != IdentityProvider.Audience.STAFF:
            return
        now = timezone.now()
        SeenGroup.objects.filter(link=link).exclude(value__in=word.groups).delete()
        named = [SeenGroup(link=link, value=value, seen_at=now) for value in dict.fromkeys(word.groups) if value]
        SeenGroup.objects.bulk_create(
            named, update_conflicts=True, unique_fields=["link", "value"], update_fields=["seen_at"]
        )


@dataclass(frozen=True)
class GroupDifference:
    """グループと職位の違い: somebody is in a group without holding its post, or holds the post and is not in it."""

    person: User
    group: str
    post: Post
    has_group: bool
    seen_at: datetime | None


def group_differences(provider: IdentityProvider) -> list[GroupDifference]:
    """Return how groups and posts of linked staff differ, by name; four queries, however many people there are.

    Who has signed in before a group was mapped is told of with the groups of that sign-in.
    """
    mappings = list(GroupMapping.objects.filter(provider=provider).select_related("post__department"))
    links = LinkedIdentity.objects.active().filter(provider=provider, user__is_active=True).select_related("user")
    known = {link.pk: link.user for link in links}
    posts, values = {each.post_id for each in mappings}, {each.value for each in mappings}
    held = set(Tenure.objects.current().filter(post__in=posts).values_list("post", "user"))
    seen: dict[str, dict[int, datetime]] = defaultdict(dict)
    for group in SeenGroup.objects.filter(link__in=known, value__in=values):
        seen[group.value][group.link_id] = group.seen_at
    found = [
        GroupDifference(person, each.value, each.post, link in seen[each.value], seen[each.value].get(link))
        for each in mappings
        for link, person in known.items()
        if (link in seen[each.value]) != ((each.post_id, person.pk) in held)
    ]
    return sorted(found, key=lambda each: (each.person.name, each.person.pk, each.group))
