"""总述与版面 — the window, the headline figures, promotion from above, and the published page itself."""

from typing import Any

from junheng.content.datasets.articles import Articles, Renderings, SignOffs
from junheng.content.datasets.governance import Promotions
from junheng.content.datasets.places import Schools
from junheng.content.datasets.preschool import Kindergartens, Natures
from junheng.content.datasets.projects import Projects
from junheng.content.indicators import building, preschool
from junheng.content.indicators.cards import chapter
from junheng.kernel.indicators import Count, Kind, Latest, Measure, RuleValue, Window

_page = chapter("office", author="办公室", checker="审计人员")


@_page(
    "window-two-years",
    title="“近两年”所指年数",
    title_en="Years meant by “the last two years”",
    why="数字之争多半是日期之争。",
    kind=Kind.NORM,
    word="年",
    window=Window.TWO_YEARS,
    reads=(),
    definition="统计区间为截至统计时点的两年：[时点 − 2 年 + 1 天, 时点]。",
    definition_en="The window is the two years that end with the day: [day − 2 years + 1 day, day].",
)
def two_years(*, at: Any, rule: Any) -> Measure:
    """Most quarrels about numbers are quarrels about days."""
    return RuleValue("duties.recent_years")


@_page(
    "lead-kg-70",
    title="导语：新建改扩建公办幼儿园数",
    title_en="Headline: public kindergartens built",
    why="导语说的，正文必须说的一样。",
    kind=Kind.COUNT,
    word="所",
    window=Window.TWO_YEARS,
    reads=(Kindergartens, Projects, Natures),
    same_as="kg-public-70",
    definition="与正文同一口径，须相等。",
    definition_en="The same definition as in the body; both must be equal.",
)
def lead_kindergartens(kindergartens: Any, projects: Any, natures: Any, *, at: Any, rule: Any) -> Measure:
    """A headline must say what the body says."""
    return preschool.kg_public(kindergartens, projects, natures, at=at, rule=rule, reading="built")


@_page(
    "lead-places",
    title="导语：新增公办学位数",
    title_en="Headline: places added",
    why="导语说的，正文必须说的一样。",
    kind=Kind.COUNT,
    word="个",
    window=Window.TWO_YEARS,
    reads=(Projects, Natures),
    same_as="kg-places-13000",
    definition="与正文同一口径，须相等。",
    definition_en="The same definition as in the body; both must be equal.",
)
def lead_places(projects: Any, natures: Any, *, at: Any, rule: Any) -> Measure:
    """A headline must say what the body says."""
    return preschool.kg_places(projects, natures, at=at, rule=rule, reading="built")


@_page(
    "lead-schools-82",
    title="导语：完成新建改扩建中小学项目数",
    title_en="Headline: schools built",
    why="导语说的，正文必须说的一样。",
    kind=Kind.COUNT,
    word="所",
    window=Window.TWO_YEARS,
    reads=(Schools, Projects),
    same_as="schools-done-82",
    definition="与正文同一口径，须相等。",
    definition_en="The same definition as in the body; both must be equal.",
)
def lead_schools(schools: Any, projects: Any, *, at: Any, rule: Any) -> Measure:
    """A headline must say what the body says."""
    return building.schools_done(schools, projects, at=at, rule=rule)


@_page(
    "provincial-promotions",
    title="省级推广次数",
    title_en="Promotions by the province",
    why="“多次”可以核对：至少两次。",
    kind=Kind.COUNT,
    word="次",
    window=Window.AS_OF,
    reads=(Promotions,),
    definition="截至统计时点省级教育部门推广本市做法的次数；“再次”即至少两次。",
    definition_en="Occasions up to the day on which the province made the practice known; “again” means at least two.",
)
def promotions(promotions: Any, *, at: Any, rule: Any) -> Measure:
    """“Again” can be checked: at least two."""
    return Count(
        promotions.filter((promotions.level == "province") & (promotions.published_on <= at.as_of)),
        of="promotions",
    )


@_page(
    "page-date",
    title="稿件更新时间",
    title_en="Time of the article",
    why="按不补零的样子印：2024-3-6 9:43:48。",
    kind=Kind.TIME,
    word="",
    window=Window.NONE,
    reads=(Articles,),
    definition="最近一篇已发布稿件的更新时间（北京时间）。",
    definition_en="Time of the latest published article, Asia/Shanghai.",
)
def page_date(articles: Any, *, at: Any, rule: Any) -> Measure:
    """Printed without leading zeros: 2024-3-6 9:43:48."""
    return Latest(published(articles), of="articles", column="updated_at")


def published(articles: Any) -> Any:
    """The latest published article."""
    rows = articles.filter(articles.state == "published")
    return rows.filter(rows.updated_at == rows.updated_at.max().as_scalar())


@_page(
    "signoff-6",
    title="签发岗位数",
    title_en="Roles that signed the article",
    why="六个岗位签的是同一个版本；改一个字，签字就失效。",
    kind=Kind.COUNT,
    word="个",
    window=Window.NONE,
    reads=(SignOffs, Articles, Renderings),
    definition="最近一篇已发布稿件由不同人员在不同岗位签发同一版本的签发数。",
    definition_en="Sign-offs of the published version in different roles by different persons.",
)
def sign_offs(signoffs: Any, articles: Any, renderings: Any, *, at: Any, rule: Any) -> Measure:
    """Six people sign one and the same version; a changed letter voids a signature."""
    signed = signoffs.filter(signoffs.article.isin(published(articles).id))
    signed = signed.filter(signed.digest.isin(renderings.digest))
    first = signed.group_by("role").aggregate(id=signed.id.min())
    signed = signed.filter(signed.id.isin(first.id))
    alone = signed.group_by("person").aggregate(id=signed.id.min())
    return Count(signed.filter(signed.id.isin(alone.id)), of="signoffs")


@_page(
    "rendered-twice",
    title="同文版式数",
    title_en="Renderings with the same text",
    why="两种版式不能说两样话。",
    kind=Kind.COUNT,
    word="种",
    window=Window.NONE,
    reads=(Renderings, Articles),
    definition="最近一篇已发布稿件正文完全一致的版式数（网页、打印）。",
    definition_en="Renderings of the published article whose text has the same digest.",
)
def rendered_twice(renderings: Any, articles: Any, *, at: Any, rule: Any) -> Measure:
    """Two renderings must not say two things."""
    there = renderings.filter(renderings.article.isin(published(articles).id))
    web = there.filter(there.medium == "web").digest
    return Count(there.filter(there.digest.isin(web)), of="renderings")
