"""Catchments from a workbook: read whole, every line that is wrong named, or none written."""

import csv
import io
import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from junheng.domains.intakes.actions.rows import write_rows
from junheng.domains.intakes.models import Catchment, PlanSchool, PlanVersion
from junheng.domains.intakes.policies.addresses import geojson_of, ring_of
from junheng.domains.intakes.terms import Parity
from junheng.kernel.errors import Refusal

HEAD = ("学校标识码", "学校名称", "路街", "门牌起", "门牌止", "单双号", "小区或村", "地图范围")
MOST = 20_000
SIDES = {str(one.label): one.value for one in Parity} | {"": Parity.ALL.value, "单": Parity.ODD.value, "双": Parity.EVEN.value, "全部": Parity.ALL.value}  # fmt: skip


def written(version: PlanVersion) -> str:
    """The catchments of a plan as a CSV that a workbook opens and that can be read in again."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(HEAD)
    found = Catchment.objects.filter(plan_school__version=version).select_related("plan_school__school")
    for one in found.order_by("plan_school__school__code", "community", "street", "low", "id"):
        school = one.plan_school.school
        outline = json.dumps(geojson_of(one.outline)) if one.outline else ""
        rows.writerow(
            [school.code, school.name, one.street, one.low or "", one.high or "", Parity(one.parity).label, one.community, outline]
        )  # fmt: skip
    return "\ufeff" + out.getvalue()


def read_in(version: PlanVersion, text: str, *, by: Any, at: datetime, why: str) -> int:
    """Put these catchments in place of those of a draft."""
    lines = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    if not lines or not set(HEAD) - {"学校名称", "地图范围"} <= set(lines[0]) or len(lines) > MOST:
        raise Refusal(
            "catchments-head",
            "第一行须有这些列：{head}；最多 {most} 行。请下载现有片区的文件，在其中修改后再导入。",
            head="、".join(HEAD), most=MOST,
        )  # fmt: skip
    schools = {
        one.school.code: one for one in PlanSchool.objects.filter(version=version).select_related("school")
    }
    fresh = [row_of(number, line, schools) for number, line in enumerate(lines, 2)]
    old = list(Catchment.objects.filter(plan_school__version=version))
    write_rows(version, keep=fresh, remove=old, by=by, at=at, why=why)
    return len(fresh)


def row_of(number: int, line: dict[str, str], schools: dict[str, PlanSchool]) -> Catchment:
    """One line, or a refusal that names it."""
    said = {key: (line.get(key) or "").strip() for key in HEAD}
    school = schools.get(said["学校标识码"])
    low, high = (said[key] for key in ("门牌起", "门牌止"))
    ring = None
    problem = ""
    if school is None:
        problem = _("计划中没有标识码为“%s”的学校") % said["学校标识码"][:20]
    elif said["单双号"] not in SIDES:
        problem = _("单双号只能填：全部门牌、单号、双号")
    elif not (low.isdigit() or low == "") or not (high.isdigit() or high == ""):
        problem = _("门牌须是整数")
    elif low and high and int(low) > int(high):
        problem = _("门牌起大于门牌止")
    elif said["地图范围"] and (ring := outline(said["地图范围"])) is None:
        problem = _("地图范围不是 GeoJSON 多边形")
    elif not (said["路街"] or said["小区或村"] or ring):
        problem = _("路街、小区（村）、地图范围须填一项")
    if problem or school is None:
        raise Refusal(
            "catchments-line",
            "第 {line} 行：{problem}。没有导入任何一行，请改正后重试。",
            line=number,
            problem=problem,
        )
    return Catchment(
        plan_school=school, area_id=school.area_id, street=said["路街"][:40], low=int(low) if low else None,
        high=int(high) if high else None, parity=SIDES[said["单双号"]], community=said["小区或村"][:40], outline=ring,
    )  # fmt: skip


def outline(text: str) -> list[list[int]] | None:
    """The ring that a cell says."""
    try:
        return ring_of(json.loads(text))
    except ValueError:
        return None
