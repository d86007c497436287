"""Questions about patrols: the norm in force, compliance of any weeks, what waits for whom, and what pages show."""
