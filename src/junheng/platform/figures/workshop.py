"""The engine over the newest snapshot: opened once, kept while the snapshot is the newest."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from junheng.kernel.datasets.snapshot import Manifest
from junheng.kernel.errors import NotFound
from junheng.kernel.indicators import Engine, Figure, Moment, Tables, every_indicator
from junheng.kernel.indicators.library import Library
from junheng.kernel.promises import Standing, Watch, every_promise
from junheng.kernel.rulebook import Rulebook
from junheng.kernel.values.span import Span
from junheng.platform.figures.memory import FOLDER, Memory, RememberedTables
from junheng.platform.snapshots.models import Snapshot
from junheng.platform.snapshots.queries import current, manifest_of


def rulebook() -> Rulebook:
    """The bureau's rules, found by name."""
    found = import_module(f"{settings.JUNHENG_CONTENT}.rulebook").RULEBOOK
    assert isinstance(found, Rulebook)
    return found


@lru_cache(maxsize=1)
def library() -> Library:
    """The bureau's definitions; what was compiled is kept in the installation's folder."""
    return Library(every_indicator(), settings.JUNHENG_HOME / "definitions.json")


def engine(snapshot: Snapshot | None = None) -> Engine:
    """The engine over a snapshot (the newest unless told otherwise); refuses where nothing was frozen yet."""
    found = snapshot or current()
    if found is None:
        raise NotFound("nothing-frozen", "还没有冻结过数据，无法计算。请先在“数据”页冻结一次时点数据。")
    return _engine(manifest_of(found, home=settings.JUNHENG_HOME).path)


@lru_cache(maxsize=3)
def _engine(manifest: Path) -> Engine:
    found = Manifest.load(manifest)
    memory = Memory(settings.JUNHENG_HOME / FOLDER / f"{found.digest}.json")
    return Engine(RememberedTables(found.sources, found.digests, memory=memory), rulebook(), library())


def watch(snapshot: Snapshot | None = None) -> Watch:
    """The promises over a snapshot."""
    return watch_of(engine(snapshot))


def watch_of(asked: Engine) -> Watch:
    """The promises over the tables of an engine."""
    return Watch(asked, every_promise())


def moment(as_of: date | None = None, window: Span | None = None) -> Moment:
    """The moment of a question: the installation's own day (settings.JUNHENG_AS_OF, else today) unless told."""
    return Moment(as_of or settings.JUNHENG_AS_OF or timezone.localdate(), window)


@lru_cache(maxsize=16)
def all_figures(opened: "Opened", at: Moment) -> Mapping[str, Figure]:
    """Every figure of a snapshot at a moment, computed once."""
    return {figure.id: figure for figure in opened.engine.figures(at)}


@lru_cache(maxsize=16)
def all_standings(opened: "Opened", at: Moment) -> Mapping[str, Standing]:
    """Every promise of a snapshot at a moment, asked once."""
    return {standing.id: standing for standing in Watch(opened.engine, every_promise()).standings(at)}


class Opened:
    """An engine that can be a key: the same snapshot digest is the same engine."""

    def __init__(self, digest: str, opened: Engine) -> None:
        self.digest = digest
        self.engine = opened

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Opened) and other.digest == self.digest


def opened(snapshot: Snapshot | None = None) -> Opened:
    """The newest snapshot's engine, with the digest it is remembered by."""
    found = snapshot or current()
    made = engine(found)
    assert found is not None
    return Opened(found.digest, made)


def prepare() -> None:
    """Compile every definition, ask every question of the first pages, and keep the answers, so that no page waits."""
    at = moment()
    made = opened()
    every = all_figures(made, at)
    asked = watch_of(made.engine)
    counties = sorted({cell.area for key in every for cell in made.engine.cells(key, at)})
    for key, standing in all_standings(made, at).items():
        if not standing.holds:
            for area in ("", *counties):  # whoever works in one county is told how it stands there
                asked.standing(key, at, area=area)
                asked.exceptions(key, at, limit=1, area=area)
    library().keep()
    tables = made.engine.tables
    if isinstance(tables, RememberedTables) and tables.memory is not None:
        tables.memory.keep()


def warm() -> None:
    """Take from the shelf what the first pages show. For a process that is about to serve."""
    if current() is not None:
        at, made = moment(), opened()
        all_figures(made, at)
        all_standings(made, at)


def forgetful(known: Engine) -> Engine:
    """An engine over the same frozen tables that computes every answer anew."""
    return Engine(Tables(known.tables.sources, known.tables.digests), rulebook(), library())


def misremembered() -> tuple[str, ...]:
    """The figures whose remembered answer is not what the frozen tables say when they are asked anew."""
    at, made = moment(), opened()
    fresh = forgetful(made.engine)
    kept = {figure.id: figure for figure in made.engine.figures(at)}
    return tuple(figure.id for figure in fresh.figures(at) if figure != kept[figure.id])
