"""The pupils' number takes a sealed text, and the columns that follow from it stand beside; sealing comes next."""

from typing import Any

import junheng.platform.sealing.fields
import junheng.platform.sealing.following
from django.db import migrations

from junheng.platform.sealing.migrating import overwrite


def overwrite_what_is_freed(apps: Any, schema_editor: Any) -> None:
    """The tables that are taken down here hold identity numbers in plain words."""
    overwrite(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("pupils", "0003_consents"),
    ]

    operations = [
        migrations.RunPython(overwrite_what_is_freed, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="pupil", name="pupils_pupil_code_since"),
        migrations.AddField(
            model_name="pupil",
            name="code_blind",
            field=junheng.platform.sealing.following.BlindIndexField(
                db_index=False, null=True, of="code", verbose_name="学籍号（查找用）"
            ),
        ),
        migrations.AddField(
            model_name="pupil",
            name="code_tells",
            field=junheng.platform.sealing.following.ToldField(
                max_length=9, of="code", verbose_name="学籍号所示生日和性别"
            ),
        ),
        migrations.AlterField(
            model_name="pupil",
            name="code",
            field=junheng.platform.sealing.fields.SealedCharField(max_length=19, verbose_name="学籍号"),
        ),
    ]
