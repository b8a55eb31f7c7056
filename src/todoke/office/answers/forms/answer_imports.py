"""Forms of the import of answers: which table for which service, and where each column goes."""

from collections.abc import Sequence
from typing import Any

from django import forms

from todoke.accounts.models import User
from todoke.cases.models.querysets import departments_worked_in
from todoke.cases.models.status import Channel
from todoke.design.column_choices import ColumnChoices
from todoke.integrations.imports.column_targets import ColumnTarget
from todoke.integrations.models import AnswerImport, ColumnMapping
from todoke.offers.models import Offer


class OfferOfSection(forms.ModelChoiceField[Offer]):
    """A choice of offers by procedure."""

    def label_from_instance(self, obj: Offer) -> str:
        """Return the title of the procedure."""
        return obj.procedure.title


class AnswerImportForm(forms.Form):
    """A table and the service that its answers are for."""

    use_required_attribute = False
    offer = OfferOfSection(Offer.objects.none(), label="取り込む先の手続", empty_label="選んでください")
    file = forms.FileField(
        label="CSV または Excel(.xlsx)のファイル", widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.xlsx"}),
        help_text="ほかの申請フォームから書き出した、見出しのある回答の表。文字コードは UTF-8 か Shift_JIS。",
    )  # fmt: skip
    channel = forms.ChoiceField(
        label="受付経路", choices=AnswerImport.CHANNELS, initial=Channel.PARTNER,
        help_text="取り込んだ申請の受付経路になります。",
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = Offer.objects.filter(department__in=departments_worked_in(user).values("pk"))
        field = self.fields["offer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = offers.select_related("procedure").order_by("procedure__title")


class ColumnsForm(ColumnChoices):
    """A choice for each column of a table of answers: an input of the form, or not to take it."""

    def __init__(
        self,
        *args: Any,
        mapping: ColumnMapping,
        targets: Sequence[ColumnTarget],
        samples: dict[str, str],
        **kwargs: Any,
    ) -> None:
        columns = [(column.position, column.heading, column.target) for column in mapping.columns.all()]
        choices = [(target.name, target.label) for target in targets]
        super().__init__(*args, columns=columns, choices=choices, samples=samples, **kwargs)
