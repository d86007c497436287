"""Questions about admissions and their plans."""
