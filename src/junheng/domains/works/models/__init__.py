"""The tables of files and works."""

from junheng.domains.works.models.files import Attachment
from junheng.domains.works.models.likenesses import Likeness
from junheng.domains.works.models.rules import AttachmentRule, ContestRule
from junheng.domains.works.models.works import Work, WorkPoint

__all__ = ["Attachment", "AttachmentRule", "ContestRule", "Likeness", "Work", "WorkPoint"]
