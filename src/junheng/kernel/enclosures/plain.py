"""Words that were written without a program for writing: UTF-8, or what computers in China wrote before it."""

from junheng.kernel.enclosures.refusals import broken, empty


def words_in_plain(data: bytes) -> str:
    r"""The words.

    >>> words_in_plain("春天来了".encode("gb18030")), words_in_plain("\ufeff春天\r\n来了".encode())
    ('春天来了', '春天\n来了')
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            words = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise broken("文本", "neither UTF-8 nor GB 18030")
    words = "\n".join(words.splitlines()).strip()
    if not words:
        raise empty()
    if any(ord(one) < 32 and one not in "\n\t" for one in words):
        raise broken("文本", "control characters")
    return words
