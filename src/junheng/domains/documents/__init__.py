"""Documents with their issuers and annexes, the strands of a programme of work, and what others made known."""
