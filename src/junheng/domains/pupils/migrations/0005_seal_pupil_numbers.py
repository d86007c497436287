"""Every pupil's number is sealed: in batches, each a transaction of its own, so that a killed run goes on."""

from typing import Any

from django.db import migrations

from junheng.kernel.values.identity import birthday_and_sex
from junheng.platform.sealing import blind
from junheng.platform.sealing.migrating import leave_nothing, overwrite, seal_column


def seal_rows(apps: Any, schema_editor: Any) -> None:
    """Older entries of the audit cannot be rewritten: the chain would not hold."""
    connection = schema_editor.connection
    overwrite(connection)
    follows = {"code_blind": blind, "code_tells": birthday_and_sex}
    if seal_column(connection, "pupils_pupil", "code", key="seal", follows=follows):
        leave_nothing(connection, "pupils_pupil")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("pupils", "0004_pupil_numbers_beside"),
    ]

    operations = [
        migrations.RunPython(seal_rows, migrations.RunPython.noop),
    ]
