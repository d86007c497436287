"""The demonstration city from nothing to a published report."""

from pathlib import Path

from django.core.management import call_command
from django.utils import timezone

from junheng.platform.figures import workshop
from junheng.platform.figures.keeping import keep_figures
from junheng.platform.quality.computing import compute
from junheng.platform.registers import every_register
from junheng.platform.snapshots.freeze import freeze
from junheng.platform.snapshots.queries import current, manifest_of
from junheng.platform.upkeep.aside import built_aside, refuse_in_use
from junheng.surfaces.demo.afterclass import add_afterclass
from junheng.surfaces.demo.aid import add_aid
from junheng.surfaces.demo.awardfunds import add_award_funds
from junheng.surfaces.demo.budgets import add_fund_budgets
from junheng.surfaces.demo.city import SEED, SUBJECTS, make_city
from junheng.surfaces.demo.crossings import add_crossings
from junheng.surfaces.demo.familyletters import add_family_letters
from junheng.surfaces.demo.faults import DAY, plant
from junheng.surfaces.demo.fees import add_fees
from junheng.surfaces.demo.fieldwork import add_fieldwork
from junheng.surfaces.demo.findings import add_findings
from junheng.surfaces.demo.funds import add_funds
from junheng.surfaces.demo.governance import add_governance
from junheng.surfaces.demo.guidance import add_measures
from junheng.surfaces.demo.helping import add_help
from junheng.surfaces.demo.homevisits import add_home_visits
from junheng.surfaces.demo.incidents import add_incidents
from junheng.surfaces.demo.letters import add_letters
from junheng.surfaces.demo.levels import add_levels
from junheng.surfaces.demo.load import Progress, load
from junheng.surfaces.demo.partnerlists import add_partner_lists
from junheng.surfaces.demo.patrols import add_patrols, hurry
from junheng.surfaces.demo.plan import load_plan
from junheng.surfaces.demo.posts import add_posts
from junheng.surfaces.demo.projects import add_project_steps
from junheng.surfaces.demo.publication import publish_report, without_report
from junheng.surfaces.demo.quotas import add_quotas
from junheng.surfaces.demo.safety import add_safety
from junheng.surfaces.demo.schemes import add_schemes
from junheng.surfaces.demo.supports import add_supports
from junheng.surfaces.demo.surveys import add_surveys
from junheng.surfaces.demo.tips import add_tips
from junheng.surfaces.demo.visits import add_visits
from junheng.surfaces.demo.works import add_works

BUILDER = "演示数据"
"""Who freezes a demonstration: by this name its database is known for one."""
OF_THE_REPORT = ("articles", "renderings", "signoffs")


def build(
    home: Path,
    *,
    password: str,
    plan: str = "full",
    seed: int = SEED,
    progress: Progress = lambda done, total, what: None,
) -> None:
    """Make the city, freeze it, publish its report, and put the database in place of the one there was.

    Killed at any moment it leaves the old one: what was frozen on the way is named by nobody. ``plan`` is ``full`` or
    ``small``. ``progress`` is told how much of a step is done, how much there is, and which step it is.
    """
    refuse_in_use(home)
    made: list[str] = []

    def told(subject: str) -> None:
        made.append(subject)
        progress(len(made), len(SUBJECTS), "生成数据")

    city, _faults = plant(without_report(make_city(load_plan(plan), seed, told)))
    city = hurry(city)
    with built_aside(home):
        call_command("migrate", verbosity=0)
        load(city, password=password, progress=progress)
        del city
        add_surveys()
        add_crossings()
        add_quotas()
        add_safety()
        add_patrols()
        add_fieldwork()
        add_fees()
        add_fund_budgets(add_funds())
        add_visits()
        add_tips()
        add_governance()
        add_letters()
        add_findings()
        add_incidents()
        add_levels()
        add_posts()
        add_home_visits()
        add_schemes()
        add_works()
        add_partner_lists()
        add_aid()
        add_afterclass()
        add_award_funds()
        add_help()
        add_project_steps()
        add_family_letters()
        add_supports()
        add_measures()
        freeze_city(home, progress)
        check_quality(progress)


def freeze_city(home: Path, progress: Progress) -> None:
    """Freeze the records, compute every figure, publish the report from them, and freeze what publishing wrote."""
    now = timezone.now()
    freeze(
        by=BUILDER,
        at=now,
        home=home,
        progress=lambda name, rows, done, of: progress(done, of, "冻结时点数据"),
    )
    progress(0, 1, "计算数据、核对并发布报告")
    publish_report()
    first = current()
    assert first is not None
    registers = every_register()
    freeze(
        by=BUILDER,
        at=now,
        home=home,
        registers=[registers[name] for name in OF_THE_REPORT],
        keep=manifest_of(first, home=home),
    )
    workshop.prepare()
    keep_figures(by=BUILDER, at=now)
    progress(1, 1, "计算数据、核对并发布报告")


def check_quality(progress: Progress) -> None:
    """Ask every rule of quality once, so that the demonstration shows what it would find at night."""
    progress(0, 1, "检查数据质量")
    compute(on=DAY, at=timezone.now())
    progress(1, 1, "检查数据质量")
