"""Pages of the officer who takes tips in, and deeds of the offices that deal with them."""

from junheng.domains.tips.desk import deeds, inbox, official, overview, waiting

__all__ = ["deeds", "inbox", "official", "overview", "waiting"]
