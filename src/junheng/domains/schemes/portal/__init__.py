"""Public pages: schemes and their lists, objections, certificates."""
