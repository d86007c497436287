"""The sealed files that lie beside the database, photos and exhibits: in a backup as they are, and back all or nothing.

They stay sealed on the way, and the keys are in the rows, under the ring: a backup opens none of them. A file of a photo
that is still being sent may be longer than its row knows; what stands behind does not count (see the photo's mechanism).
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from junheng.platform.sealing.beside import FOLDER, names, shelved
from junheng.platform.upkeep.archive import PIECE, Packed, Packing, damaged
from junheng.platform.upkeep.unfinished import BEFORE, finish

PLACE = re.compile(rf"{FOLDER}/([0-9a-z]{{2}})/\1[0-9a-z]{{1,62}}")
"""Where a file may lie: no other name is read from the folder, nor believed of a backup."""
STAGING = ".restoring-"


def lying(home: Path) -> Iterator[str]:
    """The files that lie beside the database now, below the home folder; what is half written is none yet."""
    for shelf in listed(home / FOLDER):
        for name in listed(home / FOLDER / shelf):
            if PLACE.fullmatch(place := f"{FOLDER}/{shelf}/{name}"):
                yield place


def listed(folder: Path) -> list[str]:
    """The names in a folder; none where it is gone or is no folder."""
    try:
        return sorted(one.name for one in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


def carry(packing: Packing, home: Path) -> dict[str, int]:
    """Put every file into a backup; answers with their sizes. One that is destroyed meanwhile stays away."""
    sizes = {}
    for name in lying(home):
        try:
            file = (home / name).open("rb")
        except FileNotFoundError:
            continue
        with file:
            sizes[name] = packing.add_file(name, file)
    return sizes


class BroughtBack:
    """The files of a backup on their way back: laid out on the disk of their place first, and moved there at the end."""

    def __init__(self, backup: Packed, home: Path) -> None:
        self.backup, self.home = backup, home
        self.staging = home / FOLDER / f"{STAGING}{os.getpid()}"
        self.moves: list[tuple[str, bool]] = []
        """What is to be moved, and whether a file lies in its place already."""

    def lay_out(self) -> None:
        """Write out, durably, what is not in its place already. What a restore that was killed left is removed."""
        for left in (self.home / FOLDER).glob(f"{STAGING}*"):
            shutil.rmtree(left)
        for name, size in self.backup.files.items():
            if not PLACE.fullmatch(name):
                raise damaged(self.backup.name, name)
            if begins_with(self.home / name, size, self.backup.said["members"][name]):
                continue
            file = self.staging / name
            ready(file)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                for piece in self.backup.pieces(name):
                    out.write(piece)
                out.flush()
                os.fsync(out.fileno())

    def plan(self) -> list[tuple[str, bool]]:
        """What is to be moved: all but those whose keys are destroyed, which were forgotten since."""
        for _table, name in names(with_key=False):
            (self.staging / shelved(name)).unlink(missing_ok=True)
        self.moves = [(name, (self.home / name).exists()) for name in lying(self.staging)]
        return self.moves

    def settle(self) -> None:
        """Move them to their places; what lay there is kept until the end."""
        for name, there in self.moves:
            place = self.home / name
            ready(place)
            if there:
                before = self.staging / BEFORE / name
                ready(before)
                place.replace(before)
            (self.staging / name).replace(place)


@contextmanager
def brought_back(backup: Packed, home: Path) -> Iterator[BroughtBack]:
    """Bring files back together with what happens inside: where that fails, they are as they were.

    What is laid out stays until the restore is at its end: after a kill it is needed to take the files back.
    """
    files = BroughtBack(backup, home)
    try:
        yield files
    except BaseException:
        finish(home)
        shutil.rmtree(files.staging, ignore_errors=True)
        raise


def ready(place: Path) -> None:
    """Make the folder of a file, for its owner only."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def begins_with(place: Path, size: int, digest: str) -> bool:
    """Whether a file is there whose first bytes are those; a longer one is the same photo, of which more has come."""
    seen, left = hashlib.sha256(), size
    try:
        with place.open("rb") as file:
            while left and (piece := file.read(min(PIECE, left))):
                seen.update(piece)
                left -= len(piece)
    except FileNotFoundError:
        return False
    return not left and seen.hexdigest() == digest
