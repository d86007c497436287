"""Snapshots: rows as their contracts want them, checked, named by a digest, and written where nothing changes them."""
