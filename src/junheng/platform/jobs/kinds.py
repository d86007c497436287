"""Which kinds of jobs there are: each declared beside what it does, with ``@job``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from junheng.platform.jobs.models import Job
from junheng.platform.jobs.progress import Progress

Deed = Callable[[], dict[str, Any]]
"""What a job does to the records: called once, in the transaction that also writes that the job is done."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a kind is told: the job, the moment it was begun, and where to say how far it is."""

    job: Job
    at: datetime
    progress: Progress


@dataclass(frozen=True, slots=True)
class Nightly:
    """That a kind is done once a day without being ordered: from which hour (Asia/Shanghai), and its name for people."""

    hour: int
    title: str | Promise

    def __post_init__(self) -> None:
        if not 0 <= self.hour <= 23:
            raise ValueError(f"{self.hour} is no hour of the day")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of job.

    ``prepare`` does what changes nothing (reads the file, makes the other file) and answers with the deed. ``lead``
    says where the owner sees what came of it; ``may_fetch`` refuses a result's file to an owner whose rights ended.
    ``nightly`` has workers do it once a day by themselves, as nobody's job.
    """

    name: str
    prepare: Callable[[Work], Deed]
    lead: Callable[[Job], str] | None = None
    may_fetch: Callable[[Job, datetime], None] | None = None
    nightly: Nightly | None = None


_KINDS: dict[str, Kind] = {}


def job(
    name: str,
    *,
    lead: Callable[[Job], str] | None = None,
    may_fetch: Callable[[Job, datetime], None] | None = None,
    nightly: Nightly | None = None,
) -> Callable[[Callable[[Work], Deed]], Callable[[Work], Deed]]:
    """Declare a kind of job. The name is stored in rows and never changes."""

    def declare(prepare: Callable[[Work], Deed]) -> Callable[[Work], Deed]:
        if name in _KINDS:
            raise ValueError(f"two kinds of jobs are called {name}")
        _KINDS[name] = Kind(name, prepare, lead, may_fetch, nightly)
        return prepare

    return declare


def kind_called(name: str) -> Kind:
    """The kind of that name. A stored job whose kind is gone is a mistake of a release, told as one."""
    return _KINDS[name]


def every_kind() -> dict[str, Kind]:
    """All kinds by name."""
    return dict(_KINDS)
