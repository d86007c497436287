"""A draw: what is published fixes it, what is altered is named, and outsiders' vectors come out."""

import hashlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from junheng.kernel.errors import Refusal
from junheng.kernel.lottery import (
    Algorithm,
    Announcement,
    Commitment,
    Entrant,
    Reveal,
    Seed,
    Tree,
    Unit,
    commitment_of,
    digest,
    faults,
    is_in,
    leaf_of,
    numbers,
    order,
    ranks,
    sample,
    seed_of,
)
from junheng.kernel.lottery.fast import digests
from junheng.kernel.lottery.sm3 import Sm3

SHA = Algorithm.SHA256
LOGGED = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
"""The entries of the test tree of Certificate Transparency, and its roots for the first 1 to 8 of them."""
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def list_of(count: int) -> list[Entrant]:
    return [
        Entrant(f"{place:016x}", f"{place * 7:032x}", f"{place:016x}|t1|s1,s2|") for place in range(count)
    ]


def announced(entrants: list[Entrant], algorithm: Algorithm = SHA) -> Announcement:
    tree = Tree(algorithm, [leaf_of(algorithm, "b1", one) for one in entrants])
    promised = [
        Commitment(name, commitment_of(algorithm, f"n-{name}", f"s-{name}")) for name in ("bureau", "parents")
    ]
    return Announcement(
        "b1",
        algorithm,
        len(entrants),
        tree.root,
        "ab" * 32,
        tuple(promised),
        ("fucai-2024066", "drand-1"),
        "none",
    )


REVEALS = [Reveal("bureau", "n-bureau", "s-bureau"), Reveal("parents", "n-parents", "s-parents")]
BEACONS = {"fucai-2024066": "052327", "drand-1": None}


@pytest.mark.parametrize("count", range(1, 9))
def test_the_tree_is_that_of_certificate_transparency(count: int) -> None:
    leaves = [hashlib.sha256(b"\x00" + bytes.fromhex(entry)).digest() for entry in LOGGED[:count]]
    assert Tree(SHA, leaves).root == ROOTS[count - 1]


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("count", [*range(1, 18), 33, 100])
def test_every_family_proves_that_it_is_in_the_list_and_nobody_else_does(
    algorithm: Algorithm, count: int
) -> None:
    leaves = [leaf_of(algorithm, "b1", one) for one in list_of(count)]
    tree = Tree(algorithm, leaves)
    for place, leaf in enumerate(leaves):
        proof = tree.proof(place)
        assert len(proof) <= (count - 1).bit_length()
        given = {"entrants": count, "proof": proof, "root": tree.root}
        assert is_in(algorithm, leaf, place=place, **given)  # type: ignore[arg-type]
        assert not is_in(algorithm, leaf_of(algorithm, "b2", list_of(count)[place]), place=place, **given)  # type: ignore[arg-type]
        assert not is_in(algorithm, leaf, place=count, **given)  # type: ignore[arg-type]
        if count > 1:
            assert not is_in(algorithm, leaf, place=(place + 1) % count, **given)  # type: ignore[arg-type]
        for wrong in ([*proof, "00" * 32], proof[1:] if proof else ["zz"], ["00" * 32, *proof[1:]]):
            assert not is_in(algorithm, leaf, place=place, entrants=count, proof=wrong, root=tree.root)


@given(st.binary(max_size=300), st.integers(0, 300))
def test_the_plain_sm3_is_that_of_the_library(content: bytes, cut: int) -> None:
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this library has no SM3 to compare with; the standard's own vectors are tested apart")
    under_way = Sm3(content[:cut])
    other = under_way.copy()
    other.update(b"elsewhere")
    under_way.update(content[cut:])
    assert under_way.digest() == hashlib.new("sm3", content).digest()


def test_the_plain_sm3_gives_the_vectors_of_the_standard() -> None:
    assert Sm3(b"abc").hexdigest() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert Sm3(b"abcd" * 16).hexdigest() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    assert digest(Algorithm.SM3, b"abc") == Sm3(b"abc").digest()


@pytest.mark.parametrize("algorithm", Algorithm)
def test_the_seed_is_the_hash_of_one_printable_line(algorithm: Algorithm) -> None:
    said = announced(list_of(5), algorithm)
    text = f"YGZS-LOT/1|seed|b1|5|{said.root}|{said.rules}|bureau=s-bureau|parents=s-parents|fucai-2024066=052327"
    assert seed_of(said, REVEALS, BEACONS).value == digest(algorithm, text.encode()).hex()


def test_who_does_not_reveal_counts_with_the_published_fallback_by_name() -> None:
    said = announced(list_of(5))
    silent = seed_of(said, REVEALS[:1], BEACONS)
    lying = seed_of(said, [REVEALS[0], Reveal("parents", "n-parents", "something else")], BEACONS)
    assert silent.contributions == lying.contributions
    assert silent.contributions[1] == ("parents", "none")
    assert silent.value != seed_of(said, REVEALS, BEACONS).value


def test_the_first_public_value_that_exists_decides_and_none_is_no_seed() -> None:
    said = announced(list_of(5))
    second = seed_of(said, REVEALS, {"fucai-2024066": None, "drand-1": "9f"})
    assert second.contributions[-1] == ("drand-1", "9f")
    both = seed_of(said, REVEALS, {"fucai-2024066": "052327", "drand-1": "9f"})
    assert both == seed_of(said, REVEALS, BEACONS)
    with pytest.raises(Refusal, match="不能改用其他来源"):
        seed_of(said, REVEALS, {"weather": "rain"})


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (lambda said: replace(said, beacons=()), "no-beacon"),
        (lambda said: replace(said, beacons=("bureau",)), "name-twice"),
        (lambda said: replace(said, beacons=("a=b",)), "bad-name"),
        (lambda said: replace(said, beacons=("a|b",)), "draw-text"),
        (lambda said: replace(said, beacons=("福彩",)), "draw-text"),
        (lambda said: replace(said, root=said.root.upper()), "not-a-digest"),
        (lambda said: replace(said, rules="ab"), "not-a-digest"),
        (lambda said: replace(said, entrants=0), "empty-list"),
        (lambda said: replace(said, fallback=""), "no-fallback"),
        (
            lambda said: seed_of(said, [*REVEALS, Reveal("somebody", "1", "2")], BEACONS),
            "unknown-contributor",
        ),
        (lambda said: Entrant("a", "s", "b|t1"), "record-of-another"),
        (lambda said: Entrant("a", "s", "a|\n"), "draw-text"),
        (lambda said: Tree(SHA, []), "empty-list"),
        (lambda said: Tree(SHA, [b"1" * 32]).proof(1), "not-in-list"),
    ],
)
def test_what_would_make_a_draw_doubtful_is_refused(wrong: object, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        wrong(announced(list_of(3)))  # type: ignore[operator]
    assert refused.value.code == code


@pytest.mark.parametrize("algorithm", Algorithm)
def test_one_altered_thing_is_named(algorithm: Algorithm) -> None:
    entrants = list_of(40)
    said = announced(entrants, algorithm)
    seed = seed_of(said, REVEALS, BEACONS)
    pids = [one.pid for one in entrants]
    drawn = dict(zip(pids, numbers(algorithm, seed.value, "b1", pids), strict=True))
    assert faults(said, entrants, REVEALS, BEACONS, seed, drawn) == []

    altered = [
        replace(entrants[7], record=f"{pids[7]}|t0|s1,s2|") if one is entrants[7] else one for one in entrants
    ]
    assert "root" in faults(said, altered, REVEALS, BEACONS, seed, drawn)[0]
    assert "39 entries" in faults(said, entrants[1:], REVEALS, BEACONS, seed, drawn)[0]
    assert "in order" in faults(said, entrants[::-1], REVEALS, BEACONS, seed, drawn)[0]
    other = Seed("00" * 32, seed.contributions)
    assert "seed does not follow" in faults(said, entrants, REVEALS, BEACONS, other, drawn)[0]
    swapped = drawn | {pids[3]: drawn[pids[4]], pids[4]: drawn[pids[3]]}
    assert [
        pids[3] in told or pids[4] in told for told in faults(said, entrants, REVEALS, BEACONS, seed, swapped)
    ] == [
        True,
        True,
    ]
    assert "not in the list" in faults(said, entrants, REVEALS, BEACONS, seed, drawn | {"ff": b"0"})[-1]
    assert "seed" in faults(said, entrants, REVEALS, {"fucai-2024066": None}, seed, drawn)[0]
    assert (
        "without having committed"
        in faults(said, entrants, [*REVEALS, Reveal("x", "1", "2")], BEACONS, seed, drawn)[0]
    )


@given(st.sets(st.integers(0, 10**6), min_size=1, max_size=60), st.randoms())
def test_a_number_depends_on_the_child_alone(found: set[int], dice: object) -> None:
    pids = [f"{one:016x}" for one in sorted(found)]
    mixed = pids[:]
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    fixed = dict(zip(pids, numbers(SHA, "5e" * 32, "b1", pids), strict=True))
    assert dict(zip(mixed, numbers(SHA, "5e" * 32, "b1", mixed), strict=True)) == fixed
    assert fixed[pids[0]] == hashlib.sha256(f"YGZS-LOT/1|num|{'5e' * 32}|b1|*|{pids[0]}".encode()).digest()
    places = ranks([fixed[pid] for pid in pids])
    assert [pids[place] for place in sorted(range(len(pids)), key=lambda place: places[place])] == sorted(
        pids, key=lambda pid: fixed[pid]
    )


def test_numbers_that_share_their_first_64_bits_are_told_apart_by_the_rest() -> None:
    same = bytes(8)
    drawn = [same + b"\x02" * 24, same + b"\x01" * 24, b"\xff" * 32, same + b"\x01" * 23 + b"\x00"]
    assert ranks(drawn).tolist() == [2, 1, 3, 0]
    with pytest.raises(Refusal, match="两条报名"):
        ranks([*drawn, drawn[1]])


@settings(max_examples=50)
@given(st.lists(st.integers(1, 5), min_size=1, max_size=12), st.integers(0, 12), st.integers(0, 10**9))
def test_a_larger_sample_begins_with_the_smaller_one(weights: list[int], size: int, seed: int) -> None:
    units = [Unit(f"u{place}", weight) for place, weight in enumerate(weights)]
    size = min(size, len(units))
    drawn = sample(SHA, f"{seed:064x}", "round-1", units, {"": size})
    assert drawn == order(SHA, f"{seed:064x}", "round-1", units[::-1])[:size]
    without = [unit for unit in units if unit not in drawn[:1]]
    if drawn:
        assert order(SHA, f"{seed:064x}", "round-1", without)[: size - 1] == drawn[1:]


def test_the_sample_is_drawn_by_weight_and_by_stratum() -> None:
    units = [Unit("a", 1, "north"), Unit("b", 2, "north"), Unit("c", 5, "north"), Unit("d", 1, "south")]
    first = [order(SHA, f"{seed:064x}", "r", units[:3])[0].code for seed in range(4_000)]
    # 4,000 draws of chances 1/8, 2/8, 5/8: five standard deviations are 105, 137 and 153
    assert abs(first.count("a") - 500) < 105
    assert abs(first.count("b") - 1_000) < 137
    assert abs(first.count("c") - 2_500) < 153
    drawn = sample(SHA, "00" * 32, "r", units, {"south": 1, "north": 2})
    assert [unit.stratum for unit in drawn] == ["south", "north", "north"]
    for wrong in ({"south": 2}, {"west": 1}, {"south": -1}):
        with pytest.raises(Refusal, match="不能抽取"):
            sample(SHA, "00" * 32, "r", units, wrong)
    for bad in ([Unit("a", 0)], [Unit("a", 1_001)], [Unit("a"), Unit("a")], [Unit("一")]):
        with pytest.raises(Refusal):
            order(SHA, "00" * 32, "r", bad)


@pytest.mark.parametrize("algorithm", Algorithm)
def test_many_at_once_are_the_same_bytes(algorithm: Algorithm) -> None:
    """Every length of what stands before a number, so that blocks end before, within and after it."""
    dice = np.random.default_rng(3)
    for length in range(140):
        prefix = bytes(dice.integers(32, 127, length, dtype=np.uint8))
        texts = dice.integers(48, 58, (length % 37, 16), dtype=np.uint8)
        found = digests(algorithm, prefix, texts).astype(">u4")
        assert [one.tobytes() for one in found] == [
            digest(algorithm, prefix + one.tobytes()) for one in texts
        ]
