"""What the machine refuses us (a folder, a file, a disk), as sentences; what the program does wrong stays an error."""

import errno
import sqlite3

from junheng.kernel.errors import Refusal
from junheng.surfaces.cli.place import home
from junheng.surfaces.cli.server_troubles import server_trouble

WORDS = {
    errno.ENOENT: "没有这个文件或目录",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在磁盘只读",
    errno.EISDIR: "这是一个目录",
    errno.ENOTDIR: "路径中有一段不是目录",
    errno.EEXIST: "同名文件已存在",
    errno.ENOSPC: "磁盘空间不足",
    errno.EDQUOT: "磁盘配额用尽",
    errno.ENAMETOOLONG: "名称过长",
}


def reason(error: OSError) -> str:
    """Why the system would not, in Chinese where we know the word."""
    return WORDS.get(error.errno or 0) or error.strerror or type(error).__name__


def as_refusal(error: BaseException) -> Refusal | None:
    """The sentence for something the machine refused; None where the program is at fault."""
    cause = error.__cause__ if isinstance(error.__cause__, sqlite3.Error) else error
    if isinstance(cause, sqlite3.Error):
        return _of_database(str(cause))
    if (of_server := server_trouble(error)) is not None:
        return of_server
    if isinstance(error, OSError) and error.errno in WORDS:
        return Refusal(
            "home-unusable",
            "数据目录 {home} 不能使用：{file}（{reason}），没有写入任何数据。"
            "请检查目录权限和磁盘空间，或用环境变量 JUNHENG_HOME 指定另一个目录。",
            home=str(home()),
            file=str(error.filename or ""),
            reason=reason(error),
        )
    if type(error).__name__ == "ImproperlyConfigured":  # Django may not have been imported at all
        return Refusal("bad-setting", "环境变量的设置不对：{words} 请改正后再试。", words=str(error))
    return None


def _of_database(words: str) -> Refusal | None:
    if words.startswith(("no such table", "no such column")):
        return Refusal(
            "database-outdated",
            "{home} 中的数据库是旧版本建立的（{words}）。演示城市请运行 junheng demo --rebuild 重新生成。",
            home=str(home()),
            words=words,
        )
    if words.startswith(
        ("unable to open", "attempt to write a readonly", "database or disk is full", "disk I/O")
    ):
        return Refusal(
            "home-unusable",
            "数据目录 {home} 中的数据库不能读写（{words}），没有写入任何数据。"
            "请检查目录权限和磁盘空间，或用环境变量 JUNHENG_HOME 指定另一个目录。",
            home=str(home()),
            words=words,
        )
    if words.startswith("file is not a database") or "malformed" in words:
        return Refusal(
            "not-a-database",
            "{home} 中的数据库文件已损坏或不是数据库。请从备份恢复，或用环境变量 JUNHENG_HOME 指定另一个目录。",
            home=str(home()),
        )
    if words.startswith("database is locked"):
        return Refusal("database-busy", "数据库正在被另一个程序写入，没有做任何改动。请稍候再试。")
    return None
