"""Who works with partner lists, and which of them and of their pairs somebody sees."""
