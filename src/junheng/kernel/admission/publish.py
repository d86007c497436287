"""The folder that is published: values in, the bytes of every file out. Its form is read by ``verify_admission``."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from junheng.kernel.admission.problem import Record, Rules, canonical, written
from junheng.kernel.admission.solve import Outcome
from junheng.kernel.errors import Refusal
from junheng.kernel.lottery import Announcement, Entrant, Reveal, Tree, digest, leaf_of
from junheng.kernel.lottery.digests import Algorithm, line


@dataclass(frozen=True, slots=True)
class Published:
    """Everything of one run that is written down."""

    announced: Announcement
    rules: Rules
    records: Sequence[Record]
    salts: Mapping[str, str]
    reveals: Sequence[Reveal]
    beacons: Mapping[str, str | None]
    numbers: Mapping[str, bytes]
    outcome: Outcome

    def entrants(self) -> list[Entrant]:
        """The closed list."""
        return entrants_of(self.records, self.salts)


@dataclass(frozen=True, slots=True)
class Again:
    """A further run: by the same numbers, from the closed list with a few records changed."""

    number: int
    over: str
    """The root of the results of the run before."""
    reason: str
    rules: Rules
    records: Sequence[Record]
    outcome: Outcome


def entrants_of(records: Sequence[Record], salts: Mapping[str, str]) -> list[Entrant]:
    """The closed list, in the order of numbers; refused where a child is in it twice."""
    pids = [one.pid for one in records]
    if pids != sorted(set(pids)):
        raise Refusal("list-not-in-order", "名单必须按编号排列且没有重复。请重新生成名单。")
    return [Entrant(one.pid, salts[one.pid], str(one)) for one in records]


def list_root(algorithm: Algorithm, batch: str, entrants: Sequence[Entrant]) -> str:
    """The root that is published when the list closes."""
    return Tree(algorithm, [leaf_of(algorithm, batch, one) for one in entrants]).root


def result_leaf(algorithm: Algorithm, batch: str, salt: str, pid: str, place: str) -> bytes:
    """The hash of one child's place."""
    return digest(algorithm, b"\x00" + line("result", batch, salt, pid, place))


def publish(run: Published, *, sealed: bool) -> dict[str, bytes]:
    """The files by name. ``sealed`` adds those with the families' wishes, for the notary alone."""
    said, algorithm = run.announced, run.announced.algorithm
    entrants = run.entrants()
    leaves = [leaf_of(algorithm, said.batch, one) for one in entrants]
    return {
        "announcement.json": canonical(
            {
                "batch": said.batch,
                "algorithm": algorithm.value,
                "entrants": said.entrants,
                "root": said.root,
                "rules": said.rules,
                "commitments": [{"name": one.name, "digest": one.digest} for one in said.commitments],
                "beacons": list(said.beacons),
                "fallback": said.fallback,
            }
        ),
        "reveals.json": canonical(
            [{"name": one.name, "nonce": one.nonce, "secret": one.secret} for one in run.reveals]
        ),
        "beacons.json": canonical(dict(run.beacons)),
        "list.csv": table(
            "pid,leaf", ((one.pid, leaf.hex()) for one, leaf in zip(entrants, leaves, strict=True))
        ),
        "numbers.csv": table("pid,number", ((one.pid, run.numbers[one.pid].hex()) for one in entrants)),
    } | of_every_run(said, run.rules, entrants, leaves, run.outcome, sealed=sealed)


def publish_again(first: Published, one: Again, *, sealed: bool) -> dict[str, bytes]:
    """The files of a further run, below the folder of the first: what is other than before, and the results."""
    said, algorithm = first.announced, first.announced.algorithm
    closed, entrants = first.entrants(), entrants_of(one.records, first.salts)
    if [each.pid for each in closed] != [each.pid for each in entrants]:
        raise Refusal("list-of-others", "重算的名单与封存的名单不是同一批儿童。已停止，请先查明。")
    leaves = [leaf_of(algorithm, said.batch, each) for each in entrants]
    changed = [
        (each.pid, leaf.hex())
        for was, each, leaf in zip(closed, entrants, leaves, strict=True)
        if was.record != each.record
    ]
    further = {
        "number": one.number,
        "over": one.over,
        "reason": one.reason,
        "rules": digest(algorithm, one.rules.file()).hex(),
        "records": Tree(algorithm, leaves).root,
    }
    files = {"further.json": canonical(further), "changed.csv": table("pid,leaf", changed)}
    files |= of_every_run(said, one.rules, entrants, leaves, one.outcome, sealed=sealed)
    return {f"run-{one.number}/{name}": content for name, content in files.items()}


def of_every_run(
    said: Announcement,
    rules: Rules,
    entrants: Sequence[Entrant],
    leaves: Sequence[bytes],
    outcome: Outcome,
    *,
    sealed: bool,
) -> dict[str, bytes]:
    """The files that every run has: its rules and places, the results, and under seal the records."""
    algorithm, places = said.algorithm, outcome.places
    results = [result_leaf(algorithm, said.batch, one.salt, one.pid, places[one.pid]) for one in entrants]
    files = {
        "rules.json": rules.file(),
        "result.csv": table(
            "pid,leaf", ((one.pid, leaf.hex()) for one, leaf in zip(entrants, results, strict=True))
        ),
        "roots.json": roots_file(Tree(algorithm, leaves), Tree(algorithm, results)),
        "cuts.csv": table(
            "group,asked,admitted,seats,rank,key",
            (
                (
                    cut.code,
                    str(cut.asked),
                    str(cut.admitted),
                    str(cut.seats),
                    "-" if cut.key is None else str(cut.rank),
                    "-" if cut.key is None else str(cut.key),
                )
                for cut in sorted(outcome.cuts, key=lambda cut: cut.code)
            ),
        ),
    }
    if sealed:
        files["records.csv"] = table(
            "pid,salt,record,place", ((one.pid, one.salt, one.record, places[one.pid]) for one in entrants)
        )
        if outcome.tails:
            tails = sorted(outcome.tails.items())
            files["tail.csv"] = table("pid,edges", ((pid, written(bids)) for pid, bids in tails))
    return files


def roots_file(entered: Tree, placed: Tree) -> bytes:
    """The results' root, and of both trees the hashes of the leaves two by two: by them an altered row is found."""
    pairs = {"list": entered, "result": placed}
    return canonical(
        {name: [one.hex() for one in tree.rows[min(1, len(tree.rows) - 1)]] for name, tree in pairs.items()}
        | {"root": placed.root}
    )


def table(head: str, rows: Iterable[tuple[str, ...]]) -> bytes:
    """Rows without quotes, separated by commas, each ended by a line feed."""
    lines = [head, *(",".join(row) for row in rows)]
    return ("\n".join(lines) + "\n").encode("ascii")
