"""Questions about snapshots: which is the newest, what does it hold, does it still hold it."""

from functools import lru_cache
from pathlib import Path

from junheng.kernel.datasets.snapshot import Manifest
from junheng.platform.access.once import once_a_page
from junheng.platform.snapshots.models import Snapshot


@once_a_page
def current() -> Snapshot | None:
    """The newest snapshot; ``None`` before the first freeze."""
    return Snapshot.objects.order_by("-id").first()


def manifest_of(snapshot: Snapshot, *, home: Path) -> Manifest:
    """What a snapshot holds; refuses where its manifest is gone."""
    path = home / snapshot.manifest
    try:
        found = path.stat()
    except OSError:
        return Manifest.load(path)
    return read_manifest(path, found.st_ino, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=8)
def read_manifest(path: Path, _inode: int, _size: int, _changed: int) -> Manifest:
    """A manifest as its file says it, read once for as long as the file is the same one."""
    return Manifest.load(path)


def verify(snapshot: Snapshot, *, home: Path) -> tuple[str, ...]:
    """Compute every digest again. The names of tables that are not what they were; empty if all is well.

    ``manifest`` stands among them where the manifest itself was changed.
    """
    from junheng.kernel.datasets.freezing import broken_tables  # noqa: PLC0415 — reads tables, which costs an import

    manifest = Manifest.load(
        home / snapshot.manifest
    )  # who looks for changes believes no file that was read before
    broken = broken_tables(manifest)
    if manifest.digest == snapshot.digest or "manifest" in broken:
        return broken
    return ("manifest", *broken)
