"""What people do about cases at the desk, and what waits for whom. Deeds and panels are declared by being imported."""

from junheng.domains.governance.desk import deeds, fees, files, keeping, waiting

__all__ = ["deeds", "fees", "files", "keeping", "waiting"]
