"""The door of the house: whoever works in it keeps it open, and only who finds nobody in may change the database for another.

Pages, workers and commands each hold a shared lock on one file of the home folder as long as they live; restoring and
building hold it alone. The lock goes away with its holder, however that ends. Another database in the place of the one
that is being written to would lose what was written last, and what a process remembers would be of a house that is gone.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from junheng.kernel.errors import Conflict
from junheng.platform.upkeep.unfinished import finish, read_note

FILE = "house.lock"
_held: dict[Path, int] = {}
_alone: set[Path] = set()


def enter(home: Path) -> None:
    """Be in the house from now on, until this process ends. Refuses while another database is being put in place.

    A restore that was broken off is ended first. Then this process is refused all the same: what it read of the house when
    it began may be of the old one.
    """
    place = home.absolute()
    if place in _held:
        return
    if read_note(place) is not None:
        with nobody_else(place):
            pass
        raise Conflict(
            "restore-ended",
            "上次恢复备份中途被打断，现在已经收尾：数据和文件属于同一份。请再启动一次，并运行 junheng doctor 检查。",
        )
    handle = _opened(place)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise Conflict(
            "house-is-closed",
            "正在恢复备份或重新生成数据，暂时不能使用系统，没有做任何改动。请等它完成后再试。",
        ) from None
    _held[place] = handle


def is_in(home: Path) -> bool:
    """Whether this process is in the house already."""
    return home.absolute() in _held


@contextmanager
def nobody_else(home: Path) -> Iterator[None]:
    """Have the house to oneself. Refuses where anybody else is in it, before anything is done.

    A restore that was broken off is ended before anything else. Whoever has the house to himself may ask again.
    """
    place = home.absolute()
    if place in _alone:
        yield
        return
    ours = place in _held
    handle = _held[place] if ours else _opened(place)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        if ours:
            fcntl.flock(handle, fcntl.LOCK_SH)
        else:
            os.close(handle)
        raise Conflict(
            "house-is-open",
            "系统正在使用（网页服务、后台任务或其他命令正在运行），没有做任何改动。"
            "请先停止它们（systemctl stop junheng junheng-worker，演示城市按 Ctrl-C），再试一次。",
        ) from None
    _alone.add(place)
    try:
        finish(place)
        yield
    finally:
        _alone.discard(place)
        if ours:
            fcntl.flock(handle, fcntl.LOCK_SH)
        else:
            os.close(handle)


def _opened(home: Path) -> int:
    """The file; a lock needs no right to write, so it does not matter who made it."""
    home.mkdir(parents=True, exist_ok=True)
    return os.open(home / FILE, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
