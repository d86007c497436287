#!/usr/bin/env python3
"""Recount of an admission: is the published result the one that had to come? 录取结果复算。

    python3 verify_admission.py DIR               everything that DIR lets one check
    python3 verify_admission.py DIR --child PID   one family's own proof
    python3 verify_admission.py DIR --json        for programs;  --lang en for English
    --list-root HEX, --result-root HEX            the roots as you read them elsewhere (a newspaper, a receipt),
                                                  the first 8 figures at least: DIR must be of them

This one file needs Python 3.9 or later and nothing else. It was written to be read: it shares no line with the program
that ran the admission. DIR holds the files that the bureau published (see ``FILES``). Without the two sealed files
(records.csv, tail.csv: families' wishes) it recounts the list, the seed, the numbers and the results' root; with them,
for the notary, the places too. Exit code: 0 all is right, 1 something is not, 2 it could not be read.

1. LIST     every family's leaf is a hash of a salt and its record; all leaves make one root, published at closing.
2. SEED     a hash of that root, the rules, what contributors revealed, and a public value that came later.
3. NUMBERS  a hash of the seed and the child; the smaller goes first.
4. PLACES   every child asks its groups in its own order; a group keeps the best by tier, score and number.
5. RESULT   every child's place is a leaf of a second root; the last one admitted to each group is published.

roots.json holds the results' root and, of both trees, the hashes of the leaves two by two: they find the altered row.

LATER RUNS. Families give places back and appeals are upheld; each time a further run is made with the same numbers. It
stands in a folder of its own inside DIR: run-2, run-3, … (see ``FILES_AGAIN``). The list is the closed one but for the
records in changed.csv, the rules are the announced ones but for places that were added, and further.json names the
results' root of the run before, so that no run can be left out or put in. With the sealed files it is also counted that
nobody lost a place that was published before.
"""

import argparse
import contextlib
import hashlib
import heapq
import json
import struct
import sys
from pathlib import Path

SCHEME = "YGZS-LOT/1"
FILES = (
    "announcement.json",
    "rules.json",
    "list.csv",
    "reveals.json",
    "beacons.json",
    "numbers.csv",
    "result.csv",
    "cuts.csv",
    "roots.json",
)
SEALED = ("records.csv", "tail.csv")
FILES_AGAIN = ("further.json", "rules.json", "changed.csv", "result.csv", "cuts.csv", "roots.json")
HEADS = {
    "list.csv": "pid,leaf", "numbers.csv": "pid,number", "result.csv": "pid,leaf", "cuts.csv": "group,asked,admitted,seats,rank,key",
    "records.csv": "pid,salt,record,place", "tail.csv": "pid,edges", "changed.csv": "pid,leaf",
}  # fmt: skip
LARGEST = 8_000_000_000
NOWHERE = "-"


class Wrong(Exception):
    """Something that is not as it had to be: where, and in both languages what."""

    def __init__(self, where, zh, en):
        super().__init__(en)
        self.where, self.zh, self.en = where, zh, en


class Unreadable(Wrong):
    """Files that are missing or are not what they should be."""


# --- reading -----------------------------------------------------------------------------------------------------


def text_of(folder, name):
    """A file as ASCII text with line feeds, and nothing else."""
    path = folder / name
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(name, "文件过大", "the file is too large")
        text = path.read_bytes().decode("ascii")
    except FileNotFoundError:
        raise Unreadable(name, "缺少这个文件", "the file is missing") from None
    except OSError as problem:
        raise Unreadable(name, "无法读取", f"cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError as problem:
        raise Unreadable(
            name, f"第 {problem.start + 1} 个字节不是 ASCII", f"byte {problem.start + 1} is not ASCII"
        ) from None
    if "\r" in text or not text.endswith("\n"):
        raise Unreadable(name, "每行必须以换行符 LF 结束", "every line must end with a line feed alone")
    return text


def json_of(folder, name):
    """A JSON file in its one canonical form: keys sorted, no blanks, ASCII."""
    text = text_of(folder, name)
    try:
        value = json.loads(text, parse_float=no_floats)
    except (ValueError, RecursionError) as problem:
        raise Unreadable(name, "不是有效的 JSON", f"is not JSON: {problem}") from None
    if json.dumps(value, sort_keys=True, separators=(",", ":")) + "\n" != text:
        raise Unreadable(
            name, "不是规定的唯一写法（键排序、无空格）", "is not in canonical form (sorted keys, no blanks)"
        )
    return value


def no_floats(_text):
    raise ValueError("numbers with decimals are not used here")


def rows_of(folder, name):
    """The rows of a CSV file without quotes: split by commas, sorted by the first column, none twice."""
    lines = text_of(folder, name)[:-1].split("\n")
    if lines[0] != HEADS[name]:
        raise Unreadable(name, f"第一行应为 {HEADS[name]}", f"the first line should be {HEADS[name]}")
    width, rows, before = HEADS[name].count(","), [], ""
    for number, line in enumerate(lines[1:], 2):
        if line.count(",") != width:
            raise Unreadable(f"{name}:{number}", "列数不对", "has the wrong number of columns")
        row = line.split(",")
        if row[0] <= before:
            raise Wrong(
                f"{name}:{number}", f"{row[0]} 重复或未按顺序", f"{row[0]} stands twice or out of order"
            )
        before = row[0]
        rows.append(row)
    return rows


def field(value, name, kind, where):
    """A field of a JSON object, of the kind that it must be."""
    found = value.get(name) if isinstance(value, dict) else None
    if not isinstance(found, kind) or (isinstance(found, bool) and kind is int):
        raise Unreadable(where, f"缺少 {name} 或类型不对", f"{name} is missing or of another kind")
    return found


# --- hashing -----------------------------------------------------------------------------------------------------


def turned(word, by):
    by %= 32
    return (word << by | word >> (32 - by)) & 0xFFFFFFFF if by else word


def sm3(content):
    """SM3 (GB/T 32905-2016), for a Python whose library lacks it."""
    start = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
    message = content + b"\x80" + bytes((55 - len(content)) % 64) + struct.pack(">Q", len(content) * 8)
    for place in range(0, len(message), 64):
        w = list(struct.unpack(">16I", message[place : place + 64]))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ turned(w[j - 3], 15)
            w.append(x ^ turned(x, 15) ^ turned(x, 23) ^ turned(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = start
        for j in range(64):
            t = turned(0x79CC4519 if j < 16 else 0x7A879D8A, j)
            one = turned((turned(a, 12) + e + t) & 0xFFFFFFFF, 7)
            two = one ^ turned(a, 12)
            ff = a ^ b ^ c if j < 16 else a & b | a & c | b & c
            gg = e ^ f ^ g if j < 16 else e & f | ~e & 0xFFFFFFFF & g
            s, r = (ff + d + two + (w[j] ^ w[j + 4])) & 0xFFFFFFFF, (gg + h + one + w[j]) & 0xFFFFFFFF
            a, b, c, d = s, a, turned(b, 9), c
            e, f, g, h = r ^ turned(r, 9) ^ turned(r, 17), e, turned(f, 19), g
        start = tuple(x ^ y for x, y in zip(start, (a, b, c, d, e, f, g, h)))
    return struct.pack(">8I", *start)


def hasher(algorithm):
    """The hash function of a draw: bytes in, 32 bytes out."""
    if algorithm == "sha256":
        return lambda content: hashlib.sha256(content).digest()
    if algorithm != "sm3":
        raise Unreadable("announcement.json", f"不认识的算法 {algorithm}", f"unknown algorithm {algorithm}")
    if "sm3" in hashlib.algorithms_available:
        return lambda content: hashlib.new("sm3", content).digest()
    return sm3


def tree_of(hashed, leaves):
    """All rows of the tree of RFC 9162 over the leaves: pairs are hashed together, an odd one at the end moves up."""
    rows = [leaves]
    while len(rows[-1]) > 1:
        below = rows[-1]
        paired = [hashed(b"\x01" + below[i] + below[i + 1]) for i in range(0, len(below) - 1, 2)]
        rows.append(paired + (below[-1:] if len(below) % 2 else []))
    return rows


def proof_of(rows, place):
    """The hashes beside the way from a leaf to the root, with the side on which each stands."""
    steps = []
    for row in rows[:-1]:
        if place ^ 1 < len(row):
            steps.append(("left" if place % 2 else "right", row[place ^ 1].hex()))
        place //= 2
    return steps


def leaf_bytes(text, where):
    """A digest as it is printed: 64 lower-case figures."""
    if len(text) != 64 or text.strip("0123456789abcdef"):
        raise Unreadable(where, "不是 64 位小写十六进制", "is not 64 lower-case hexadecimal figures")
    return bytes.fromhex(text)


# --- the five steps ----------------------------------------------------------------------------------------------


class Run:
    """A published admission, read from its folder, and what was recounted of it."""

    def __init__(self, folder):
        self.folder = folder
        self.said = json_of(folder, "announcement.json")
        self.roots = json_of(folder, "roots.json")
        self.batch = field(self.said, "batch", str, "announcement.json")
        self.digest = hasher(field(self.said, "algorithm", str, "announcement.json"))
        self.pids, self.leaves = [], []
        for number, (pid, leaf) in enumerate(rows_of(folder, "list.csv"), 2):
            self.pids.append(pid)
            self.leaves.append(leaf_bytes(leaf, f"list.csv:{number}"))
        self.sealed = (folder / "records.csv").exists()
        self.records = {row[0]: row[1:] for row in rows_of(folder, "records.csv")} if self.sealed else {}
        self.seed, self.numbers, self.trees, self.number = "", {}, {}, 1

    def hashed(self, text):
        return self.digest(text.encode("ascii"))

    def check_rules(self):
        """The rules and the seats are those whose digest was announced."""
        text = text_of(self.folder, "rules.json")
        if self.hashed(text).hex() != field(self.said, "rules", str, "announcement.json"):
            raise Wrong(
                "rules.json",
                "规则或名额与公布的校验值不符",
                "rules or seats are not those that were announced",
            )

    def check_list(self):
        """The list is the one whose root was announced at closing."""
        if len(self.pids) != field(self.said, "entrants", int, "announcement.json"):
            raise Wrong(
                "list.csv",
                f"名单有 {len(self.pids)} 人，公布的是 {self.said['entrants']} 人",
                "the number of children is another",
            )
        if not self.pids:
            raise Wrong("list.csv", "名单为空", "the list is empty")
        self.check_records()
        self.check_tree("list", self.leaves, field(self.said, "root", str, "announcement.json"))

    def check_records(self):
        """The sealed records are those whose leaves stand in the list."""
        if self.sealed and list(self.records) != self.pids:
            odd = min(set(self.records) ^ set(self.pids), default="?")
            raise Wrong("records.csv", f"{odd} 只在一个名单中", f"{odd} stands in one of the lists only")
        for number, pid in enumerate(self.records, 2):
            salt, record, _place = self.records[pid]
            made = self.hashed(f"\x00{SCHEME}|leaf|{self.batch}|{salt}|{record}")
            if not record.startswith(pid + "|") or made != self.leaves[number - 2]:
                raise Wrong(
                    f"records.csv:{number}",
                    f"{pid} 的记录与公布的名单不符",
                    f"the record of {pid} is not the one in the list",
                )

    def check_tree(self, name, leaves, root):
        """The leaves make the root that was published; if not, the published hashes of pairs say in which rows not."""
        rows = self.trees[name] = tree_of(self.digest, leaves)
        found = rows[min(1, len(rows) - 1)]
        pairs = [leaf_bytes(one, "roots.json") for one in field(self.roots, name, list, "roots.json")]
        if rows[-1][0].hex() == root and found == pairs:
            return
        if not pairs or tree_of(self.digest, pairs)[-1][0].hex() != root:
            raise Wrong(
                f"{name}.csv" if rows[-1][0].hex() != root else "roots.json",
                f"与公布的根 {root} 不符：被改动过",
                f"does not lead to the published root {root}: it was altered",
            )
        at = 2 * next((i for i, (one, other) in enumerate(zip(found, pairs)) if one != other), 0)
        one = "、".join(self.pids[at : at + 2])
        raise Wrong(
            f"{name}.csv:{at + 2}",
            f"{one} 的行与公布的根不符：" + ("这两行中至少一行被改动过" if "、" in one else "被改动过"),
            f"altered: {one.replace('、', ' or ')} does not lead to the published root",
        )

    def check_seed(self):
        """The seed follows from the announcement, what was revealed, and the first public value that exists."""
        opened = {}
        for one in json_of(self.folder, "reveals.json"):
            opened[field(one, "name", str, "reveals.json")] = one
        values = []
        for promised in field(self.said, "commitments", list, "announcement.json"):
            name, one = field(promised, "name", str, "announcement.json"), None
            one = opened.pop(name, None)
            kept = one and self.hashed(
                f"{SCHEME}|commit|{one.get('nonce')}|{one.get('secret')}"
            ).hex() == promised.get("digest")
            values.append(f"{name}={one['secret'] if kept else self.said.get('fallback')}")
        if opened:
            raise Wrong(
                "reveals.json", f"{min(opened)} 没有事先承诺", f"{min(opened)} did not commit beforehand"
            )
        public = json_of(self.folder, "beacons.json")
        named = field(self.said, "beacons", list, "announcement.json")
        chosen = [f"{name}={public[name]}" for name in named if public.get(name)][:1]
        if not chosen:
            raise Wrong("beacons.json", "没有公布过的公共随机值", "no announced public value is there")
        parts = [
            SCHEME,
            "seed",
            self.batch,
            str(len(self.pids)),
            self.said["root"],
            self.said["rules"],
            *values,
            *chosen,
        ]
        self.seed = self.hashed("|".join(parts)).hex()
        return self.seed

    def check_numbers(self):
        """Every child's number follows from the seed."""
        rows = rows_of(self.folder, "numbers.csv")
        if [row[0] for row in rows] != self.pids:
            odd = min({row[0] for row in rows} ^ set(self.pids), default="?")
            raise Wrong("numbers.csv", f"{odd} 只在一个名单中", f"{odd} stands in one of the lists only")
        begin = f"{SCHEME}|num|{self.seed}|{self.batch}|*|"
        for line, (pid, number) in enumerate(rows, 2):
            self.numbers[pid] = self.hashed(begin + pid).hex()
            if number != self.numbers[pid]:
                raise Wrong(
                    f"numbers.csv:{line}",
                    f"{pid} 的派位号不是由种子算出的",
                    f"the number of {pid} does not follow from the seed",
                )

    def check_result_root(self):
        """The results are those whose root was published; with the records, every leaf is made anew."""
        rows = rows_of(self.folder, "result.csv")
        if [row[0] for row in rows] != self.pids:
            odd = min({row[0] for row in rows} ^ set(self.pids), default="?")
            raise Wrong("result.csv", f"{odd} 只在一个名单中", f"{odd} stands in one of the lists only")
        leaves = [leaf_bytes(leaf, f"result.csv:{line}") for line, (_pid, leaf) in enumerate(rows, 2)]
        for line, pid in enumerate(self.records, 2):
            salt, _record, place = self.records[pid]
            if self.hashed(f"\x00{SCHEME}|result|{self.batch}|{salt}|{pid}|{place}") != leaves[line - 2]:
                raise Wrong(
                    f"result.csv:{line}",
                    f"{pid} 的录取结果与公布的不符",
                    f"the place of {pid} is not the one published",
                )
        root = field(self.roots, "root", str, "roots.json")
        self.check_tree("result", leaves, root)
        return root

    def check_places(self):
        """The places are those that had to come. Needs the sealed records."""
        market = Market(self)
        found = market.run()
        for line, pid in enumerate(self.records, 2):
            if self.records[pid][2] != found[pid]:
                raise Wrong(
                    f"records.csv:{line}",
                    f"{pid} 应录取 {found[pid]}，公布的是 {self.records[pid][2]}",
                    f"{pid} had to be placed at {found[pid]}, published is {self.records[pid][2]}",
                )
        published = rows_of(self.folder, "cuts.csv")
        for line, (row, right) in enumerate(zip(published, market.cuts()), 2):
            if row != right:
                raise Wrong(f"cuts.csv:{line}", f"应为 {','.join(right)}", f"should be {','.join(right)}")
        if len(published) != len(market.groups):
            raise Wrong("cuts.csv", "名额组的个数不对", "the number of groups is another")
        return sum(1 for place in found.values() if place != NOWHERE)


class Again(Run):
    """A further run: the closed list with a few records changed, the same numbers, and the run before it."""

    def __init__(self, before, folder):
        self.folder, self.before, self.number = folder, before, before.number + 1
        self.said, self.batch, self.digest = before.said, before.batch, before.digest
        self.pids, self.numbers, self.seed, self.trees = before.pids, before.numbers, before.seed, {}
        self.first = before.first if before.number > 1 else before
        self.told, self.roots = json_of(folder, "further.json"), json_of(folder, "roots.json")
        self.sealed = (folder / "records.csv").exists()
        if self.sealed != before.sealed:
            raise Unreadable("records.csv", "封存记录不全", "the sealed records are there for some runs only")
        self.records = {row[0]: row[1:] for row in rows_of(folder, "records.csv")} if self.sealed else {}
        self.changed, self.leaves, self.added = {}, list(self.first.leaves), {}

    def check_further(self):
        """It follows the run before it, and its rules are the announced ones but for places that were added."""
        if field(self.told, "number", int, "further.json") != self.number:
            raise Wrong("further.json", f"不是第 {self.number} 次运算", f"this is not run {self.number}")
        over, root = field(self.told, "over", str, "further.json"), self.before.trees["result"][-1][0].hex()
        if over != root:
            raise Wrong(
                "further.json",
                f"所接的结果根为 {over}，前一次是 {root}",
                f"follows the root {over}, but that of the run before is {root}",
            )
        if self.hashed(text_of(self.folder, "rules.json")).hex() != field(
            self.told, "rules", str, "further.json"
        ):
            raise Wrong(
                "rules.json",
                "规则或名额与公布的校验值不符",
                "rules or seats are not those that were published",
            )
        old, new = (json_of(run.folder, "rules.json") for run in (self.before, self))
        groups = [
            {one.get("code"): one for one in field(each, "groups", list, "rules.json")} for each in (old, new)
        ]
        for code, one in groups[1].items():
            was, now = (field(each.get(code, {}), "capacity", int, "rules.json") for each in groups)
            if now < was:
                raise Wrong(
                    "rules.json", f"名额组 {code} 的名额少了", f"group {code} has fewer places than before"
                )
            if now > was:
                self.added[code] = now - was
            one["capacity"] = was
        if old != new:
            raise Wrong("rules.json", "规则被改动过", "the rules are not those of the run before")

    def check_list(self):
        """The records are those of the closed list but for the ones that are named."""
        place = {pid: at for at, pid in enumerate(self.pids)}
        for line, (pid, leaf) in enumerate(rows_of(self.folder, "changed.csv"), 2):
            if pid not in place:
                raise Wrong(f"changed.csv:{line}", f"名单中没有 {pid}", f"{pid} is not in the list")
            self.changed[pid], made = line, leaf_bytes(leaf, f"changed.csv:{line}")
            if made == self.leaves[place[pid]]:
                raise Wrong(
                    f"changed.csv:{line}", f"{pid} 的记录没有改动", f"the record of {pid} is not changed"
                )
            self.leaves[place[pid]] = made
        self.check_records()
        try:
            self.check_tree("list", self.leaves, field(self.told, "records", str, "further.json"))
        except Wrong as wrong:
            if not wrong.where.startswith("list.csv:"):
                raise
            at = int(wrong.where.split(":")[1]) - 2
            lines = [f":{self.changed[pid]}" for pid in self.pids[at : at + 2] if pid in self.changed]
            raise Wrong(f"changed.csv{lines[0] if len(lines) == 1 else ''}", wrong.zh, wrong.en) from None

    def check_places(self):
        """As of the first run; and nobody has less than what was published before, except who gave it back."""
        placed = super().check_places()
        for line, pid in enumerate(self.records, 2):
            held, now = self.before.records[pid][2], self.records[pid][2]
            asked = groups_of(self.records[pid][1])
            if held == NOWHERE or now == held or not asked:
                continue
            if held not in asked or now not in asked or asked.index(now) > asked.index(held):
                raise Wrong(
                    f"records.csv:{line}",
                    f"{pid} 已公布录取 {held}，现在是 {now}",
                    f"{pid} was published to have {held} and now has {now}",
                )
        return placed

    def kinds(self):
        """How many records are others than in the closed list: given back, with the place held added, by an appeal."""
        back = held = 0
        for pid in self.changed:
            asked, was = self.records[pid][1].split("|")[1], self.first.records[pid][1].split("|")[1]
            back += not asked
            place = self.before.records[pid][2]
            held += (
                bool(asked)
                and asked.rpartition(";")[0] == was
                and groups_of(self.records[pid][1])[-1] == place
            )
        return back, held, len(self.changed) - back - held


def groups_of(record):
    """The groups that a record asks, best first."""
    return [one.split(":")[0] for one in record.split("|")[1].split(";") if one]


class Market:
    """Groups, wishes, and who is kept where."""

    def __init__(self, run):
        rules = json_of(run.folder, "rules.json")
        self.groups, self.stages = {}, field(rules, "stages", list, "rules.json")
        for one in self.stages:
            for name, kind in (("groups", list), ("first", bool), ("floors", dict), ("releases", dict)):
                field(one, name, kind, "rules.json")
        for one in field(rules, "groups", list, "rules.json"):
            code, capacity = field(one, "code", str, "rules.json"), field(one, "capacity", int, "rules.json")
            if code in self.groups or capacity < 0 or one.get("ties") not in ("strict", "admit", "reject"):
                raise Unreadable("rules.json", f"名额组 {code} 有误", f"group {code} makes no sense")
            self.groups[code] = {"seats": capacity, "ties": one["ties"], "pool": one.get("release_to")}
        order = sorted(run.pids, key=lambda pid: run.numbers[pid])
        self.rank = {pid: place for place, pid in enumerate(order)}
        self.wishes = {}
        for line, pid in enumerate(run.records, 2):
            parts = run.records[pid][1].split("|")
            if len(parts) != 3 or (parts[2] != NOWHERE and parts[2] not in self.rank):
                raise Unreadable(f"records.csv:{line}", "记录格式不对", "the record has another form")
            self.wishes[pid] = self.edges_of(
                parts[1], pid if parts[2] == NOWHERE else parts[2], f"records.csv:{line}"
            )
        self.tails = {}
        if (run.folder / "tail.csv").exists():
            for line, (pid, edges) in enumerate(rows_of(run.folder, "tail.csv"), 2):
                if pid not in self.rank:
                    raise Wrong(f"tail.csv:{line}", f"{pid} 不在名单中", f"{pid} is not in the list")
                bound = run.records[pid][1].split("|")[2]
                self.tails[pid] = self.edges_of(edges, pid if bound == NOWHERE else bound, f"tail.csv:{line}")
        self.kept, self.asked, self.ends = {}, {}, {}

    def edges_of(self, text, number_of, where):
        """``group:tier:score;…`` in the order of the family: pairs of group and key."""
        edges = []
        for one in text.split(";") if text else []:
            parts = one.split(":")
            good = (
                len(parts) == 3
                and parts[0] in self.groups
                and all(p.isdigit() and len(p) < 6 for p in parts[1:])
            )
            if not good or int(parts[1]) > 255 or int(parts[2]) > 65535:
                raise Unreadable(where, f"志愿「{one[:40]}」有误", f"wish {one[:40]!r} makes no sense")
            key = int(parts[1]) << 56 | (65535 - int(parts[2])) << 40 | self.rank[number_of] << 8
            edges.append((parts[0], key))
        return edges

    def run(self):
        """Every stage in its order (one stage of all groups where the rules name none), then who asks on."""
        placed, empty, lines = {}, {}, {}
        self.asked = {code: [] for code in self.groups}
        for stage in self.stages or [
            {"groups": sorted(self.groups), "first": False, "floors": {}, "releases": {}}
        ]:
            seats = {code: self.groups[code]["seats"] for code in stage["groups"]}
            for source, target in stage["releases"].items():
                seats[target] += empty[source]
            floors = {code: floor_of(rule, lines) for code, rule in stage["floors"].items()}
            lists = {}
            for pid, edges in self.wishes.items():
                mine = [] if pid in placed else [edge for edge in edges if edge[0] in seats]
                mine = mine[:1] if stage["first"] else mine
                lists[pid] = [
                    (code, key) for code, key in mine if 65535 - (key >> 40 & 0xFFFF) >= floors.get(code, 0)
                ]
            found = self.ask(lists, seats)
            if self.tails:
                found, lists = self.ask_on(found, lists, seats)
            for edges in lists.values():
                for code, key in edges:
                    self.asked[code].append(key)
            placed.update(found)
            self.note_ends(seats)
            for code in seats:
                empty[code] = max(0, seats[code] - self.ends[code][0])
                if self.kept[code]:
                    lines[code] = 65535 - (self.ends[code][2] >> 40 & 0xFFFF)
        return {pid: placed.get(pid, NOWHERE) for pid in self.wishes}

    def ask_on(self, found, lists, seats):
        """Children without a place ask on, by the published further lists, until nobody new is without one."""
        waiting = dict(self.tails)
        while more := [pid for pid in lists if pid not in found and pid in waiting]:
            for pid in more:
                known = {code for code, _key in lists[pid]}
                lists[pid] = lists[pid] + [edge for edge in waiting.pop(pid) if edge[0] not in known]
            found = self.ask(lists, seats)
        for pid in lists:
            if pid not in found and pid not in self.tails:
                raise Wrong(
                    "tail.csv",
                    f"{pid} 没有学位，也没有统筹名单",
                    f"{pid} has no place and was not asked on for",
                )
        if waiting:
            raise Wrong("tail.csv", f"{min(waiting)} 不需要统筹", f"{min(waiting)} did not need to ask on")
        return found, lists

    def ask(self, lists, seats):
        """Deferred acceptance: everybody asks down the list, every group keeps the best (Gale and Shapley 1962)."""
        self.kept = {code: [] for code in seats}
        room, filled, closed = dict(seats), dict.fromkeys(seats, 0), {}
        for code in seats:
            if self.groups[code]["pool"] in seats:
                room[self.groups[code]["pool"]] += seats[code]
        at, place = dict.fromkeys(lists, 0), {}
        waiting = list(lists)
        while waiting:
            pid = waiting.pop()
            if pid in place or at[pid] >= len(lists[pid]):
                continue
            code, key = lists[pid][at[pid]]
            if key >= closed.get(code, 1 << 64):
                at[pid] += 1
                waiting.append(pid)
                continue
            heapq.heappush(self.kept[code], (-key, pid))
            place[pid] = code
            pool = self.groups[code]["pool"]
            gone = self.trim(code, room[code], closed)
            if pool in seats:
                now = min(len(self.kept[code]), seats[code])
                room[pool] -= now - filled[code]
                filled[code] = now
                gone += self.trim(pool, room[pool], closed)
            for other in gone:
                del place[other]
                at[other] += 1
                waiting.append(other)
        return place

    def trim(self, code, room, closed):
        """Whom a group turns away now; those with equal keys go by the group's rule."""
        kept, gone, ties = self.kept[code], [], self.groups[code]["ties"]
        while len(kept) > room:
            key, same = kept[0][0], []
            while kept and kept[0][0] == key:
                same.append(heapq.heappop(kept))
            if ties == "admit" and len(kept) < room:
                for one in same:
                    heapq.heappush(kept, one)
                break
            if ties == "strict" and len(same) > 1:
                raise Wrong(
                    "records.csv",
                    f"名额组 {code} 有并列而未规定办法",
                    f"group {code} has a tie without a rule",
                )
            if ties == "reject":
                closed[code] = -key
            gone += [pid for _key, pid in same]
        return gone

    def note_ends(self, seats):
        """For every group: how many it admitted, its seats with what was left to it, and the key of the last one in."""
        left = {}
        for code in seats:
            pool = self.groups[code]["pool"]
            if pool in seats:
                left[pool] = left.get(pool, 0) + max(0, seats[code] - len(self.kept[code]))
        for code in seats:
            last = -self.kept[code][0][0] if self.kept[code] else None
            self.ends[code] = (len(self.kept[code]), seats[code] + left.get(code, 0), last)

    def cuts(self):
        """What is published of every group: asked, admitted, seats, the place of the last one in among all who asked."""
        rows = []
        for code in sorted(self.groups):
            admitted, seats, last = self.ends[code]
            asked = sorted(self.asked[code])
            rank = str(asked.index(last) + 1) if last is not None else NOWHERE
            rows.append(
                [
                    code,
                    str(len(asked)),
                    str(admitted),
                    str(seats),
                    rank,
                    NOWHERE if last is None else str(last),
                ]
            )
        return rows


def floor_of(rule, lines):
    """The lowest score that a group admits: an absolute one, and one that hangs on the line of another group."""
    lowest = field(rule, "at_least", int, "rules.json")
    if rule.get("line_of") in lines:
        lowest = max(lowest, lines[rule["line_of"]] - field(rule, "less", int, "rules.json"))
    return lowest


# --- what people see ---------------------------------------------------------------------------------------------


def check_printed(printed, roots, where):
    """A root is the one that somebody read elsewhere, as far as they typed it; of several runs, that of one of them."""
    if printed is None or (len(printed) >= 8 and any(one.startswith(printed.lower()) for one in roots)):
        return
    found = "、".join(roots)
    raise Wrong(
        where,
        f"根为 {found}，与您提供的 {printed} 不符（至少输入 8 位）",
        f"the root is {found.replace('、', ' or ')}, not the one you gave, {printed} (8 figures at least)",
    )


def recount(folder, list_root=None, result_root=None):
    """All steps in their order; yields what was found right, as pairs of Chinese and English."""
    further = folders_of(folder)
    check_names(folder, {*FILES, *SEALED, *(one.name for one in further)})
    run = Run(folder)
    run.check_rules()
    yield "规则与名额：与公布的校验值相符", "rules and seats: as announced"
    run.check_list()
    check_printed(list_root, [run.said["root"]], "list.csv")
    yield f"名单：{len(run.pids)} 人，名单根相符", f"list: {len(run.pids)} children, root as announced"
    yield f"种子：{run.check_seed()}", f"seed: {run.seed}"
    run.check_numbers()
    yield f"派位号：{len(run.pids)} 个全部由种子算出", f"numbers: all {len(run.pids)} follow from the seed"
    roots = [run.check_result_root()]
    yield f"结果根：{roots[0]}", f"results' root: {roots[0]}"
    if run.sealed:
        placed = run.check_places()
        yield (
            f"录取：{placed} 人的录取结果全部相符",
            f"places: all as they had to come, {placed} children placed",
        )
    else:
        yield (
            "录取：没有封存记录，这一步由公证人员复算",
            "places: not recounted here (sealed records are with the notary)",
        )
    for place in further:
        with inside(place.name):
            run = Again(run, place)
            yield from recount_again(run, roots)
    check_printed(result_root, roots, f"{further[-1].name}/result.csv" if further else "result.csv")


def recount_again(run, roots):
    """The same of a further run; its root is put to the others."""
    check_names(run.folder, {*FILES_AGAIN, *SEALED})
    run.check_further()
    run.check_list()
    more, few = sum(run.added.values()), len(run.changed)
    zh, en = "，其余与封存的名单一致", "all others as in the closed list"
    if run.sealed:
        back, held, appeals = run.kinds()
        zh = f"（放弃学位 {back} 份，保留统筹学位 {held} 份，申诉后更正 {appeals} 份）{zh}"
        en = f"{back} gave a place back, {held} keep a coordinated place, {appeals} by an appeal; {en}"
    yield (
        f"第 {run.number} 次运算：改动 {few} 份记录{zh}；派位号不变；增加 {more} 个学位",
        f"run {run.number}: {few} records changed ({en}); the same numbers; {more} places added",
    )
    roots.append(run.check_result_root())
    yield f"第 {run.number} 次结果根：{roots[-1]}", f"run {run.number}, results' root: {roots[-1]}"
    if run.sealed:
        placed = run.check_places()
        yield (
            f"第 {run.number} 次录取：{placed} 人的录取结果全部相符，没有人失去已公布的学位",
            f"run {run.number}, places: all as they had to come, {placed} children placed, nobody lost one",
        )


def folders_of(folder):
    """The folders of further runs, in their order; none may be missing."""
    numbers = sorted(
        int(one.name[4:])
        for one in folder.iterdir()
        if one.is_dir() and one.name[:4] == "run-" and one.name[4:].isdigit()
    )
    if numbers != list(range(2, 2 + len(numbers))):
        missing = next(at for at in range(2, 3 + len(numbers)) if at not in numbers)
        raise Unreadable(f"run-{missing}", "缺少这一次运算", "this run is missing")
    return [folder / f"run-{number}" for number in numbers]


def check_names(folder, known):
    """Nothing stands in a folder that does not belong there."""
    if odd := sorted({path.name for path in folder.iterdir()} - known):
        raise Wrong(odd[0], "不属于公布文件", "does not belong to the published files")


@contextlib.contextmanager
def inside(name):
    """What is found in the folder of a further run is named with that folder."""
    try:
        yield
    except Wrong as wrong:
        wrong.where = f"{name}/{wrong.where}"
        raise


def proof(folder, pid):
    """One family's own proof: its leaf, the hashes up to both roots (of the last run), its number and place in the order."""
    run = first = Run(folder)
    run.check_list()
    run.check_seed()
    run.check_numbers()
    run.check_result_root()
    for place in folders_of(folder):
        with inside(place.name):
            run = Again(run, place)
            run.check_further()
            run.check_list()
            run.check_result_root()
    if pid not in run.numbers:
        raise Wrong("list.csv", f"名单中没有 {pid}", f"{pid} is not in the list")
    at = run.pids.index(pid)
    before = sum(1 for number in run.numbers.values() if number < run.numbers[pid])
    return {
        "pid": pid,
        "number": run.numbers[pid],
        "shown": f"0.{int(run.numbers[pid][:13], 16) * 1_000_000 >> 52:06d}",
        "order": before + 1,
        "children": len(run.pids),
        "run": run.number,
        "list": {
            "leaf": first.leaves[at].hex(),
            "steps": proof_of(first.trees["list"], at),
            "root": run.said["root"],
        },
        "result": {
            "leaf": run.trees["result"][0][at].hex(),
            "steps": proof_of(run.trees["result"], at),
            "root": run.trees["result"][-1][0].hex(),
        },
    }


def main(arguments=None):
    """Read the command line, recount, and say in sentences how it stands."""
    parser = argparse.ArgumentParser(description="Recount of a published admission. 录取结果复算。")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--child", metavar="PID")
    parser.add_argument("--list-root", metavar="HEX")
    parser.add_argument("--result-root", metavar="HEX")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    asked = parser.parse_args(arguments)
    pick = 0 if asked.lang == "zh" else 1
    told, code, wrong = [], 0, None
    try:
        if not asked.folder.is_dir():
            raise Unreadable(str(asked.folder), "没有这个文件夹", "there is no such folder")
        if asked.child:
            print(json.dumps(proof(asked.folder, asked.child), ensure_ascii=False, indent=2))
            return 0
        for sentence in recount(asked.folder, asked.list_root, asked.result_root):
            told.append(sentence[pick])
            if not asked.json:
                print(f"✓ {sentence[pick]}", flush=True)
    except Wrong as found:
        code = 2 if isinstance(found, Unreadable) else 1
        wrong = {"where": found.where, "what": (found.zh, found.en)[pick]}
    if asked.json:
        print(json.dumps({"right": code == 0, "steps": told, "wrong": wrong}, ensure_ascii=False, indent=2))
    elif wrong:
        print(f"✗ {wrong['where']}: {wrong['what']}")
    else:
        print(("全部相符。", "All is right.")[pick])
    return code


if __name__ == "__main__":
    sys.exit(main())
