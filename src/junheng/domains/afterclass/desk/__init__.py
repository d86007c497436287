"""What the school and the county do about after-class service at the desk. Deeds are declared by being imported."""

from junheng.domains.afterclass.desk import deeds, waiting

__all__ = ["deeds", "waiting"]
