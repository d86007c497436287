"""Pages for those with a login: handing in, judging, comparing, results."""

from junheng.domains.works.desk import deeds, keeping, panels, waiting  # noqa: F401 — declared there
