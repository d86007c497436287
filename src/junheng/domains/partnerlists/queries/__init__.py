"""Questions to partner lists: what changed since the last version, what waits, who is found."""
