"""Provider registry 決済事業者の一覧: the provider classes by name."""

from todoke.payments.providers import simulator, stripe
from todoke.payments.providers.interface import Provider, ProviderDown
from todoke.runtime.models import is_send_blocked

PROVIDERS: dict[str, type[Provider]] = {
    simulator.NAME: simulator.Simulator,
    stripe.NAME: stripe.Stripe,
}


def provider(name: str) -> Provider:
    """Return a provider by its name. Raises KeyError for a name that is not configured.

    Raises ProviderDown in a restored copy that nobody has released: it must neither take nor refund money.
    """
    if is_send_blocked():
        raise ProviderDown("この環境は控えから戻した写しです。解除されるまで、支払は扱いません。")
    return PROVIDERS[name]()
