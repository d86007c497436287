"""Hazards that somebody found, by whatever check: who remedies them by when, who checks again, and what is overdue."""
