"""Words of files and works, and which kinds of files are taken for what."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from junheng.kernel import pictures
from junheng.kernel.enclosures import DOCX, FILM_MEDIA, PDF, PLAIN


class Purpose(TextChoices):
    """What a file is handed in for."""

    WORK = "work", _("参赛作品")
    CASE = "case", _("案例材料")
    AUDIT = "audit", _("审计报告")
    LICENCE = "licence", _("证照")
    STORY = "story", _("事迹照片")


class Form(TextChoices):
    """What kind of file is taken."""

    TEXT = "text", _("文章（在线填写、.docx 或 .txt）")
    PICTURE = "picture", _("图片（JPG、PNG、WebP）")
    FILM = "film", _("视频（MP4、MOV、WebM）")
    PDF = "pdf", _("PDF")
    PAPER = "paper", _("PDF 或图片")


class Prize(TextChoices):
    """What a work was awarded."""

    FIRST = "first", _("一等奖")
    SECOND = "second", _("二等奖")
    THIRD = "third", _("三等奖")


class Alike(TextChoices):
    """How two works are alike."""

    SAME = "same", _("文件相同")
    WORDS = "words", _("文字有相同段落")
    PICTURE = "picture", _("画面相似")


class Asked(TextChoices):
    """Where a question about two works stands."""

    OPEN = "open", _("待说明")
    TOLD = "told", _("已说明")


TAKEN: Mapping[str, frozenset[str]] = {
    Form.TEXT: frozenset({DOCX, PLAIN}),
    Form.PICTURE: frozenset(pictures.MEDIA),
    Form.FILM: frozenset(FILM_MEDIA),
    Form.PDF: frozenset({PDF}),
    Form.PAPER: frozenset({PDF, *pictures.MEDIA}),
}
"""The kinds of files behind each form."""
JUDGED = (Purpose.WORK, Purpose.CASE)
"""What jurors look at, and what may be shown; the rest is for those who review."""
SEEN = (Form.TEXT, Form.PICTURE, Form.FILM)
"""Forms from which what was written beside the work itself can be taken away: only these are judged without names."""
ENDINGS: Mapping[str, str] = {
    PDF: "pdf",
    DOCX: "docx",
    PLAIN: "txt",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "video/webm": "webm",
}
"""How the names of files end that are given out again."""
