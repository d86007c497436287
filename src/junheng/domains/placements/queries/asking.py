"""From a plan and what was found about a child to the record that the list fixes. Nothing here knows a database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from junheng.domains.intakes.policies.categories import category_of, may_have
from junheng.domains.intakes.policies.sharing import sharing
from junheng.domains.intakes.terms import Circumstance
from junheng.kernel.admission import NOWHERE, Bid, Record, Rules
from junheng.kernel.matching import Group, Ties

AT_ITS_SCHOOL = frozenset({Circumstance.SIBLING, Circumstance.DIRECT})
"""What counts at the school that it is about and nowhere else."""
Approved = frozenset[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Child:
    """What counts about one child: whom it chose, what was found true (and at which school), where it lives."""

    pid: str
    choices: tuple[str, ...]
    approved: Approved = frozenset()
    catchment: str | None = None
    bound_to: str = ""


@dataclass(slots=True)
class Plan:
    """A published plan ready to be asked: schools and categories by code, answers remembered."""

    document: dict[str, Any]
    schools: dict[str, dict[str, Any]] = field(init=False)
    shared: dict[str, tuple[str, ...]] = field(init=False)
    """By school: the schools that take in its catchment together; itself alone where nothing is shared."""
    found: dict[tuple[str, Approved, bool], tuple[Bid, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.schools = {one["code"]: one for one in self.document["schools"]}
        self.shared = sharing(self.document["schools"])

    def rules(self, added: Mapping[str, int] | None = None) -> Rules:
        """The groups of all schools with their places; ``added`` are places beyond the plan."""
        more = added or {}
        rows = [
            (group_code(school["code"], group["code"]), school["code"], group)
            for school in self.document["schools"]
            for group in school["groups"]
        ]
        place = {code: number for number, (code, _school, _group) in enumerate(rows)}
        return Rules(
            tuple(
                Group(
                    code,
                    group["capacity"] + more.get(code, 0),
                    Ties(group["ties"]),
                    place[group_code(school, group["release_to"])] if group["release_to"] else None,
                )
                for code, school, group in rows
            )
        )

    def group(self, code: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """The school and the group behind a code."""
        school_code, _, group = code.partition("-")
        school = self.schools[school_code]
        return school, next(one for one in school["groups"] if one["code"] == group)

    def bids_at(self, school: str, approved: Approved, *, inside: bool) -> tuple[Bid, ...]:
        """The groups of a school that a child may ask, in their order, each with the child's tier there."""
        key = (school, approved, inside)
        if key not in self.found:
            facts = self.schools[school]
            here = at(school, approved)
            tier = category_of(
                here, in_catchment=inside, private=facts["private"], categories=self.document["categories"]
            )
            groups = sorted(facts["groups"], key=lambda one: one["precedence"])
            self.found[key] = tuple(
                Bid(group_code(school, one["code"]), tier["tier"])
                for one in groups
                if tier is not None and may_have(one["who"], here, in_catchment=inside)
            )
        return self.found[key]

    def takes_in(self, school: str, catchment: str | None) -> bool:
        """Whether an address in the catchment of one school is in that of another: the same, or they share it."""
        return school in self.shared.get(catchment or "", (catchment,))

    def asked_by(self, child: Child) -> tuple[str, ...]:
        """The schools that a child asks, best first.

        Who chooses one of the schools that share its catchment has a right to one of them: the others come after its own
        choices, by their codes.
        """
        own = tuple(one for one in child.choices if one in self.schools)
        together = self.shared.get(child.catchment or "", ())
        if len(together) < 2 or not set(own) & set(together):
            return own
        return own + tuple(one for one in together if one not in own)

    def bids_of(self, child: Child) -> tuple[Bid, ...]:
        """All that a child asks, best first. A school that left the plan before the list closed is passed over."""
        return tuple(
            bid
            for school in self.asked_by(child)
            for bid in self.bids_at(school, child.approved, inside=self.takes_in(school, child.catchment))
        )

    def category_at(self, school: str, approved: Approved, *, inside: bool) -> dict[str, Any] | None:
        """The category of a child at a school."""
        return category_of(
            at(school, approved), in_catchment=inside, private=self.schools[school]["private"],
            categories=self.document["categories"],
        )  # fmt: skip


def at(school: str, approved: Approved) -> frozenset[str]:
    """What was found true that counts at a school."""
    return frozenset(kind for kind, about in approved if kind not in AT_ITS_SCHOOL or about == school)


def group_code(school: str, group: str) -> str:
    """How a group is called in lists and files."""
    return f"{school}-{group}"


def records_of(plan: Plan, children: Iterable[Child]) -> list[Record]:
    """The list in the order of numbers. Children that are bound have one number: that of the first of them.

    They are bound only where each names another of them, all ask the same in the same tiers, and no group that they ask
    turns equal ones away; else each goes by its own number.
    """
    every = sorted(children, key=lambda one: one.pid)
    bids = {one.pid: plan.bids_of(one) for one in every}
    admits = {one.code for one in plan.rules().groups if one.ties is Ties.ADMIT}
    leader = {
        pid: first for first, pids in families(every).items() for pid in pids if may_bind(pids, bids, admits)
    }
    return [
        Record(
            one.pid, bids[one.pid], leader[one.pid] if leader.get(one.pid, one.pid) != one.pid else NOWHERE
        )
        for one in every
    ]


def families(children: Sequence[Child]) -> dict[str, list[str]]:
    """Children who name one another, by the first of them."""
    known = {one.pid: one.bound_to for one in children}
    root: dict[str, str] = {}

    def top(pid: str) -> str:
        while root.get(pid, pid) != pid:
            pid = root[pid]
        return pid

    for pid, other in known.items():
        if other and other in known and other != pid and (known[other] == pid or known[other] in known):
            one, two = sorted((top(pid), top(other)))
            root[two] = one
    groups: dict[str, list[str]] = {}
    for pid in known:
        groups.setdefault(top(pid), []).append(pid)
    return {first: sorted(pids) for first, pids in groups.items() if len(pids) > 1}


def may_bind(pids: Sequence[str], bids: Mapping[str, tuple[Bid, ...]], admits: set[str]) -> bool:
    """Whether children of one family may go by one number."""
    first = bids[pids[0]]
    return all(bids[pid] == first for pid in pids) and all(one.group in admits for one in first)
