#!/usr/bin/env python3
"""Recount of a double-random inspection: were these units and these inspectors drawn? 双随机抽查复算。

    python3 verify_sample.py DIR              recount everything
    python3 verify_sample.py DIR --json       for programs;  --lang en for English
    python3 verify_sample.py DIR --more N     the next N units of every kind, should the sample be extended

This one file needs Python 3.9 or later and nothing else. It shares no line with the program that made the draw. DIR
holds announcement.json and plan.json (published before), reveals.json and beacons.json (the seed), drawn.json (the
result). Exit code: 0 all is right, 1 something is not, 2 it could not be read.

1. PLAN   units with weights, how many of each kind, inspectors with recusals: its digest and its root were announced.
2. SEED   a hash of both, what contributors revealed, and a public value that came later.
3. UNITS  a unit of weight w has w hashes of the seed; its smallest is its key; the smallest keys are drawn.
4. TEAMS  a hash of seed, unit and inspector orders the inspectors of every unit; recused ones have none. Every unit in
          turn takes the first who has visits left; if nobody has, one who has moves elsewhere by the shortest way.
          The heaviest load is the smallest with which all teams are complete.
5. PAIRS  in a crossed round (plan.json has "cross", pairs.json is there): the smallest hashes order the counties; the
          first ring in that order without an excluded pair says whom each visits; inspectors go nowhere else.
"""

import argparse
import hashlib
import json
import struct
import sys
from pathlib import Path

SCHEME = "YGZS-LOT/1"
FILES = ("announcement.json", "plan.json", "reveals.json", "beacons.json", "drawn.json")
PAIRS = "pairs.json"


class Wrong(Exception):
    """Something that is not as it had to be: where, and in both languages what."""

    def __init__(self, where, zh, en):
        super().__init__(en)
        self.where, self.zh, self.en = where, zh, en


class Unreadable(Wrong):
    """Files that are missing or are not what they should be."""


def json_of(folder, name):
    """A file and its value: JSON in its one canonical form, keys sorted, no blanks, ASCII, no decimals."""
    try:
        text = (folder / name).read_bytes().decode("ascii")
        value = json.loads(text, parse_float=no_floats)
    except FileNotFoundError:
        raise Unreadable(name, "缺少这个文件", "the file is missing") from None
    except (OSError, ValueError, RecursionError) as problem:
        raise Unreadable(name, "不是有效的 JSON", f"is not JSON: {problem}") from None
    if json.dumps(value, sort_keys=True, separators=(",", ":")) + "\n" != text:
        raise Unreadable(
            name, "不是规定的唯一写法（键排序、无空格）", "is not in canonical form (sorted keys, no blanks)"
        )
    return text, value


def no_floats(_text):
    raise ValueError("numbers with decimals are not used here")


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
    """The hash function of a draw: text in, 32 bytes out."""
    if algorithm == "sha256":
        return lambda text: hashlib.sha256(text.encode("ascii")).digest()
    if algorithm != "sm3":
        raise Unreadable("announcement.json", f"不认识的算法 {algorithm}", f"unknown algorithm {algorithm}")
    if "sm3" in hashlib.algorithms_available:
        return lambda text: hashlib.new("sm3", text.encode("ascii")).digest()
    return lambda text: sm3(text.encode("ascii"))


class Round:
    """A published round, and what was recounted of it."""

    def __init__(self, folder):
        self.plan_text, self.plan = json_of(folder, "plan.json")
        crossed = "cross" in self.plan
        odd = sorted({path.name for path in folder.iterdir()} - {*FILES, *([PAIRS] if crossed else [])})
        if odd:
            raise Wrong(odd[0], "不属于公布文件", "does not belong to the published files")
        _text, self.said = json_of(folder, "announcement.json")
        self.pairs = json_of(folder, PAIRS)[1] if crossed else {}
        _text, self.reveals = json_of(folder, "reveals.json")
        _text, self.beacons = json_of(folder, "beacons.json")
        _text, self.drawn = json_of(folder, "drawn.json")
        self.hashed = hasher(self.said["algorithm"])
        self.units = {code: (weight, stratum) for code, weight, stratum in self.plan["units"]}
        self.inspectors = {code: (most, set(recused)) for code, most, recused in self.plan["inspectors"]}
        self.seed = ""

    def check_plan(self):
        """The plan is the one that was announced: its bytes, and the root over its units."""
        if self.hashed(self.plan_text).hex() != self.said["rules"]:
            raise Wrong(
                "plan.json",
                "检查方案与公布的校验值不符：方案被改动过",
                "the plan is not the one that was announced",
            )
        leaves = [
            self.hashed(f"\x00{SCHEME}|unit|{self.said['batch']}|{code}|{weight}|{stratum}")
            for code, weight, stratum in self.plan["units"]
        ]
        if len(self.units) != len(leaves) or len(leaves) != self.said["entrants"]:
            raise Wrong("plan.json", "检查对象的个数与公布的不符", "the number of units is another")
        while len(leaves) > 1:
            pairs = [self.node(leaves[i], leaves[i + 1]) for i in range(0, len(leaves) - 1, 2)]
            leaves = pairs + (leaves[-1:] if len(leaves) % 2 else [])
        if not leaves or leaves[0].hex() != self.said["root"]:
            raise Wrong(
                "plan.json", "检查对象名录的根与公布的不符", "the root of the units is not the one announced"
            )

    def node(self, left, right):
        """Two hashes hashed together (RFC 9162)."""
        content = b"\x01" + left + right
        if self.said["algorithm"] == "sha256":
            return hashlib.sha256(content).digest()
        return hashlib.new("sm3", content).digest() if "sm3" in hashlib.algorithms_available else sm3(content)

    def check_seed(self):
        """The seed follows from the announcement, what was revealed, and the first public value that exists."""
        opened = {one["name"]: one for one in self.reveals}
        values = []
        for promised in self.said["commitments"]:
            one = opened.pop(promised["name"], None)
            kept = (
                one
                and self.hashed(f"{SCHEME}|commit|{one['nonce']}|{one['secret']}").hex() == promised["digest"]
            )
            values.append(f"{promised['name']}={one['secret'] if kept else self.said['fallback']}")
        if opened:
            raise Wrong(
                "reveals.json", f"{min(opened)} 没有事先承诺", f"{min(opened)} did not commit beforehand"
            )
        public = [f"{name}={self.beacons[name]}" for name in self.said["beacons"] if self.beacons.get(name)][
            :1
        ]
        if not public:
            raise Wrong("beacons.json", "没有公布过的公共随机值", "no announced public value is there")
        head = [
            SCHEME,
            "seed",
            self.said["batch"],
            str(len(self.units)),
            self.said["root"],
            self.said["rules"],
        ]
        self.seed = self.hashed("|".join(head + values + public)).hex()
        return self.seed

    def order(self, stratum):
        """All units of a kind in the order in which they are drawn."""
        keys = []
        for code, (weight, own) in self.units.items():
            if own == stratum:
                start = f"{SCHEME}|es|{self.seed}|{self.plan['name']}|{code}|"
                keys.append((min(self.hashed(start + str(turn)) for turn in range(weight)), code))
        return [code for _key, code in sorted(keys)]

    def check_units(self):
        """The units are those that had to be drawn, in their order."""
        right = []
        for stratum, size in self.plan["sizes"]:
            right += self.order(stratum)[:size]
        published = [unit for unit, _team in self.drawn]
        for place in range(max(len(right), len(published))):
            mine, theirs = (some[place] if place < len(some) else "-" for some in (right, published))
            if mine != theirs:
                raise Wrong(
                    f"drawn.json:{place + 1}",
                    f"第 {place + 1} 个应抽中 {mine}，公布的是 {theirs}",
                    f"unit {place + 1} had to be {mine}, published is {theirs}",
                )
        return right

    def check_pairs(self):
        """The counties visit those whom they had to; from then on their inspectors are kept from all other units."""
        cross = self.plan["cross"]
        start = f"{SCHEME}|es|{self.seed}|{self.plan['name']}-pairs|"
        drawn = sorted(set(cross["places"].values()), key=lambda one: self.hashed(f"{start}{one}|0"))
        apart = {(one, other) for one, other in cross["apart"]}
        ring = next(self.rings(drawn[:1], drawn[1:], apart), None)
        if ring is None or len(ring) < 3:
            raise Wrong(PAIRS, "排不出交叉检查", "there is no ring of counties")
        right = dict(zip(ring, ring[1:] + ring[:1]))
        for county in sorted({*right, *self.pairs}):
            mine, theirs = right.get(county, "-"), self.pairs.get(county, "-")
            if mine != theirs:
                raise Wrong(
                    PAIRS,
                    f"{county} 应检查 {mine}，公布的是 {theirs}",
                    f"{county} had to visit {mine}, published is {theirs}",
                )
        for code, (_most, recused) in self.inspectors.items():
            visited = right[cross["homes"][code]]
            recused.update(unit for unit in self.units if cross["places"][unit] != visited)
        return right

    def rings(self, begun, left, apart):
        """All rings that begin so, in the order of the draw."""
        if not left and (begun[-1], begun[0]) not in apart:
            yield begun
        for one in left:
            if (begun[-1], one) not in apart:
                yield from self.rings([*begun, one], [other for other in left if other != one], apart)

    def check_teams(self):
        """The teams are those that had to be drawn."""
        units = [unit for unit, _team in self.drawn]
        lots = {}
        for unit in units:
            free = [code for code, (_most, recused) in self.inspectors.items() if unit not in recused]
            start = f"{SCHEME}|pair|{self.seed}|{self.plan['name']}|{unit}|"
            lots[unit] = sorted(free, key=lambda code: self.hashed(start + code))
        heaviest = max((most for most, _recused in self.inspectors.values()), default=0)
        fair = -(-len(units) * self.plan["team"] // max(1, len(self.inspectors)))
        teams = {} if not units else None
        for load in range(max(1, min(fair, heaviest)), heaviest + 1) if units else ():
            teams = self.teams(lots, load)
            if teams is not None:
                break
        if teams is None:
            raise Wrong("drawn.json", "按方案凑不齐检查人员", "the plan has not enough inspectors")
        for place, (unit, team) in enumerate(self.drawn, 1):
            if team != teams[unit]:
                raise Wrong(
                    f"drawn.json:{place}",
                    f"{unit} 应由 {'、'.join(teams[unit])} 检查，公布的是 {'、'.join(team)}",
                    f"{unit} had to be visited by {', '.join(teams[unit])}, published is {', '.join(team)}",
                )

    def teams(self, lots, load):
        """Every unit's team if nobody visits more often than ``load``; nothing if one stays incomplete."""
        room = {code: min(load, most) for code, (most, _recused) in self.inspectors.items()}
        teams, visits = {unit: [] for unit in lots}, {code: [] for code in room}
        for unit in lots:
            while len(teams[unit]) < self.plan["team"]:
                way = self.way(unit, lots, teams, visits, room)
                if way is None:
                    return None
                for taker, code, giver in way:
                    teams[taker].append(code)
                    visits[code].append(taker)
                    if giver is not None:
                        teams[giver].remove(code)
                        visits[code].remove(giver)
        return {unit: sorted(team, key=lots[unit].index) for unit, team in teams.items()}

    def way(self, start, lots, teams, visits, room):
        """The shortest row of moves that gives ``start`` one inspector more: (who takes, whom, who gives up)."""
        reached, waiting, met = {start: None}, [start], set()
        for unit in waiting:
            for code in lots[unit]:
                if code in met or code in teams[unit]:
                    continue
                met.add(code)
                if len(visits[code]) < room[code]:
                    way, giver = [], None
                    while True:
                        way.append((unit, code, giver))
                        if reached[unit] is None:
                            return way
                        giver = unit
                        unit, code = reached[unit]
                for other in visits[code]:
                    if other not in reached:
                        reached[other] = (unit, code)
                        waiting.append(other)
        return None


def recount(folder):
    """All steps in their order; yields what was found right, as pairs of Chinese and English."""
    try:
        run = Round(folder)
        run.check_plan()
        yield (
            f"检查方案：{len(run.units)} 个检查对象，与公布的相符",
            f"plan: {len(run.units)} units, as announced",
        )
        yield f"种子：{run.check_seed()}", f"seed: {run.seed}"
        units = run.check_units()
        yield f"检查对象：抽中的 {len(units)} 个全部相符", f"units: all {len(units)} drawn as they had to be"
        if "cross" in run.plan:
            pairs = run.check_pairs()
            yield (
                f"交叉检查：{len(pairs)} 个县的配对全部相符",
                f"pairs: all {len(pairs)} counties as they had to be",
            )
        run.check_teams()
        yield "检查人员：全部相符，无人应回避而未回避", "teams: all as they had to be, nobody who is recused"
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Unreadable(
            "*.json", f"内容不完整：{problem}", f"something is missing or of another kind: {problem}"
        ) from None


def main(arguments=None):
    """Read the command line, recount, and say in sentences how it stands."""
    parser = argparse.ArgumentParser(description="Recount of a double-random inspection. 双随机抽查复算。")
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--more", type=int, metavar="N")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    asked = parser.parse_args(arguments)
    pick = 0 if asked.lang == "zh" else 1
    told, code, wrong, more = [], 0, None, {}
    try:
        if not asked.folder.is_dir():
            raise Unreadable(str(asked.folder), "没有这个文件夹", "there is no such folder")
        for sentence in recount(asked.folder):
            told.append(sentence[pick])
            if not asked.json:
                print(f"✓ {sentence[pick]}", flush=True)
        if asked.more:
            run = Round(asked.folder)
            run.check_seed()
            more = {kind: run.order(kind)[size : size + asked.more] for kind, size in run.plan["sizes"]}
    except Wrong as found:
        code = 2 if isinstance(found, Unreadable) else 1
        wrong = {"where": found.where, "what": (found.zh, found.en)[pick]}
    if asked.json:
        print(
            json.dumps(
                {"right": code == 0, "steps": told, "wrong": wrong, "more": more},
                ensure_ascii=False,
                indent=2,
            )
        )
    elif wrong:
        print(f"✗ {wrong['where']}: {wrong['what']}")
    else:
        for kind, codes in more.items():
            print(f"+ {kind}: {' '.join(codes)}")
        print(("全部相符。", "All is right.")[pick])
    return code


if __name__ == "__main__":
    sys.exit(main())
