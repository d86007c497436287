"""Questions about tips: their codes, their like, what citizens are told, and what waits."""
