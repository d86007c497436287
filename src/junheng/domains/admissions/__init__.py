"""Children admitted to grade 1 or 7: who, where from, and why there."""
