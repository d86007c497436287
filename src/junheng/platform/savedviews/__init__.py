"""Lists as somebody wants them again: filters, columns and order under a name, for oneself or for one's office."""
