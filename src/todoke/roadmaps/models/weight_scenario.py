"""Weight scenarios 重みの案: saved weights of the ranking, for comparison."""

from django.db import models
from django.db.models import Q

from todoke.accounts.models import User
from todoke.roadmaps.ranking import Weights


class WeightScenario(models.Model):
    """重みの案: a named set of weights for burden, feasibility, reach and cost."""

    name = models.CharField("名称", max_length=60, unique=True)
    burden = models.FloatField("負担の大きさ")
    feasibility = models.FloatField("進めやすさ")
    reach = models.FloatField("助かる人の広さ")
    cost = models.FloatField("手間の少なさ")
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="残した人")
    saved_at = models.DateTimeField("残した日時", auto_now_add=True)

    class Meta:
        verbose_name = "重みの案"
        ordering = ["saved_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(burden__gte=0, feasibility__gte=0, reach__gte=0, cost__gte=0)
                & (Q(burden__gt=0) | Q(feasibility__gt=0) | Q(reach__gt=0) | Q(cost__gt=0)),
                name="roadmaps_scenario_weighs_something",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def weights(self) -> Weights:
        """The weights as a value of the ranking."""
        return Weights(self.burden, self.feasibility, self.reach, self.cost)
