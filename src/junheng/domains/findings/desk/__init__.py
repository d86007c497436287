"""What the desk shows of findings: the deeds, what waits for whom, the steps of one, and what is overdue."""

from junheng.domains.findings.desk import deeds, official, pages, waiting

__all__ = ["deeds", "official", "pages", "waiting"]
