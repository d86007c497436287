import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

import junheng.platform.sealing.fields

TAKERS = [
    ("class_teacher", "班主任"),
    ("moral_head", "德育副校长"),
    ("psychologist", "心理教师"),
    ("legal_deputy", "法治副校长"),
    ("social_worker", "社会工作者"),
    ("guardian", "监护人"),
    ("police", "公安机关"),
]
KINDS = [
    ("law_lesson", "法治教育"),
    ("instruct", "训导"),
    ("rules", "要求遵守特定的行为规范"),
    ("topic", "专题教育"),
    ("service", "校内服务活动"),
    ("counselling", "心理辅导和行为干预"),
    ("family", "家庭教育指导和家校沟通"),
    ("admonition", "训诫（公安机关作出）"),
    ("repent", "责令具结悔过（公安机关作出）"),
    ("report", "责令定期报告活动情况（公安机关作出）"),
    ("correction", "责令接受心理辅导、行为矫治（公安机关作出）"),
]
BY_POLICE = ["admonition", "repent", "report", "correction"]


class Migration(migrations.Migration):
    dependencies = [
        ("guidance", "0001_initial"),
        ("schools", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="carecase",
            name="team",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="schools.school",
                verbose_name="承办学校",
            ),
        ),
        migrations.AddField(
            model_name="carecase",
            name="number",
            field=junheng.platform.sealing.fields.SealedCharField(
                blank=True, default="", max_length=19, verbose_name="对象学籍号"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="carecase",
            name="seal",
            field=junheng.platform.sealing.fields.SubjectKeyField(verbose_name="数据密钥"),
        ),
        migrations.AddField(
            model_name="carecase",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[
                    ("reached", "达到目标"),
                    ("left", "毕业或离开本市"),
                    ("handed_over", "移交有权机关"),
                    ("unfounded", "经核查不需要建档"),
                ],
                default="",
                max_length=12,
                verbose_name="结案结果",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="carecase",
            name="erase_on",
            field=models.DateField(blank=True, null=True, verbose_name="销毁日"),
        ),
        migrations.AddField(
            model_name="carecase",
            name="erased_on",
            field=models.DateField(blank=True, null=True, verbose_name="已销毁"),
        ),
        migrations.AddField(
            model_name="careplan",
            name="level",
            field=models.CharField(
                choices=[("watch", "日常关注"), ("support", "重点帮扶"), ("joint", "多方联合帮扶")],
                default="watch",
                max_length=8,
                verbose_name="帮扶级别",
            ),
        ),
        migrations.AddField(
            model_name="careplan",
            name="step_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("better", "情况好转"),
                    ("no_effect", "措施未见成效"),
                    ("new_facts", "出现新的情况"),
                    ("advice", "专业人员建议"),
                ],
                default="",
                max_length=10,
                verbose_name="升降级理由",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="careplan",
            name="review_on",
            field=models.DateField(blank=True, null=True, verbose_name="下次评估日"),
        ),
        migrations.CreateModel(
            name="CareMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=KINDS, max_length=12, verbose_name="措施")),
                ("taker", models.CharField(choices=TAKERS, max_length=14, verbose_name="由谁采取")),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("once", "一次"),
                            ("weekly", "每周"),
                            ("fortnightly", "每两周"),
                            ("monthly", "每月"),
                        ],
                        max_length=12,
                        verbose_name="频次",
                    ),
                ),
                ("since", models.DateField(verbose_name="开始日")),
                ("until", models.DateField(blank=True, null=True, verbose_name="结束日")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("better", "完成，有改善"),
                            ("same", "完成，未见改善"),
                            ("stopped", "中止"),
                        ],
                        max_length=8,
                        verbose_name="效果",
                    ),
                ),
                (
                    "document",
                    junheng.platform.sealing.fields.SealedCharField(
                        blank=True, max_length=40, verbose_name="公安机关文书编号"
                    ),
                ),
                ("seal", junheng.platform.sealing.fields.SubjectKeyField(verbose_name="数据密钥")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="guidance.carecase",
                        verbose_name="台账",
                    ),
                ),
            ],
            options={
                "verbose_name": "一人一策措施",
                "verbose_name_plural": "一人一策措施",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True), ("until__gte", F("since")), _connector="OR"
                        ),
                        name="guidance_measure_ends_not_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", BY_POLICE), ("taker", "police")),
                            models.Q(
                                models.Q(("kind__in", BY_POLICE), _negated=True),
                                models.Q(("taker", "police"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="guidance_measure_of_police_by_police",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CareTransfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_on", models.DateField(verbose_name="提出日")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日")),
                ("accepted", models.BooleanField(default=False, verbose_name="已接收")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="guidance.carecase",
                        verbose_name="台账",
                    ),
                ),
                (
                    "to_school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="schools.school",
                        verbose_name="接收学校",
                    ),
                ),
            ],
            options={
                "verbose_name": "一人一策转接",
                "verbose_name_plural": "一人一策转接",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_on__isnull", True)),
                        fields=("case",),
                        name="guidance_transfer_one_open",
                        violation_error_message="这份台账已有一次待答复的转接。",
                    ),
                ],
            },
        ),
    ]
