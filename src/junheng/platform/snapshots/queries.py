"""Questions about snapshots: which is the newest, what does it hold, does it still hold it."""

from pathlib import Path

from junheng.kernel.datasets.snapshot import Manifest
from junheng.platform.snapshots.models import Snapshot


def current() -> Snapshot | None:
    """The newest snapshot; ``None`` before the first freeze."""
    return Snapshot.objects.order_by("-id").first()


def manifest_of(snapshot: Snapshot, *, home: Path) -> Manifest:
    """What a snapshot holds; refuses where its manifest is gone."""
    return Manifest.load(home / snapshot.manifest)


def verify(snapshot: Snapshot, *, home: Path) -> tuple[str, ...]:
    """Compute every digest again. The names of tables that are not what they were; empty if all is well.

    ``manifest`` stands among them where the manifest itself was changed.
    """
    from junheng.kernel.datasets.freezing import broken_tables  # noqa: PLC0415 — reads tables, which costs an import

    manifest = manifest_of(snapshot, home=home)
    broken = broken_tables(manifest)
    if manifest.digest == snapshot.digest or "manifest" in broken:
        return broken
    return ("manifest", *broken)
