"""Required level 必要な本人確認: whether a person has shown enough for an act on an application of a release."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any, NamedTuple, Protocol

from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from todoke.accounts.actors import Actor, System, user_of
from todoke.accounts.models import User
from todoke.accounts.session_assurance import NOBODY, PASSWORD, SessionAssurance
from todoke.cases.models.status import Channel
from todoke.federation.levels import Act, Assurance, Authentication, Need, Proof, assurance_of, is_met, needs
from todoke.federation.models import IdentityCheck
from todoke.japanese.calendar import business_date
from todoke.offers.models import Release
from todoke.runtime.refusals import NotAllowed

FILLING = frozenset({Act.BEGIN, Act.SAVE, Act.UPLOAD, Act.PRICE, Act.SEND})
UNKNOWN_AGE = datetime(1970, 1, 1, tzinfo=UTC)


class LevelTooLow(NotAllowed):
    """本人確認の不足: the act needs a stronger identification; ``ways`` are those of which one suffices.

    ``unclaimed`` is the token of a draft that no account holds.
    """

    def __init__(
        self, release: Release, ways: Collection[Need], held: Assurance, *, by_staff: bool, unclaimed: str, link: str
    ) -> None:
        super().__init__(_SAID_TO_STAFF if by_staff else gettext(_SAID), link=link)
        self.release, self.ways, self.held, self.unclaimed = release, ways, held, unclaimed

    @property
    def asks_to_sign_in(self) -> bool:
        """Whether the person is not signed in to the account that the application belongs to."""
        return not any(shown.level >= PASSWORD for shown in self.held.authentications) or not self.held.proofing

    @property
    def asks_for_second_factor(self) -> bool:
        """Whether a second factor, used now, would be a step towards one of the ways."""
        return not self.asks_to_sign_in and any(need.authentication == 2 for need in self.ways)

    @property
    def asks_for_documents(self) -> bool:
        """Whether the office has to see documents once."""
        return any(need.way == "document" and self.held.proofing < need.proofing for need in self.ways)

    @property
    def names_the_card(self) -> bool:
        """Whether the card is one of the ways."""
        return any(need.way == "card" for need in self.ways)


_SAID = gettext_noop("この手続には本人確認が必要です。まだ受け付けていません。これまでに保存した内容は残っています。")
_SAID_TO_STAFF = (
    "この手続には、申請者の本人確認が必要です。まだ受け付けていません。窓口で本人確認書類を見るか、"
    "届いた写しを確かめて、確かめ方を選んでから入力をはじめてください。"
)


class Application(Protocol):
    """申請: a draft or a case, as far as its level is concerned."""

    release: Any
    submission: Any
    applicant_id: int | None
    channel: str


def require_level(
    of: Application, act: Act, *, by: Actor, session: SessionAssurance | None = None, at: datetime | None = None,
    back: str = "",
) -> None:  # fmt: skip
    """Require the level that an act on a draft or case needs (必要な本人確認). Raises LevelTooLow.

    ``session`` is what the person's session has shown; without it, an account counts as signed in by password and a
    guest as nobody. What staff enter is measured by the identity checks recorded for it, and its fee is paid by whoever
    was given the link. Input that the system replays is that of the ``session`` that is passed. Costs no query, or one
    where documents or a card are asked. The refusal leads to ``back``, a path.
    """
    if of.channel != Channel.WEB:
        if act is Act.PAY:
            return
        act = Act.ENTER if act in FILLING else act
    user = user_of(by)
    is_own = of.applicant_id is not None and (
        isinstance(by, System) or (user is not None and user.pk == of.applicant_id)
    )
    _require(_Attempt(of.release, act, of, user if is_own else None, is_own), session or _session_of(by), at, back)


def require_level_to_begin(
    release: Release, *, by: Actor, session: SessionAssurance | None = None, back: str = ""
) -> None:
    """Require the level at which an application online may begin; as ``require_level``. Raises LevelTooLow."""
    user = user_of(by)
    _require(_Attempt(release, Act.BEGIN, None, user, user is not None), session or _session_of(by), None, back)


class _Attempt(NamedTuple):
    release: Release
    act: Act
    of: Application | None
    user: User | None
    is_own: bool


def _session_of(by: Actor) -> SessionAssurance:
    return SessionAssurance(PASSWORD if isinstance(by, User) else NOBODY)


def _require(attempt: _Attempt, session: SessionAssurance, at: datetime | None, back: str) -> None:
    at = at or timezone.now()
    wanted = needs(attempt.release.identity, attempt.act, business_date(at))
    if any((need.authentication, need.proofing) == (0, 0) for need in wanted):
        return
    entering = attempt.act is Act.ENTER
    shown = [] if entering else [one for one in (session, *session.weaker) if one.level]
    held = assurance_of(
        [Authentication(one.level, one.at or UNKNOWN_AGE) for one in shown],
        _checks(attempt, at) if not attempt.is_own or all(need.proofing > 1 for need in wanted) else [],
        declared=attempt.is_own,
    )
    if not is_met(wanted, held, at):
        is_guests = attempt.of is not None and attempt.act in FILLING and attempt.of.applicant_id is None
        unclaimed = attempt.of.submission.token if attempt.of is not None and is_guests else ""
        raise LevelTooLow(attempt.release, wanted, held, by_staff=entering, unclaimed=unclaimed, link=back)


def _checks(attempt: _Attempt, at: datetime) -> list[Proof]:
    token = attempt.of.submission.token if attempt.of is not None else ""
    found = IdentityCheck.objects.valid(at).of(user=attempt.user, draft_token=token)
    return found.proofs(entering=attempt.act is Act.ENTER)
