"""Runs commands, interleaved, and says what they cost."""

import dataclasses
import json
import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor


@dataclasses.dataclass
class Run:
    """What one run of a command printed and cost."""

    output: str
    processor_seconds: float
    wall_seconds: float
    peak_mebibytes: float

    @property
    def json(self):
        return json.loads(self.output)


def run(command, check=True):
    """Runs a command to its end; its standard error is shown only if it fails.

    GNU time measures it: what a process itself is told of its children's memory begins with its own.
    """
    with tempfile.TemporaryDirectory() as scratch:
        report = os.path.join(scratch, "time")
        words = ["/usr/bin/time", "-f", "%e %U %S %M", "-o", report, *map(str, command)]
        done = subprocess.run(
            words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if check and done.returncode != 0:
            raise SystemExit(f"{' '.join(words[6:])}:\n{done.stderr}")
        with open(report, encoding="utf-8") as lines:
            wall, user, system, kibibytes = map(float, lines.read().splitlines()[-1].split())
    return Run(done.stdout, user + system, wall, kibibytes / 1024)


def interleave(commands, rounds):
    """Runs every command once a round, one after the other: whatever slows the machine for a while
    slows all of them. Returns the runs of each name."""
    runs = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            runs[name].append(run(command))
    return runs


def side_by_side(command):
    """Runs a command twice at the same time; the wall time of the slower one.

    Two programs share nothing but the machine, so this is the most that it gives to two threads.
    """
    with ThreadPoolExecutor(2) as pool:
        return max(each.wall_seconds for each in pool.map(run, [command, command]))


@dataclasses.dataclass
class Spread:
    """The median of a few numbers, with the least and the greatest of them."""

    numbers: list

    @property
    def median(self):
        ordered = sorted(self.numbers)
        middle = len(ordered) // 2
        if len(ordered) % 2 == 1:
            return ordered[middle]
        return (ordered[middle - 1] + ordered[middle]) / 2

    def text(self, digits=3):
        """The median and the range, as `2.51 (2.40 - 2.66)`."""
        least, greatest = (figure(number, digits) for number in (min(self.numbers), max(self.numbers)))
        return f"{figure(self.median, digits)} ({least} - {greatest})"


def ratios(left, right):
    """The ratio of two lists of numbers, round by round."""
    return Spread([a / b for a, b in zip(left, right)])


def figure(number, digits=3):
    """A number with so many significant digits, without an exponent."""
    if number == 0:
        return "0"
    magnitude = len(str(int(abs(number)))) if abs(number) >= 1 else 0
    if abs(number) < 1:
        leading = re.match(r"0\.(0*)", f"{abs(number):.12f}").group(1)
        magnitude = -len(leading)
    decimals = max(digits - magnitude, 0)
    rounded = round(number, digits - magnitude)
    return f"{rounded:,.{decimals}f}"


def instructions(command):
    """How many instructions a command takes: by the processor's counter where there is one, else by
    callgrind, which repeats to a few parts in a million; None where neither is installed."""
    words = [str(word) for word in command]
    environment = {**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1", "PYTHONHASHSEED": "0"}
    if shutil.which("perf"):
        counted = subprocess.run(
            ["perf", "stat", "-x", ",", "-e", "instructions:u", *words],
            env=environment, capture_output=True, text=True, check=False,
        )
        match = re.search(r"^(\d+),.*instructions", counted.stderr, re.MULTILINE)
        if match:
            return int(match.group(1))
    if shutil.which("valgrind"):
        counted = subprocess.run(
            ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *words],
            env=environment, capture_output=True, text=True, check=False,
        )
        match = re.search(r"Collected : (\d+)", counted.stderr)
        if match:
            return int(match.group(1))
    return None


def instructions_each(short, long, short_count, long_count):
    """Instructions of one piece of work, from a short and a long run: what both have in common, as the
    start of the program, falls out. None where nothing counts."""
    first, second = instructions(short), instructions(long)
    if first is None or second is None:
        return None
    return (second - first) / (long_count - short_count)
