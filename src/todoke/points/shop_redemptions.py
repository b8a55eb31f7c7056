"""Shop redemptions 店での利用: a use by card and PIN or by one-time code, however often the shop's page sends it."""

from django.utils.translation import gettext

from todoke.accounts.actors import Actor
from todoke.accounts.rate_limits import RateLimit, TooOften, hit
from todoke.japanese.calendar import today
from todoke.points.models import FraudAlert, Merchant, PaymentCode, PointCard, PointHolder, Redemption
from todoke.runtime.refusals import Conflict, Refused

WRONG_CODES = RateLimit("wrong payment codes of a shop", 20, 600)


def use_card(merchant: Merchant, points: int, *, key: str, number: str, pin: str, by: Actor) -> Redemption:
    """Use points by card and PIN; the same key again returns the same use.

    Raises Refused for an unknown card, a wrong PIN or a locked card, and what ``Redemption.take`` refuses.
    """
    if done := Redemption.known(merchant, key, points):
        return done
    card = PointCard.in_use(number)
    if card is None:
        raise Refused(
            gettext(
                "このカードは使えません。番号を確かめてください。新しいカードを渡された方は、新しいほうを使います。"
            )
        )
    if not card.accepts(pin):
        raise _wrong_pin(card, merchant)
    return _take(merchant, points, key, Redemption.Means.CARD, card.holder, by)


def use_code(merchant: Merchant, points: int, *, key: str, code: str, by: Actor) -> Redemption:
    """Use points by the one-time code of a resident's page; the same key again returns the same use.

    Raises TooOften after many wrong codes, Refused for a wrong, used or old code, and what ``Redemption.take`` refuses.
    """
    if done := Redemption.known(merchant, key, points):
        return done
    if (holder := PaymentCode.redeem(code)) is None:
        if done := Redemption.known(merchant, key, points):
            return done
        if not hit(WRONG_CODES, merchant.number):
            raise TooOften
        raise Refused(
            gettext(
                "この支払番号は使えません。60秒を過ぎたか、もう使われています。新しい番号を出してもらってください。"
            )
        )
    return _take(merchant, points, key, Redemption.Means.CODE, holder, by)


def _take(
    merchant: Merchant, points: int, key: str, means: Redemption.Means, holder: PointHolder, by: Actor
) -> Redemption:
    """Use the points; of two requests with one key the second gets the use of the first."""
    try:
        return Redemption.take(merchant, holder, points, key=key, means=means, by=by)
    except Conflict:
        if done := Redemption.known(merchant, key, points):
            return done
        raise


def _wrong_pin(card: PointCard, merchant: Merchant) -> Refused:
    """Return the sentence for a wrong PIN; the last try tells the office."""
    card.refresh_from_db()
    if card.is_locked:
        FraudAlert.objects.get_or_create(
            kind=FraudAlert.Kind.GUESSED, merchant=merchant, holder=card.holder, day=today()
        )
        said = gettext("暗証番号を5回まちがえたので、このカードは止まっています。窓口で新しい暗証番号を受け取れます。")
        return Refused(said)
    left = PointCard.TRIES - card.pin_tries
    return Refused(gettext("暗証番号がちがいます。何も使っていません。あと%(left)s回試せます。") % {"left": left})
