"""Pages of the aid officer: the lists, taking one in, and the pairs that wait."""
