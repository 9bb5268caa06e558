"""Measures all parts, or those that are named, and writes results.md and event-queues.md."""

import argparse

from . import program, queues, releases, store
from .building import Tools, folder, say
from .measuring import figure, run
from .table import table, verdict

PARTS = ["agreement", "requests", "memory", "queues", "drift", "store", "growth", "limits"]

OPENING = """# Results

Written by `make bench`; [README.md](README.md) says what each part is. All that stands in one table was measured
in turns, round after round, so that whatever slows the machine for a while slows all of it. A ratio is the median
of the rounds, with the least and the greatest. Times are processor times, of the loop alone where a model or a
store is measured, and wall times only where a limit or the gain of a thread is. Ratios and instruction counts can be compared between
machines; seconds, rates and memory are those of one machine, which may have been busy with other work.
"""


def requests(tools, rounds, goals):
    text, found = releases.speed(tools, rounds)
    goals += found
    return (
        "## Requests of a release\n\nThe same model everywhere: [Peers/README.md](Peers/README.md). SimPy plays "
        "shorter releases, of the same rates: its cost of a request does not depend on how many there are.\n\n" + text
    )


def agreement(tools, _, goals):
    text, is_same = releases.agreement(tools)
    goals.append(["all play the same model", "", "", verdict(is_same)])
    return (
        "## Do they play the same?\n\nTwelve releases each, short ones. The C++ loop and the kernel draw the same "
        "numbers, so every latency must be the same; SimPy draws its own, so means must lie within their joint "
        "interval.\n\n" + text
    )


def memory(tools, _, goals):
    text, rows = releases.memory(tools)
    peaks = [float(row[1].replace(",", "")) for row in rows]
    goals.append(
        ["memory of 100 times the requests", f"{figure(peaks[-1] / peaks[0])} times", "flat",
         verdict(peaks[-1] < 1.1 * peaks[0])]
    )
    return "## Memory against requests\n\nThe recursion, 200 replicas.\n\n" + text


def drift(tools, _, goals):
    found = run([tools.calendar_drift]).json
    goals.append(["1,000,000,000 events at once and in ten pieces", "the same, no nanosecond lost",
                  "exact", verdict(found["same"])])
    rows = [
        ["events in a month", f"{found['events']:,}"],
        ["the same in ten pieces", verdict(found["same"])],
        ["how far a clock is off that ticks evenly, ns", "0"],
        ["how far it would be off if seconds were added as doubles, ns", figure(found["drift_of_doubles_ns"])],
        ["events a second of processor time, millions", figure(found["events"] / found["seconds"] / 1e6)],
    ]
    return "## A month of events\n\n" + table(["what", "found"], rows, right=(1,))


def rows_of_runs(tools, rounds, goals):
    text, goal = store.rows_of_runs(tools, rounds)
    goals.append(goal)
    return "## Rows of runs\n\n" + text


def growth(tools, rounds, _):
    return (
        "## How the program's time grows\n\n" + program.growth(tools, min(rounds, 3))
        + "\n" + program.instructions_of_a_run(tools)
    )


def limits(tools, rounds, goals):
    goals += program.limits(tools, rounds)
    return ""


def hold_model(tools, rounds, _):
    found = queues.hold_model(tools, min(rounds, 3))
    file = folder / "event-queues.md"
    head, _, _ = file.read_text().partition("<!-- measured -->")
    file.write_text(f"{head}<!-- measured -->\n\n{found}")
    return "## Event queues\n\nSee [event-queues.md](event-queues.md).\n"


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/run", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--rounds", type=int, default=5)
    words = parser.parse_args()
    for part in words.parts:
        if part not in PARTS:
            parser.error(f"there is no part '{part}': {', '.join(PARTS)}")
    measures = {
        "agreement": agreement, "requests": requests, "memory": memory, "queues": hold_model,
        "drift": drift, "store": rows_of_runs, "growth": growth, "limits": limits,
    }
    tools = Tools()
    goals, sections = [], []
    for part in words.parts or PARTS:
        say(f"measuring {part}")
        sections.append(measures[part](tools, words.rounds, goals))
    head = ["what", "measured", "goal", "met"]
    text = "\n".join(
        [OPENING, "## Goals\n", table(head, goals, right=(1,)), *filter(None, sections)]
    )
    print(text)
    # A part alone is for whoever works on it; the file holds all of them.
    if not words.parts:
        (folder / "results.md").write_text(text)


if __name__ == "__main__":
    main()
