"""The deeds about a post as the pages offer them."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from junheng.domains.posts import actions
from junheng.domains.posts.forms import OnForm
from junheng.domains.posts.models import Post
from junheng.platform.deeds.declare import Deed
from junheng.platform.deeds.registry import deed


class AboutAPost(Deed[Post]):
    """A deed about a post that has not ended."""

    register = "posts"
    form = OnForm

    def is_open(self, row: Post) -> bool:
        return row.until is None


@deed
class Sign(AboutAPost):
    """责任人在责任书上签字后登记签领日。没有签领的岗位，矩阵中标为“未签领”。"""

    slug = "sign"
    label = _("登记签领")

    def is_open(self, row: Post) -> bool:
        return super().is_open(row) and row.signed_on is None

    def do(self, row: Post, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.sign(row, by=by, at=at, why=why, **asked)


@deed
class EndPost(AboutAPost):
    """从某天起不再负责。终止后这些时段在矩阵中成为空白，须另行落实到人。"""

    slug = "end"
    label = _("终止岗位")

    def do(self, row: Post, *, by: Any, at: Any, why: str, **asked: Any) -> Model:
        return actions.end_post(row, by=by, at=at, why=why, **asked)
