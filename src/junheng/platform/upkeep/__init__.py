"""Upkeep of an installation: building a database aside, backup and restore, and saying what is wrong with it."""
