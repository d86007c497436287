"""Which fields of checklists show where. Items come by hand or by workbook while a version is written."""

from junheng.domains.checklists.models import Checklist, ChecklistItem
from junheng.platform.access.roles import Role
from junheng.platform.registers import CITY_KEEPS, FILTER, FIXED, KEY, LIST, SEARCH, F, Register, register

AUTHORS = frozenset({Role.CITY_SECTION, Role.COUNTY_OFFICER})
"""Who writes lists: the city's sections for all, a county for rounds of its own."""


@register
class ChecklistRegister(Register[Checklist]):
    """检查清单。一行是一份清单的一个版次：印发后不再改动，修订另起一版并写明原因。"""

    slug = "checklists"
    chapter = "safety"
    model = Checklist
    area = "area"
    writers = AUTHORS
    policy = CITY_KEEPS
    fields = (
        F("code", KEY | LIST | SEARCH, headings=("清单",)),
        F("title", LIST | SEARCH, headings=("清单名称",)),
        F("subject", LIST | FILTER),
        F("area", LIST | FILTER, headings=("区划",)),
        F("basis", headings=("编制依据",)),
        F("number", LIST | FIXED),
        F("previous", FIXED),
        F("reason", FIXED),
        F("state", LIST | FILTER | FIXED),
        F("digest", FIXED),
        F("issued_at", FIXED),
        F("issued_by", FIXED),
    )


@register
class ChecklistItemRegister(Register[ChecklistItem]):
    """检查条目。一行是清单里的一条：看什么、依据哪一条、怎么看、不符合时算什么等级、哪些学校适用。"""

    slug = "checklistitems"
    chapter = "safety"
    model = ChecklistItem
    area = "area"
    writers = AUTHORS
    policy = CITY_KEEPS
    order = ("checklist_id", "position")
    fields = (
        F("checklist", LIST | FILTER, headings=("清单编号",)),
        F("area", FILTER, headings=("区划",)),
        F("section", LIST | SEARCH, headings=("章节",)),
        F("number", LIST | SEARCH, headings=("条目编号",)),
        F("position", headings=("排序",)),
        F("clause", LIST | SEARCH, headings=("内容", "检查要点")),
        F("citation", headings=("条款依据", "依据条款")),
        F("how", headings=("检查方法",)),
        F("grade", LIST | FILTER, headings=("等级", "隐患等级")),
        F("stage", FILTER, headings=("学段",)),
        F("kind", FILTER, headings=("办学类型",)),
        F("boarding_only", headings=("寄宿制",)),
    )
