"""Input of the pages on which a procedure is added to the inventory, or asked for."""

from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.design.bound_choices import set_queryset
from todoke.organization.models import Department
from todoke.procedures import duplicates
from todoke.procedures.models import ListingRequest, Procedure
from todoke.procedures.permissions import LIST_PROCEDURE, REQUEST_LISTING


class ListingRequestForm(forms.ModelForm[ListingRequest]):
    """A procedure that the inventory lacks; where the inventory has one like it, the person says that it is another."""

    use_required_attribute = False
    different = forms.BooleanField(label="似た手続とは別の手続です", required=False, widget=forms.HiddenInput)

    class Meta:
        model = ListingRequest
        fields = ["title", "plain_name", "department", "filer", "rank", "law", "article", "search_words", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"note": "確かめてほしいことや、様式・件数などの分かっていること。"}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.like: list[Procedure] = []
        if not LIST_PROCEDURE.held_by(user):
            own = REQUEST_LISTING.departments_of(user)
            set_queryset(self, "department", Department.objects.filter(pk__in=[each.pk for each in own]))
            self.initial.setdefault("department", own[0].pk if own else None)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.like = duplicates.procedures_like(given["title"]) if given.get("title") else []
        if self.like and not given.get("different"):
            self.fields["different"].widget = forms.CheckboxInput()
            self.add_error("different", "似た手続が台帳にあります。見比べて、別の手続なら印を付けてください。")
        return given
