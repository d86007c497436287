"""延长办案期限: a row of its own beside the last day that was moved."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0002_until"),
        ("governance", "0003_fee_charges"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("file", "核查线索、决定立案"),
                            ("decide", "作出决定"),
                            ("serve", "送达决定"),
                            ("pay", "缴纳罚款"),
                            ("refund", "退费完毕"),
                            ("revisit", "复查"),
                            ("close", "结案"),
                            ("answer", "移送回告"),
                        ],
                        max_length=10,
                        verbose_name="事项",
                    ),
                ),
                ("was_due_on", models.DateField(verbose_name="原截止日")),
                ("due_on", models.DateField(verbose_name="延长后截止日")),
                ("on", models.DateField(verbose_name="批准日")),
                ("document", models.CharField(max_length=60, verbose_name="批准文书号")),
                ("reason", models.CharField(max_length=200, verbose_name="延长理由")),
                ("rule", models.CharField(max_length=60, verbose_name="依据规则")),
                ("statutory", models.BooleanField(default=False, verbose_name="法定期限")),
                ("approved_by", models.CharField(max_length=60, verbose_name="批准人")),
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="governance.case",
                        verbose_name="案件",
                    ),
                ),
            ],
            options={
                "verbose_name": "办案延期",
                "verbose_name_plural": "办案延期",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "what", "was_due_on"),
                        name="governance_extension_once",
                        violation_error_message="这个期限已经延长过。",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__gt", models.F("was_due_on")), ("on__lte", models.F("was_due_on"))
                        ),
                        name="governance_extension_is_longer",
                        violation_error_message="延长须在原截止日之前批准，延长后的截止日须晚于原截止日。",
                    ),
                ],
            },
        ),
    ]
