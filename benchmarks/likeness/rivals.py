"""The peers: Splink 5 trained by its own EM, ECM on agreements, and plain exact match.

All read the same normal forms: the name parted, addresses, numbers and days as ours.
"""

from __future__ import annotations

import contextlib
import logging
import os
import warnings

import numpy as np

from amity.duplicates.likeness import names
from amity.duplicates.likeness.record import Ints, Record
from benchmarks.likeness.reading import Labelled
from benchmarks.likeness.scoring import Said

FIELDS = (
    "given", "family", "email", "phone", "employer", "born", "number", "street", "town", "postcode", "region",
    "url", "handle",
)  # fmt: skip
SURE, SHOWN = 0.999, 0.95
Table = dict[str, list[str | None]]


def flat(records: list[Record]) -> Table:
    """Write the first value of each field of each record; the columns that say anything at all."""
    table: Table = {kind: [] for kind in FIELDS}
    for one in records:
        name = (
            names.of_parts(one.given, one.family)
            if one.given or one.family
            else names.taken_apart("".join(one.names[:1]))
        )
        said = {kind: values[0].lower() for kind, values in one.said.items() if values}
        for kind in FIELDS:
            value = {"given": name.given, "family": name.family}.get(kind, said.get(kind, ""))
            table[kind].append(value or None)
    return {kind: values for kind, values in table.items() if any(values)}


def exact(labelled: Labelled) -> Said:
    """Merge what agrees in two fields and differs in none; ask about the same name or address alone."""
    table = flat(labelled.records)
    name = [
        f"{a} {b}" if a or b else None
        for a, b in zip(
            table.get("given", [None] * len(labelled.records)),
            table.get("family", [None] * len(labelled.records)),
            strict=True,
        )
    ]
    pairs = (
        labelled.pairs
        if labelled.pairs is not None
        else _sharing([name, *(table[kind] for kind in ("email", "phone", "number", "url") if kind in table)])
    )
    columns = [np.array([value or "" for value in values]) for values in table.values()]
    here, there = pairs[:, 0], pairs[:, 1]
    same = sum(((one[here] == one[there]) & (one[here] != "")).astype(int) for one in columns)
    other = sum(
        ((one[here] != one[there]) & (one[here] != "") & (one[there] != "")).astype(int) for one in columns
    )
    merged = (same >= 2) & (other == 0) & _more(table, here, there)
    asked = (
        np.ones(len(pairs), bool)
        if labelled.pairs is None
        else _alone([name, *(table[k] for k in ("email",) if k in table)], here, there)
    )
    return Said(pairs[merged], pairs[asked])


def _more(table: Table, here: Ints, there: Ints) -> np.ndarray:
    others = [
        np.array([value or "" for value in values])
        for kind, values in table.items()
        if kind not in {"given", "family"}
    ]
    return (
        sum(
            (((one[here] == one[there]) & (one[here] != "")).astype(int) for one in others),
            np.zeros(len(here), int),
        )
        > 0
    )


def _alone(columns: list[list[str | None]], here: Ints, there: Ints) -> np.ndarray:
    found = np.zeros(len(here), bool)
    for values in columns:
        one = np.array([value or "" for value in values])
        found |= (one[here] == one[there]) & (one[here] != "")
    return found


def _sharing(columns: list[list[str | None]]) -> Ints:
    found: set[tuple[int, int]] = set()
    for values in columns:
        bearers: dict[str, list[int]] = {}
        for place, value in enumerate(values):
            if value:
                bearers.setdefault(value, []).append(place)
        found |= {
            (a, b)
            for who in bearers.values()
            if len(who) < 500
            for n, a in enumerate(who)
            for b in who[n + 1 :]
        }
    return np.array(sorted(found), np.int64).reshape(-1, 2)


def ecm(labelled: Labelled) -> Said:
    """Two classes of pairs by EM on which fields agree, as ECM classifiers of linkage toolkits do.

    (Ours: recordlinkage is not installed.) Agreement is exact but for names, mailboxes and streets,
    where it is a similarity of 0.85; candidates share a name's sound, an address, a number, a birthday
    or a postcode.
    """
    from amity.duplicates.likeness.spelling import letters, slips

    table = flat(labelled.records)
    keys = [
        [
            f"{names.sound(a)} {names.sound(b)}" if a and b else None
            for a, b in zip(table.get("given", []), table.get("family", []), strict=False)
        ]
    ]
    keys += [
        table[kind]
        for kind in ("family", "email", "phone", "number", "born", "postcode", "handle")
        if kind in table
    ]
    pairs = labelled.pairs if labelled.pairs is not None else _sharing([key for key in keys if key])
    if not len(pairs):
        return Said(pairs, pairs)
    here, there = pairs[:, 0], pairs[:, 1]
    agree = []
    for kind, values in table.items():
        one = np.array([value or "" for value in values])
        if kind in {"given", "family", "email", "street"}:
            long = np.maximum(np.char.str_len(one)[here], np.char.str_len(one)[there])
            far = slips(letters(list(one)), here, there, 3)
            agree.append((far <= 0.15 * np.maximum(long, 1)) & (one[here] != "") & (one[there] != ""))
        else:
            agree.append((one[here] == one[there]) & (one[here] != ""))
    chance = _two_classes(np.stack(agree, axis=1))
    return Said(pairs[chance >= SURE], pairs[chance >= 0.5])


def _two_classes(agree: np.ndarray, rounds: int = 100) -> np.ndarray:
    same, other, share = np.full(agree.shape[1], 0.9), np.clip(agree.mean(axis=0), 0.01, 0.5), 0.1
    chance = np.zeros(len(agree))
    for _ in range(rounds):
        bits = (
            agree @ np.log(same / other)
            + (~agree) @ np.log((1 - same) / (1 - other))
            + np.log(share / (1 - share))
        )
        chance = 1 / (1 + np.exp(-bits))
        share = float(np.clip(chance.mean(), 1e-6, 0.99))
        same = np.clip((chance @ agree) / max(chance.sum(), 1e-9), 1e-4, 1 - 1e-4)
        other = np.clip(((1 - chance) @ agree) / max((1 - chance).sum(), 1e-9), 1e-4, 1 - 1e-4)
    return chance


def splink(labelled: Labelled) -> Said:
    """Splink with comparisons for the columns at hand, trained by its own EM."""
    import pyarrow as pa
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    os.environ.setdefault("TQDM_DISABLE", "1")
    warnings.simplefilter("ignore")
    logging.getLogger("splink").setLevel(logging.ERROR)
    table = flat(labelled.records)
    rows = pa.table({"unique_id": list(range(len(labelled.records))), **table})
    rules = [block_on(*kinds) for kinds in _rules(table)]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(kind) for kind in table],
        blocking_rules_to_generate_predictions=rules,
    )
    database = DuckDBAPI()
    linker = Linker(database.register(rows), settings)
    sure = [
        block_on(*kinds)
        for kinds in _rules(table)
        if len(kinds) > 1 or kinds[0] in {"email", "number", "phone"}
    ][:4]
    linker.training.estimate_probability_two_random_records_match(sure, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for kinds in _training(table):
        with contextlib.suppress(
            ValueError
        ):  # a level that no pair of this block shows: Splink 5 gives up the pass
            linker.training.estimate_parameters_using_expectation_maximisation(block_on(*kinds))
    found = linker.inference.predict(threshold_match_probability=0.5).as_record_list()
    said = np.array(
        [(row["unique_id_l"], row["unique_id_r"], row["match_probability"]) for row in found]
    ).reshape(-1, 3)
    pairs, chance = said[:, :2].astype(np.int64), said[:, 2]
    if labelled.pairs is not None:
        size = len(labelled.records)
        given = set((labelled.pairs.min(axis=1) * size + labelled.pairs.max(axis=1)).tolist())
        kept = np.array([int(min(a, b)) * size + int(max(a, b)) in given for a, b in pairs], bool)
        pairs, chance = pairs[kept], chance[kept]
    return Said(pairs[chance >= SURE], pairs[chance >= SHOWN])


def _rules(table: Table) -> list[tuple[str, ...]]:
    wanted = [
        ("email",), ("phone",), ("number",), ("url",), ("handle",), ("given", "family"),
        ("family", "born"), ("given", "born"),
        ("given", "postcode"), ("family", "postcode"), ("given", "town"), ("family", "town"),
        ("born", "postcode"), ("born", "town"),
    ]  # fmt: skip
    return [rule for rule in wanted if all(kind in table for kind in rule)] or [(kind,) for kind in table]


def _training(table: Table) -> list[tuple[str, ...]]:
    wanted = [("given", "family"), ("born",), ("email",), ("number",), ("phone",)]
    return [rule for rule in wanted if all(kind in table for kind in rule)][:3] or [
        next(iter(table)),
    ]


def _comparison(kind: str):  # noqa: ANN202
    import splink.comparison_library as library

    if kind in {"given", "family"}:
        return library.JaroWinklerAtThresholds(kind, [0.92, 0.8]).configure(term_frequency_adjustments=True)
    if kind == "email":
        return library.EmailComparison(kind)
    if kind in {"born", "number", "postcode"}:
        return library.DamerauLevenshteinAtThresholds(kind, [1, 2])
    if kind in {"street", "town", "employer"}:
        return library.JaroWinklerAtThresholds(kind, [0.9]).configure(
            term_frequency_adjustments=kind == "town"
        )
    return library.ExactMatch(kind)


CONTENDERS = {"Splink 5": splink, "ECM": ecm, "exact": exact}
