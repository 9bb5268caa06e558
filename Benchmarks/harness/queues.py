"""The candidates for the kernel's calendar, on the hold model."""

from .measuring import Spread, figure, interleave
from .table import table

CANDIDATES = [
    "kernel", "wheel", "binary-heap", "swift-collections", "calendar", "ladder", "entity-timers",
]
INCREMENTS = ["exponential", "uniform", "bimodal"]
PENDING = [10, 100, 1_000, 10_000, 100_000, 1_000_000]


def hold_model(tools, rounds):
    """A table for each law of increments, of nanoseconds a hold."""
    sections = []
    for increments in INCREMENTS:
        rows = {name: [name] for name in CANDIDATES}
        for pending in PENDING:
            holds = max(400_000, 2 * pending)
            # A queue of a million events is filled for longer than it is measured.
            runs = interleave(
                {
                    name: [tools.event_queues, name, increments, pending, holds]
                    for name in CANDIDATES
                },
                rounds if pending < 1_000_000 else 1,
            )
            orders = {each.json["checksum"] for list_of_runs in runs.values() for each in list_of_runs}
            if len(orders) != 1:
                raise SystemExit(f"the candidates disagree on the order of {pending} events")
            for name, list_of_runs in runs.items():
                cost = Spread([each.json["seconds"] / each.json["holds"] * 1e9 for each in list_of_runs])
                rows[name].append(figure(cost.median, 2))
        head = ["candidate", *(f"{pending:,}" for pending in PENDING)]
        sections.append(
            f"## {increments.capitalize()} increments\n\n"
            + table(head, rows.values(), right=range(1, len(head)))
        )
    return "\n".join(sections)
