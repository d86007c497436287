"""Which fields of articles show where; what is signed or rendered is written by the release, never by hand."""

from junheng.content.datasets.articles import Articles, Renderings, SignOffs
from junheng.domains.bulletins.models import Article, Rendering, SignOff
from junheng.platform.registers import CITY_KEEPS, FILTER, FIXED, KEY, LIST, SEARCH, F, Register, register


@register
class ArticleRegister(Register[Article]):
    """发布稿件。一行是一篇在市局网页上发布的稿件；更正另行发布，不改旧稿。"""

    slug = "articles"
    chapter = "office"
    model = Article
    area = "area"
    fulfils = Articles
    found_anywhere = True
    policy = CITY_KEEPS
    fields = (
        F("slug", KEY | LIST | SEARCH),
        F("title", LIST | SEARCH, headings=("稿件标题",)),
        F("source", headings=("稿源",)),
        F("area", FILTER),
        F("body", headings=("内容",)),
        F("previous"),
        F("updated_at", LIST | FIXED),
        F("state", LIST | FILTER | FIXED),
    )


@register
class RenderingRegister(Register[Rendering]):
    """稿件版式。一行是一篇稿件的一种版式和它的正文摘要；各版式摘要须一致。"""

    slug = "renderings"
    chapter = "office"
    model = Rendering
    area = "area"
    writers = frozenset()
    fulfils = Renderings
    policy = CITY_KEEPS
    fields = (
        F("article", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("medium", LIST | FILTER | FIXED),
        F("digest", LIST | FIXED),
    )


@register
class SignOffRegister(Register[SignOff]):
    """签发记录。一行是一个人在一个岗位上对稿件一个版本的签发；六个岗位须签同一版本。"""

    slug = "signoffs"
    chapter = "office"
    model = SignOff
    area = "area"
    writers = frozenset()
    fulfils = SignOffs
    policy = CITY_KEEPS
    fields = (
        F("article", LIST | FIXED),
        F("area", FILTER | FIXED),
        F("role", LIST | FILTER | FIXED),
        F("person", LIST | SEARCH | FIXED),
        F("digest", FIXED),
        F("signed_at", LIST | FIXED),
        F("paper", FIXED),
        F("entered_by", FIXED),
    )
