"""The program as people run it: how its time grows, and the limits that were promised."""

import pathlib
import re
import tempfile

from .building import folder, repository
from .measuring import (
    Spread, figure, instructions, instructions_each, interleave, ratios, run, side_by_side,
)
from .table import table, verdict

SCENARIO = repository / "Scenarios" / "checkout.yaml"


class Scenarios:
    """Scenarios made from the example of a web checkout."""

    def __init__(self, scratch):
        self.scratch = pathlib.Path(scratch)

    def checkout(self, name, replicas=40, rate=1200, workers=4, strategies=None, nodes=None):
        """The checkout with other numbers; the load of a worker stays what it is."""
        text = SCENARIO.read_text()
        text = re.sub(r"(?m)^  replicas: 40$", f"  replicas: {replicas}", text)
        text = re.sub(r"(?m)^traffic: 1200/s$", f"traffic: {rate}/s", text)
        text = re.sub(r"(?m)^  workers: 4$", f"  workers: {workers}", text)
        if nodes:
            count = nodes if isinstance(nodes, str) else f"{nodes}, maximum: {nodes}"
            text = re.sub(r"count: 8, maximum: 20", f"count: {count}", text)
        if strategies:
            text = re.sub(r"(?ms)^strategies:.*?(?=^experiment:)", f"strategies: {strategies}\n\n", text)
            text = re.sub(r"(?m)^  baseline: .*$\n?", "", text)
        file = self.scratch / f"{name}.yaml"
        file.write_text(text)
        return file


def with_program(measure):
    """Gives a measurement the scratch folder that its scenarios need."""

    def wrapped(tools, *arguments):
        with tempfile.TemporaryDirectory() as scratch:
            return measure(tools, Scenarios(scratch), *arguments)

    return wrapped


def compare(tools, file, replications, threads=1, *options):
    return [
        tools.program, "compare", file, "--replications", replications, "--threads", threads,
        "--quiet", *options,
    ]


@with_program
def growth(tools, scenarios, rounds):
    """Processor time against replicas, rate and replications, relative to the least."""
    rolling = "[rolling-update]"
    series = {
        "replicas": [
            (f"{replicas:,}", compare(tools, scenarios.checkout(
                f"replicas-{replicas}", replicas, 30 * replicas, strategies=rolling,
                nodes=max(8, replicas)), 200))
            for replicas in (10, 100, 1_000, 10_000)
        ],
        "requests a second": [
            (f"{1200 * factor:,}", compare(tools, scenarios.checkout(
                f"rate-{factor}", rate=1200 * factor, workers=4 * factor), 1_000))
            for factor in (1, 10, 100, 1_000)
        ],
        "replications": [
            (f"{replications:,}", compare(tools, SCENARIO, replications))
            for replications in (100, 1_000, 10_000)
        ],
    }
    if detail_is_known(tools):
        series["requests a second, each played"] = [
            (f"{120 * factor:,}", compare(tools, scenarios.checkout(
                f"detail-{factor}", replicas=4 * factor, rate=120 * factor,
                strategies=rolling, nodes=max(8, 4 * factor)), 1, 1, "--detail", "request"))
            for factor in (1, 10, 100)
        ]
    rows = []
    for quantity, steps in series.items():
        runs = interleave(dict(steps), rounds)
        first = [each.processor_seconds for each in runs[steps[0][0]]]
        for value, _ in steps:
            costs = [each.processor_seconds for each in runs[value]]
            rows.append(
                [
                    quantity, value, ratios(costs, first).text(), figure(Spread(costs).median),
                    figure(max(each.peak_mebibytes for each in runs[value])),
                ]
            )
    head = ["what grows", "to", "times the first one's time", "processor seconds", "memory, MiB"]
    return table(head, rows, right=range(1, 5))


def detail_is_known(tools):
    return "--detail" in run([tools.program, "compare", "--help"]).output


def repeated(command, rounds):
    """A few runs of a command, or one if it takes long."""
    first = run(command)
    return [first] + [run(command) for _ in range(min(rounds, 3) - 1 if first.wall_seconds < 3 else 0)]


@with_program
def limits(tools, scenarios, rounds):
    """What was promised of the program, one row each."""
    goals = []

    def promise(what, runs, seconds, mebibytes=None):
        wall = Spread([each.wall_seconds for each in runs])
        peak = max(each.peak_mebibytes for each in runs)
        is_met = wall.median <= seconds and (mebibytes is None or peak <= mebibytes)
        limit = f"{seconds} s" + (f", {mebibytes} MiB" if mebibytes else "")
        goals.append([what, f"{wall.text()} s, {figure(peak)} MiB", limit, verdict(is_met)])

    thousand = scenarios.checkout("plan", 1_000, nodes=500)
    # With room for a second fleet, so that every strategy comes to its end.
    two_hundred = scenarios.checkout("two-hundred", 200, 6_000, nodes="60, maximum: 100")
    single = {
        "start of the program": ([tools.program, "--version"], 0.05, None),
        "plan of a canary of 1,000 replicas": (
            [tools.program, "plan", thousand, "--strategy", "canary"], 0.1, None),
        "plan of a rolling update of 1,000 replicas": (
            [tools.program, "plan", thousand, "--strategy", "rolling-update"], 0.1, None),
        "5 strategies, 40 replicas, 1,000 replications, two threads": (
            compare(tools, SCENARIO, 1_000, 2), 2, None),
        "5 strategies, 200 replicas, 10,000 replications, two threads": (
            compare(tools, two_hundred, 10_000, 2), 5, None),
    }
    for name, (command, seconds, mebibytes) in single.items():
        promise(name, repeated(command, rounds), seconds, mebibytes)

    replicas = 1_000_000
    million = scenarios.checkout(
        "million", replicas, 30 * replicas, strategies="[rolling-update]",
        nodes=f"{replicas // 5}, maximum: {replicas // 2}")
    # At the standard rate of the control plane the release alone would take 14 hours.
    million.write_text(
        re.sub(r"(?m)^  nodes: .*$", r"\g<0>\n  controllerRate: 0/s", million.read_text()))
    command = compare(tools, million, 1)
    promoted = run([*command[:-1], "--format", "json"]).output
    if not re.search(r'"promoted":\s*1\b', promoted):
        raise SystemExit("the release of a million replicas does not come to its end")
    promise(f"a rolling update of {replicas:,} replicas", repeated(command, rounds), 1, 400)

    goals += gain_of_threads(tools, two_hundred, rounds)

    read = run([folder / "read-manifests"], check=False).output
    seconds, mebibytes = (float(word) for word in re.findall(r"([0-9.]+) (?:s|MiB)\b", read))
    goals.append(
        ["10 MB of manifests, read and searched", f"{figure(seconds)} s, {figure(mebibytes)} MiB",
         "3 s", verdict(seconds < 3)]
    )
    return goals


def gain_of_threads(tools, scenario, rounds):
    """What two threads gain against one, and what of it the machine keeps for itself.

    Enough replications that the start of the program, which one thread does, takes no part in it.
    """
    commands = {count: compare(tools, scenario, 10_000, count) for count in (1, 2)}
    rows = {1: [], 2: [], "side by side": []}
    for _ in range(rounds):
        for count, command in commands.items():
            rows[count].append(run(command).wall_seconds)
        rows["side by side"].append(side_by_side(commands[1]))
    gain = ratios(rows[1], rows[2])
    most = Spread([2 * number for number in ratios(rows[1], rows["side by side"]).numbers])
    return [
        ["two threads against one, wall time", gain.text(), "1.9 times", verdict(gain.median >= 1.9)],
        ["two programs side by side against one, for comparison", most.text(), "", ""],
    ]


def instructions_of_a_run(tools):
    """Instructions of a replication of one strategy of the checkout example."""
    few, more = (compare(tools, SCENARIO, count) for count in (10, 60))
    count = instructions_each(few, more, 50, 300)
    start = instructions([tools.program, "--version"])
    if count is None or start is None:
        return ""
    rows = [
        ["a replication of one strategy of `Scenarios/checkout.yaml`", f"{count / 1000:,.0f}"],
        ["the start of the program", f"{start / 1000:,.0f}"],
    ]
    return table(["what", "thousand instructions"], rows, right=(1,))
