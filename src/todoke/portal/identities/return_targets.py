"""Return targets 戻り先: where a way to a provider may lead back to, by name and checked argument, never by address."""

from django.urls import NoReverseMatch, Resolver404, resolve, reverse

ARRIVAL = ("arrival", "")
NAMES = {"arrival": "", "mine": "", "identities": "", "application": "token", "case": "number", "start": "number"}
"""The pages of the portal that it may lead back to, each with its argument."""


def target_of(path: str) -> tuple[str, str]:
    """Return the target that a path of ours stands for; the arrival for any other text."""
    try:
        found = resolve(path.partition("?")[0])
    except Resolver404:
        return ARRIVAL
    name = found.url_name or ""
    if found.namespace != "portal" or name not in NAMES:
        return ARRIVAL
    return name, str(found.kwargs.get(NAMES[name], ""))


def path_of(target: tuple[str, str]) -> str:
    """Return the path of a target; of the arrival for one that no page has any more."""
    name, argument = target
    try:
        return reverse(f"portal:{name}", args=[argument] if argument else [])
    except NoReverseMatch:
        return reverse("portal:arrival")
