"""Pages of the office: the clerk's checks and appeals (``checks``)."""

from junheng.domains.registrations.desk import checks, waiting

__all__ = ["checks", "waiting"]
