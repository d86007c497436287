"""Lineage: what became of a unit that was renamed, moved, merged, split or closed, and where its rows went."""
