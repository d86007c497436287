"""Incidents at schools, kindergartens and waters: what happened, why, what is done about it, and what others learn from it."""
