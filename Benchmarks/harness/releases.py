"""The release model: SimPy, a hand-written C++ loop, and the kernel on both roads."""

import math

from .measuring import Spread, figure, instructions_each, interleave, ratios, run
from .table import table, verdict

# Replicas, requests a second, seconds for the compiled ones and how often, seconds for SimPy.
SIZES = [(20, 200, 1800, 20, 180), (200, 2000, 1800, 2, 18), (2000, 20000, 360, 1, 2)]
QUEUES = ["binary-heap", "4-ary-heap", "wheel"]


def commands(tools, replicas, rate, seconds, replications, python_seconds):
    size = [replicas, rate]
    many = ["--replications", replications]
    peers = {
        "SimPy, Resource": [tools.python, tools.release_py, "resource", *size, python_seconds],
        "SimPy, callbacks": [tools.python, tools.release_py, "callbacks", *size, python_seconds],
    }
    for queue in QUEUES:
        peers[f"C++, {queue}"] = [tools.release_cpp, queue, *size, seconds, *many]
    ours = {
        road: [tools.release_model, road, *size, seconds, *many]
        for road in ("recursion", "events")
    }
    return {**ours, **peers}


def instructions_of_a_request(command, is_python):
    """From two runs of one replication, the second three times as long."""
    words = [str(word) for word in command]
    if "--replications" in words:
        words = words[: words.index("--replications")]
    rate = float(words[-2])
    requests = 500 if is_python else 10000
    short = [*words[:-1], str(requests / rate)]
    long = [*words[:-1], str(3 * requests / rate)]
    first, second = (run(each).json["requests"] for each in (short, long))
    return instructions_each(short, long, first, second)


def speed(tools, rounds):
    """The tables of how fast requests are played."""
    rows, goals = [], []
    for size in SIZES:
        replicas, rate, seconds, _, python_seconds = size
        wanted = commands(tools, *size)
        runs = interleave(wanted, rounds)
        costs = {
            name: [each.json["seconds"] / each.json["requests"] for each in list_of_runs]
            for name, list_of_runs in runs.items()
        }
        best = min(
            (f"C++, {queue}" for queue in QUEUES), key=lambda name: Spread(costs[name]).median
        )
        for name, cost in costs.items():
            # Python's start takes callgrind so long that one size has to do.
            is_counted = "SimPy" not in name or replicas == 200
            count = instructions_of_a_request(wanted[name], "SimPy" in name) if is_counted else None
            is_ours = name in ("recursion", "events")
            label = f"kernel, {name}" if is_ours else name
            rows.append(
                [
                    f"{replicas:,}",
                    label + (" (its best)" if name == best else ""),
                    "1" if name == "recursion" else ratios(cost, costs["recursion"]).text(),
                    "1" if name == "events" else ratios(cost, costs["events"]).text(),
                    "" if count is None else figure(count),
                    figure(1e-6 / Spread(cost).median),
                    figure(max(each.peak_mebibytes for each in runs[name])),
                ]
            )
        simpy = ratios(costs["SimPy, Resource"], costs["recursion"])
        recursion = ratios(costs[best], costs["recursion"])
        events = ratios(costs[best], costs["events"])
        for text, measured, goal in [
            (f"recursion against SimPy's Resource, {replicas:,} replicas", simpy, 500),
            (f"recursion against the best C++ loop, {replicas:,} replicas", recursion, 2),
            (f"events against the best C++ loop, {replicas:,} replicas", events, 0.8),
        ]:
            goals.append([text, measured.text(), f"{goal} times", verdict(measured.median >= goal)])
    head = [
        "replicas", "who", "times the recursion's time", "times the events' time",
        "instructions a request", "million requests a second", "memory, MiB",
    ]
    return table(head, rows, right=range(2, 7)), goals


def agreement(tools, replications=12):
    """Whether all play the same model: the same latencies where the draws are the same, and means
    within their joint interval where they are not."""
    rows, is_same = [], True
    for replicas, rate, _, _, seconds in SIZES:
        size = [replicas, rate, seconds]
        many = ["--replications", replications]
        compiled = {"kernel, recursion": [tools.release_model, "recursion", *size, *many, "--digest"]}
        compiled["kernel, events"] = [tools.release_model, "events", *size, *many, "--digest"]
        for queue in QUEUES:
            compiled[f"C++, {queue}"] = [tools.release_cpp, queue, *size, *many, "--digest"]
        outcomes = {name: run(command).json["replications"] for name, command in compiled.items()}
        ours = outcomes["kernel, recursion"]
        for name, theirs in outcomes.items():
            same = all(
                a["digest"] == b["digest"] and a["peak"] == b["peak"] for a, b in zip(ours, theirs)
            )
            is_same &= same
            rows.append([f"{replicas:,}", name, *means(theirs), "same to the nanosecond" if same else "**other**"])
        for variant in ("resource", "callbacks"):
            # Seeds of its own, so that the two sides are independent.
            command = [tools.python, tools.release_py, variant, *size, *many, "--seed", 7]
            theirs = run(command).json["replications"]
            farthest = max(
                abs(standardised_difference(ours, theirs, measure))
                for measure in ("wait", "latency", "p50", "p99")
            )
            # Four measures, of which each may be as far as its 99.9% interval by Student's law.
            agrees = farthest < 3.8
            is_same &= agrees
            word = "agrees" if agrees else "**differs**"
            rows.append(
                [f"{replicas:,}", f"SimPy, {variant}", *means(theirs),
                 f"{word}: {figure(farthest, 2)} standard errors"]
            )
    head = [
        "replicas", "who", "requests", "mean wait, ms", "mean latency, ms", "median, ms", "99%, ms",
        "most replicas", "against the recursion",
    ]
    return table(head, rows, right=range(2, 8)), is_same


def means(outcomes):
    def mean(measure):
        return sum(each[measure] for each in outcomes) / len(outcomes)

    cells = [f"{mean('requests'):,.0f}"]
    cells += [f"{1000 * mean(measure):.1f}" for measure in ("wait", "latency", "p50", "p99")]
    return [*cells, f"{mean('peak'):,.0f}"]


def standardised_difference(left, right, measure):
    """How many standard errors apart two means are (Welch)."""
    numbers = [[each[measure] for each in side] for side in (left, right)]
    centres = [sum(side) / len(side) for side in numbers]
    variance = sum(
        sum((number - centre) ** 2 for number in side) / (len(side) - 1) / len(side)
        for side, centre in zip(numbers, centres)
    )
    return (centres[0] - centres[1]) / math.sqrt(variance)


def memory(tools):
    """Peak memory of the recursion as the number of requests grows."""
    rows = []
    for seconds in (36, 360, 3600):
        played = run([tools.release_model, "recursion", 200, 2000, seconds])
        rows.append([f"{played.json['requests']:,}", figure(played.peak_mebibytes)])
    return table(["requests", "memory, MiB"], rows, right=(0, 1)), rows
