import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """The tables of programmes and grants that the payments made; nothing is changed in the database."""

    dependencies = [
        ("payments", "0007_points_to_their_room"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="PointProgram",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=16, unique=True, verbose_name="事業コード")),
                        ("title", models.CharField(max_length=100, verbose_name="事業名")),
                        (
                            "points",
                            models.PositiveIntegerField(help_text="1ポイントは1円", verbose_name="付与ポイント"),
                        ),
                        ("starts_on", models.DateField(verbose_name="付与の初日")),
                        ("ends_on", models.DateField(verbose_name="付与の末日")),
                        ("expires_on", models.DateField(verbose_name="有効期限")),
                    ],
                    options={
                        "db_table": "payments_pointprogram",
                        "verbose_name": "ポイント事業",
                        "ordering": ["-starts_on", "code"],
                        "constraints": [
                            models.CheckConstraint(condition=Q(points__gt=0), name="payments_program_gives_something"),
                            models.CheckConstraint(
                                condition=Q(ends_on__gte=F("starts_on"), expires_on__gte=F("ends_on")),
                                name="payments_program_days_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PointGrant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="付与番号")),
                        (
                            "resident_hash",
                            models.CharField(blank=True, max_length=40, verbose_name="宛名番号(読めない形)"),
                        ),
                        ("points", models.PositiveIntegerField(verbose_name="付与ポイント")),
                        ("left", models.PositiveIntegerField(verbose_name="残り")),
                        ("granted_on", models.DateField(verbose_name="付与日")),
                        ("expires_on", models.DateField(verbose_name="有効期限")),
                        ("expired_on", models.DateField(blank=True, null=True, verbose_name="失効日")),
                        (
                            "cancelled_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="取り消した日時"),
                        ),
                        (
                            "cancel_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="取消しの理由"),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to="points.pointprogram",
                                verbose_name="事業",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="point_grants",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="利用者",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "payments_pointgrant",
                        "verbose_name": "ポイントの付与",
                        "ordering": ["-granted_on", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=["program", "user"],
                                condition=Q(cancelled_at=None),
                                name="payments_one_grant_per_account",
                            ),
                            models.UniqueConstraint(
                                fields=["program", "resident_hash"],
                                condition=Q(cancelled_at=None) & ~Q(resident_hash=""),
                                name="payments_one_grant_per_resident",
                            ),
                            models.CheckConstraint(
                                condition=Q(user__isnull=False) | ~Q(resident_hash=""),
                                name="payments_grant_has_a_holder",
                            ),
                            models.CheckConstraint(
                                condition=Q(cancelled_at=None) | (Q(left=0) & ~Q(cancel_reason="")),
                                name="payments_cancelled_with_reason",
                            ),
                            models.CheckConstraint(
                                condition=Q(left__lte=F("points")), name="payments_points_left_within_grant"
                            ),
                        ],
                        "indexes": [models.Index(fields=["expires_on", "left"], name="payments_points_expiry")],
                    },
                ),
            ]
        )
    ]
