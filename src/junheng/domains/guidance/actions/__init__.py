"""Deeds about sealed cases: open with a plan, review, renew, measures, hand over to another school, close, forget."""
