"""The name of a child, out of its sealed form."""

import json

from junheng.domains.registrations.models import Application


def child_name(application: Application) -> str:
    """The name that the family wrote down; a dash once the form was destroyed."""
    details = str(application.details)
    told = json.loads(details) if details.startswith("{") else {}
    return str(told.get("name") or "—")[:40]
