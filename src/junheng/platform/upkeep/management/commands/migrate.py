"""Django's own order, which on an empty database begins with the groundwork."""

from typing import Any

from django.core.management.commands import migrate

from junheng.platform.upkeep.groundwork import lay_groundwork

PARTLY = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune")
"""What somebody asks for who does not want all tables made."""


class Command(migrate.Command):
    """All tables, as the last migrations leave them."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        if not any(options[name] for name in PARTLY):
            lay_groundwork(using=options["database"])
        done: str | None = super().handle(*args, **options)
        return done
