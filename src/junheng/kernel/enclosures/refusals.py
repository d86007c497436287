"""What is said of a file that is empty, broken, or does something by itself when it is opened."""

from junheng.kernel.errors import Refusal


class UnfitFile(Refusal):
    """A file that is not kept."""

    status = 422


def empty() -> UnfitFile:
    """The refusal of a file without a byte."""
    return UnfitFile("file-empty", "这个文件是空的（0 字节），没有存入。请重新选择文件。")


def broken(kind: str, why: str) -> UnfitFile:
    """The refusal of a file that is cut off or damaged; ``why`` is for whoever looks into it."""
    return UnfitFile(
        "file-broken",
        "这个 {kind} 文件不完整或已损坏，没有存入。请在电脑或手机上确认能打开，再传一次。（{why}）",
        kind=kind,
        why=why,
    )


def active(kind: str, what: str) -> UnfitFile:
    """The refusal of a file that would do something by itself, or carries another file inside."""
    return UnfitFile(
        "file-active",
        "这个 {kind} 文件里有会自动运行或夹带的内容（{what}），没有存入。请另存为不带这些内容的文件（如“打印为 PDF”）后再传。",
        kind=kind,
        what=what,
    )


def locked(kind: str) -> UnfitFile:
    """The refusal of a file that opens only with a password."""
    return UnfitFile("file-locked", "这个 {kind} 文件设了密码，没有存入。请去掉密码后再传。", kind=kind)
