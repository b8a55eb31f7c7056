"""What a page says while nothing is written."""

from django.http import HttpRequest

from todoke.runtime.read_only_mode import showing


def standing(request: HttpRequest) -> dict[str, object]:
    return {"showing_only": showing()}
