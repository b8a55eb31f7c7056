"""Token refusals トークンのお断り: why an answer of a provider is not accepted; two kinds, so two pages.

What a provider wrote is never shown or logged: ``reason`` is ours, and only the audit entry holds it.
"""

from django.utils.translation import gettext, gettext_noop

from todoke.runtime.refusals import Refused

_NOT_ACCEPTED = gettext_noop(
    "本人確認の結果を受け取れませんでした。ログインも申請も、まだ何も変わっていません。はじめのページから、もう一度試してください。"
)
_TRY_LATER = gettext_noop(
    "本人確認のサービスが、いま応答しません。まだ何も変わっていません。少したってから試すか、ほかの方法を選んでください。"
)


class NotAccepted(Refused):
    """受け取れない結果: the answer of a provider does not pass the checks; nobody is signed in."""

    status = 403
    template = "portal/identities/refused.html"

    def __init__(self, reason: str, *, said: str = "", link: str = "") -> None:
        super().__init__(said or gettext(_NOT_ACCEPTED), link=link)
        self.reason = reason


class KeyUnknown(NotAccepted):
    """知らない鍵: no key of the provider fits the token's header; its keys may have changed."""


class TryLater(Refused):
    """応答しない認証元: the provider is down, slow or answers what no provider answers."""

    status = 503
    retry_after = 60
    template = "portal/identities/refused.html"

    def __init__(self, reason: str) -> None:
        super().__init__(gettext(_TRY_LATER))
        self.reason = reason
