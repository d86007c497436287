"""Audit: who did what, when, why, and what it was before. Entries are only ever added, and chained by hash."""
