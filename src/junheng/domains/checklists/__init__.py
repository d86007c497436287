"""Checklists: the clauses of a regulation as items that everybody inspects by, in versions that never change."""
