"""Markdown tables."""


def table(head, rows, right=()):
    """A table; the columns whose number is in `right` are aligned to the right."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    rule = ["---:" if column in right else ":---" for column in range(len(head))]
    lines = ["| " + " | ".join(row) + " |" for row in (cells[0], rule, *cells[1:])]
    return "\n".join(lines) + "\n"


def verdict(is_met):
    return "yes" if is_met else "**no**"
