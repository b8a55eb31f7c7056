"""不在・委任の入力."""

from typing import Any

from django import forms
from django.db.models import Q

from todoke.accounts.models import User
from todoke.design.bound_choices import set_queryset
from todoke.design.date_fields import DateField
from todoke.organization.models import Post, Tenure


class AbsenceForm(forms.Form):
    """First and last day of an absence."""

    starts_on = DateField(label="開始日")
    ends_on = DateField(label="終了日")
    reason = forms.CharField(label="理由", max_length=100, required=False, help_text="例: 出張、休暇。")


class PostField(forms.ModelChoiceField[Post]):
    """A choice of posts, shown with their department."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class DelegationForm(forms.Form):
    """Which post is delegated to whom, until which day."""

    post = PostField(Post.objects.none(), label="委任する職位")
    to = forms.ModelChoiceField(User.objects.none(), label="委任する相手")
    starts_on = DateField(label="開始日")
    ends_on = DateField(label="終了日", help_text="この日を過ぎると、自動で終わります。")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Post.objects.filter(tenures__in=Tenure.objects.of(user).current()).select_related("department")
        staff = User.objects.filter(tenures__in=Tenure.objects.current().persons(), is_active=True).exclude(pk=user.pk)
        set_queryset(self, "post", mine)
        set_queryset(self, "to", staff.distinct().order_by("kana", "pk"))


class DeputyForm(forms.Form):
    """Which post substitutes for the holder: of the same department, of those below and of the one above."""

    post = PostField(Post.objects.none(), label="自分の職位")
    deputy = PostField(Post.objects.none(), label="代決する職位")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Post.objects.filter(tenures__in=Tenure.objects.of(user).current()).select_related("department")
        own = mine.values("department")
        around = Q(department__in=own) | Q(department__parent__in=own) | Q(department__children__in=own)
        near = Post.objects.filter(around).select_related("department").distinct()
        set_queryset(self, "post", mine)
        set_queryset(self, "deputy", near.exclude(pk__in=mine.values("pk")))
