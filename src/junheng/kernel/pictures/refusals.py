"""What is said of bytes that are no photo, and of photos that would fill the memory when they are opened."""

from junheng.kernel.errors import Refusal

MOST_PIXELS = 60_000_000
"""A picture that says it has more is refused unread: it may be small as a file and fill the memory when it is opened."""


class NotAPhoto(Refusal):
    """Bytes that are no photograph that can be looked at."""

    status = 422


def not_a_photo(why: str) -> NotAPhoto:
    """The refusal; ``why`` is for whoever looks into it, the sentence is for the person with the phone."""
    return NotAPhoto(
        "not-a-photo",
        "这个文件不是能打开的照片（JPG、PNG、WebP），没有存入，其余内容不受影响。请用手机重新拍一张。（{why}）",
        why=why,
    )


def too_wide(width: int, height: int) -> NotAPhoto:
    """The refusal of a picture with too many pixels."""
    return NotAPhoto(
        "photo-too-wide",
        "这张照片有 {width}×{height} 个像素，太大，没有存入，其余内容不受影响。请把相机的像素调小后重拍。",
        width=width,
        height=height,
    )
