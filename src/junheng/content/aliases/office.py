"""总述与版面的别名。"""

from junheng.kernel.claims import Kind, Known, WindowKind

KNOWN = (
    Known(
        "provincial-promotions",
        Kind.MINIMUM,
        title="省级推广",
        near=("推广",),
        needs=("省教育厅|省级教育|河南省教育",),
        phrases="再次|再度",
        implies=2,
        level="province",
    ),
    Known(
        "page-date",
        Kind.DATE,
        title="更新时间",
        nouns="更新时间|发布时间",
        window=WindowKind.NONE,
    ),
    Known(
        "signoff-6",
        Kind.ENUMERATION,
        title="签发岗位",
        nouns="岗位|签发岗位",
        near=("签发|签审|审签",),
        measure_words="个|个岗位|岗位",
        items="总值班|统筹|责编|审核|编辑|校对",
        window=WindowKind.NONE,
    ),
)
