"""口径 — the named ways in which a wording can be understood, in Chinese and English."""

READINGS: dict[str, tuple[str, str]] = {
    "default": ("本局口径", "the bureau's reading"),
    "built": ("新建改扩建", "new, rebuilt, extended"),
    "with_reclaimed": ("含收回转公办", "with reclaimed ones"),
    "first": ("首次认定", "first recognitions"),
    "any": ("含续认", "with renewals"),
    "children": ("按在园幼儿", "by children"),
    "kindergartens": ("按园数", "by kindergartens"),
    "private": ("按民办园数", "among private ones"),
    "granted": ("按下达", "as granted"),
    "paid": ("按拨付", "as paid out"),
    "rural": ("乡村学校", "rural schools"),
    "with_towns": ("含镇区学校", "with town schools"),
    "compulsory": ("义务教育阶段", "compulsory stage"),
    "all_stages": ("含高中阶段", "with senior high"),
    "person": ("按责任人", "per person"),
    "water": ("按水域", "per water"),
}
