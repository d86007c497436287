"""One family's result: the place, a sentence for every choice, and the proof that it stood in the closed list."""

from dataclasses import dataclass

from junheng.domains.placements.models import Draw, Listed, Placement, Reply, Run
from junheng.domains.placements.queries.asking import Plan
from junheng.domains.placements.queries.children import child_of
from junheng.domains.placements.queries.sentences import Told, told
from junheng.domains.placements.terms import RunKind
from junheng.domains.registrations.models import Application, Objection
from junheng.kernel.admission.publish import result_leaf
from junheng.kernel.lottery import Algorithm, Entrant, Tree, leaf_of, shown


@dataclass(frozen=True, slots=True)
class Proof:
    """A leaf and the hashes that lead from it to a root, each with the side on which it stands."""

    leaf: str
    content: str
    """What the leaf is the hash of, after the zero byte."""
    steps: list[tuple[str, str]]
    root: str


@dataclass(frozen=True, slots=True)
class Result:
    """All that a family sees."""

    run: Run
    listed: Listed
    placement: Placement
    choices: list[Told]
    number: str
    order: int
    lists: Proof
    result: Proof
    reply: Reply | None
    objections: list[Objection]
    history: list[tuple[Run, Placement]]


def result_of(application: Application, one: Run) -> Result | None:
    """The result of one application in a released run; none where it was in no list."""
    row = Listed.objects.filter(application=application).first()
    if row is None:
        return None
    draw = Draw.objects.select_related("intake", "version").get(pk=one.draw_id)
    row.draw = draw
    placement = Placement.objects.select_related("school").get(run=one, listed=row)
    plan = Plan((draw.version.document or {}) if draw.version else {})
    cuts = {cut["group"]: cut for cut in one.cuts}
    names = {code: school["name"] for code, school in plan.schools.items()}
    chosen = row.facts["choices"]
    asked = (*chosen, *(one for one in plan.asked_by(child_of(row)) if one not in chosen))
    own = sum(1 for reason in placement.reasons if str(reason[0]).partition("-")[0] in asked)
    out = one.kind == RunKind.AGAIN and row.pid in one.changes[0]["inputs"]["out"]
    sentences = told(
        plan,
        asked,
        placement.reasons,
        cuts,
        number=row.number,
        own=own,
        names=names,
        chosen=len(chosen),
        out=out,
    )
    lists, result = proofs(draw, one, row)
    runs = (
        Placement.objects.filter(listed=row, run__state="released")
        .select_related("run", "school")
        .order_by("run__number")
    )
    return Result(
        one, row, placement, sentences, shown(bytes.fromhex(row.number)),
        Listed.objects.filter(draw=draw, number__lt=row.number).count() + 1, lists, result,
        Reply.objects.filter(listed=row).first(),
        list(Objection.objects.filter(application=application).order_by("id")),
        [(each.run, each) for each in runs],
    )  # fmt: skip


def proofs(draw: Draw, one: Run, row: Listed) -> tuple[Proof, Proof]:
    """The way of one child to the root of the list and to that of the results."""
    algorithm, batch = Algorithm(draw.intake.algorithm), draw.intake.code
    rows = list(Listed.objects.filter(draw=draw).order_by("rank").values_list("pk", "pid", "salt", "record"))
    at = row.rank - 1
    leaves = [leaf_of(algorithm, batch, Entrant(pid, salt, record)) for _pk, pid, salt, record in rows]
    places: dict[int, str] = dict(Placement.objects.filter(run=one).values_list("listed", "place"))
    results = [result_leaf(algorithm, batch, salt, pid, places[pk]) for pk, pid, salt, _record in rows]
    mine = places[row.pk]
    return (
        proof(Tree(algorithm, leaves), at, f"YGZS-LOT/1|leaf|{batch}|{row.salt}|{row.record}"),
        proof(Tree(algorithm, results), at, f"YGZS-LOT/1|result|{batch}|{row.salt}|{row.pid}|{mine}"),
    )


def proof(tree: Tree, at: int, content: str) -> Proof:
    """The steps with their sides, as the page in the browser walks them."""
    steps, place = [], at
    for row in tree.rows[:-1]:
        beside = place ^ 1
        if beside < len(row):
            steps.append(("left" if place % 2 else "right", row[beside].hex()))
        place //= 2
    return Proof(tree.rows[0][at].hex(), content, steps, tree.root)
