import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_until"),
        ("kindergartens", "0002_fees_questions_and_paper_decisions"),
    ]

    operations = [
        migrations.CreateModel(
            name="KindergartenSupport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sent", "派驻公办教师"),
                            ("training", "教师培训"),
                            ("guidance", "教研指导"),
                            ("equipment", "教玩具和图书配备"),
                            ("other", "其他扶持"),
                        ],
                        max_length=10,
                        verbose_name="扶持方式",
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        help_text="写明做了什么；不写教师和幼儿的姓名。",
                        max_length=160,
                        verbose_name="扶持内容",
                    ),
                ),
                ("begun_on", models.DateField(verbose_name="开始日")),
                (
                    "ended_on",
                    models.DateField(
                        blank=True,
                        help_text="当天仍算在内。派驻教师尚未期满的可以不填。",
                        null=True,
                        verbose_name="结束日",
                    ),
                ),
                (
                    "people",
                    models.PositiveIntegerField(
                        help_text="派驻的、参训的或受指导的教师人数；配备物品的填 0。", verbose_name="人数"
                    ),
                ),
                (
                    "hours",
                    models.PositiveIntegerField(
                        default=0, help_text="培训和教研按学时填，其他的填 0。", verbose_name="学时"
                    ),
                ),
                ("provider", models.CharField(max_length=60, verbose_name="提供单位")),
                ("number", models.CharField(blank=True, max_length=60, verbose_name="文号")),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.area",
                        verbose_name="所在区划",
                    ),
                ),
                (
                    "kindergarten",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="kindergartens.kindergarten",
                        verbose_name="幼儿园",
                    ),
                ),
            ],
            options={
                "verbose_name": "幼儿园扶持记录",
                "verbose_name_plural": "幼儿园扶持记录",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["begun_on"], name="kindergartens_support_begun")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("begun_on")),
                            _connector="OR",
                        ),
                        name="kindergartens_support_ends_after_begin",
                        violation_error_message="结束日不能早于开始日，请核对。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ended_on__isnull", False), ("kind", "sent"), _connector="OR"),
                        name="kindergartens_support_open_end",
                        violation_error_message="只有派驻教师可以没有结束日；其他扶持请写明结束日。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["sent", "training"]), _negated=True),
                            ("people__gte", 1),
                            _connector="OR",
                        ),
                        name="kindergartens_support_of_people",
                        violation_error_message="派驻教师和教师培训须写明人数。",
                    ),
                ],
            },
        ),
    ]
