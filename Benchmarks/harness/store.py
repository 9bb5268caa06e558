"""Rows of runs: the store against a C program with prepared statements on the same SQLite."""

import pathlib
import shutil
import subprocess
import tempfile

from .measuring import Spread, figure, ratios, run
from .table import table, verdict

STRATEGIES, REPLICATIONS, ROWS = 5, 10_000, 50


def rows_of_runs(tools, rounds):
    with tempfile.TemporaryDirectory() as scratch:
        empty = pathlib.Path(scratch) / "empty.sqlite"
        size = [STRATEGIES, REPLICATIONS]
        run([tools.store_rows, "prepare", empty, *size])
        costs = {"store": [], "C": []}
        files = {name: pathlib.Path(scratch) / f"{name}.sqlite" for name in costs}
        for _ in range(rounds):
            for name, file in files.items():
                for old in pathlib.Path(scratch).glob(f"{name}.sqlite*"):
                    old.unlink()
                shutil.copy(empty, file)
                command = (
                    [tools.store_rows, "insert", file, *size]
                    if name == "store" else [tools.rows_c, file, *size, ROWS]
                )
                costs[name].append(run(command).json["seconds"])
        same = same_rows(files["store"], files["C"])
    count = STRATEGIES * REPLICATIONS
    ratio = ratios(costs["C"], costs["store"])
    rows = [
        ["the store", ratio.text(), figure(count / Spread(costs["store"]).median)],
        [f"C, {ROWS} rows a statement", "1", figure(count / Spread(costs["C"]).median)],
    ]
    goal = [
        "rows of runs against a C program", ratio.text(), "0.9 times", verdict(ratio.median >= 0.9),
    ]
    text = table(["who", "rows a second, times those of C", "rows a second"], rows, right=(1, 2))
    return text + f"\nBoth files hold the same {count:,} rows: {verdict(same)}.\n", goal


def same_rows(left, right):
    """Whether two stores hold the same runs."""
    try:
        import sqlite3
    except ImportError:
        return subprocess.run(["cmp", left, right], check=False).returncode == 0
    connection = sqlite3.connect(left)
    connection.execute("ATTACH ? AS other", [str(right)])
    differences = "SELECT count(*) FROM (SELECT * FROM {} EXCEPT SELECT * FROM {})"
    return all(
        connection.execute(differences.format(*pair)).fetchone()[0] == 0
        for pair in (("run", "other.run"), ("other.run", "run"))
    )
