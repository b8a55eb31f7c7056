"""認証元: who identifies residents, businesses and staff; groups, arrivals and links of staff."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from todoke.federation import sign_in
from todoke.federation.models import GroupMapping, IdentityProvider, LinkedIdentity, StaffArrival
from todoke.federation.permissions import REGISTER_PROVIDER
from todoke.federation.sign_out import return_address as signed_out_address
from todoke.federation.staff_groups import group_differences
from todoke.office.organization.forms.providers import ArrivalForm, MappingForm, ProviderForm
from todoke.runtime.links import absolute
from todoke.web.actions import action, cleaned
from todoke.web.permission_check import staff
from todoke.web.recent_factor import requires_recent_factor

MOST = 200


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    staff(request, REGISTER_PROVIDER)
    context = {"providers": IdentityProvider.objects.all(), "form": ProviderForm()}
    return render(request, "office/providers/index.html", context)


@requires_recent_factor
@action("office:providers")
def registration(request: HttpRequest) -> str:
    by = staff(request, REGISTER_PROVIDER)
    IdentityProvider.register(by=by, **cleaned(ProviderForm(request.POST)))
    return "認証元を登録しました。次に「つながりを確かめる」を押してください。"


@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was registered, what the provider has to be told of us, and for staff who came."""
    staff(request, REGISTER_PROVIDER)
    provider = get_object_or_404(IdentityProvider, slug=slug)
    open_arrivals = provider.arrivals.filter(settled_at=None)
    links = LinkedIdentity.objects.active().filter(provider=provider).select_related("user")
    context = {
        "provider": provider, "form": ProviderForm(instance=provider), "mapping_form": MappingForm(),
        "mappings": provider.mappings.select_related("post__department"),
        "arrivals": [(one, ArrivalForm(auto_id=f"a{one.pk}_%s")) for one in open_arrivals],
        "links": links.order_by("user__name", "pk") if provider.audience == "staff" else [],
        "count": links.count(), "return_address": sign_in.return_address(provider),
        "keys_address": absolute("portal:client-keys", slug),
        "logout_address": absolute("portal:provider-logout", slug), "signed_out_address": signed_out_address(),
    }  # fmt: skip
    return render(request, "office/providers/show.html", context)


def _named(slug: str) -> IdentityProvider:
    return get_object_or_404(IdentityProvider, slug=slug)


@requires_recent_factor
@action("office:provider", "slug")
def change(request: HttpRequest, slug: str) -> str:
    by, provider = staff(request, REGISTER_PROVIDER), _named(slug)
    provider.edit(by=by, **cleaned(ProviderForm(request.POST, instance=_named(slug))))
    return "認証元を直しました。"


@action("office:provider", "slug")
def connection(request: HttpRequest, slug: str) -> str:
    staff(request, REGISTER_PROVIDER)
    provider = _named(slug)
    provider.read_metadata()
    provider.keys_after_change()
    return "認証元とつながりました。設定と鍵を読みました。"


@requires_recent_factor
@action("office:provider", "slug")
def suspension(request: HttpRequest, slug: str) -> str:
    _named(slug).suspend(by=staff(request, REGISTER_PROVIDER))
    return "認証元を止めました。この認証元によるログインは、すべて終わりました。"


@requires_recent_factor
@action("office:provider", "slug")
def resumption(request: HttpRequest, slug: str) -> str:
    _named(slug).resume(by=staff(request, REGISTER_PROVIDER))
    return "認証元を、また使えるようにしました。"


@requires_recent_factor
@action("office:provider", "slug")
def mapping(request: HttpRequest, slug: str) -> str:
    by = staff(request, REGISTER_PROVIDER)
    GroupMapping.register(_named(slug), by=by, **cleaned(MappingForm(request.POST)))
    return "グループの対応を登録しました。権限は増えません。"


@requires_recent_factor
@action("office:provider", "slug")
def mapping_removal(request: HttpRequest, slug: str, pk: int) -> str:
    by = staff(request, REGISTER_PROVIDER)
    get_object_or_404(GroupMapping, provider__slug=slug, pk=pk).remove(by=by)
    return "グループの対応を取り消しました。"


@require_GET
def differences(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where groups at the provider and posts here differ."""
    staff(request, REGISTER_PROVIDER)
    provider = get_object_or_404(IdentityProvider, slug=slug, audience=IdentityProvider.Audience.STAFF)
    found = group_differences(provider)
    context = {"provider": provider, "differences": found[:MOST], "count": len(found), "most": MOST}
    return render(request, "office/providers/differences.html", context)


@requires_recent_factor
@action("office:provider", "slug")
def joining(request: HttpRequest, slug: str, pk: int) -> str:
    by = staff(request, REGISTER_PROVIDER)
    arrival = get_object_or_404(StaffArrival, provider__slug=slug, pk=pk)
    arrival.join(cleaned(ArrivalForm(request.POST))["email"], by=by)
    return "職員につなぎました。次から、この認証元でログインできます。"


@requires_recent_factor
@action("office:provider", "slug")
def dismissal(request: HttpRequest, slug: str, pk: int) -> str:
    by = staff(request, REGISTER_PROVIDER)
    get_object_or_404(StaffArrival, provider__slug=slug, pk=pk).dismiss(by=by)
    return "つながないことにしました。"


@requires_recent_factor
@action("office:provider", "slug")
def withdrawal(request: HttpRequest, slug: str, pk: int) -> str:
    by = staff(request, REGISTER_PROVIDER)
    of_staff = LinkedIdentity.objects.active().filter(provider__audience=IdentityProvider.Audience.STAFF)
    get_object_or_404(of_staff.select_related("user"), provider__slug=slug, pk=pk).withdraw(by=by)
    return "連携を切りました。この認証元によるログインは終わりました。"
