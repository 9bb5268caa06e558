"""Builds what is measured; what was made lies below `.build`, which git ignores."""

import os
import pathlib
import shutil
import subprocess
import sys

folder = pathlib.Path(__file__).resolve().parent.parent
repository = folder.parent
made = folder / ".build" / "peers"


def say(text):
    print(f"bench: {text}", file=sys.stderr, flush=True)


def call(*words):
    subprocess.run([str(word) for word in words], check=True, stdout=sys.stderr)


class Tools:
    """The paths of all that is measured."""

    def __init__(self):
        made.mkdir(parents=True, exist_ok=True)
        self.python = self._python()
        self.release_py = folder / "Peers" / "release.py"
        self.release_cpp = self._compiled("release", "release.cpp", "-std=c++20")
        self.rows_c = self._compiled("rows", "rows.c", "-lsqlite3")
        say("building the kernel's benchmarks")
        call("swift", "build", "--package-path", folder, "-c", "release")
        products = folder / ".build" / "release"
        self.release_model = products / "ReleaseModel"
        self.event_queues = products / "EventQueues"
        self.calendar_drift = products / "CalendarDrift"
        self.store_rows = products / "StoreRows"
        say("building the program")
        self.program = subprocess.run(
            [repository / "scripts" / "program", "release"],
            check=True, stdout=subprocess.PIPE, text=True,
        ).stdout.strip()

    @staticmethod
    def _python():
        """A Python of its own with SimPy in it."""
        home = made / "python"
        python = home / "bin" / "python"
        if not python.exists():
            say("installing SimPy")
            call(sys.executable, "-m", "venv", home)
            call(python, "-m", "pip", "install", "--quiet", "simpy==4.1.2")
        return python

    @staticmethod
    def _compiled(name, source, *options):
        """A peer, with the compiler that makes the C++ loop fastest of those that are common."""
        standard = "CXX" if source.endswith(".cpp") else "CC"
        usual = "g++" if source.endswith(".cpp") else "gcc"
        fallback = "c++" if source.endswith(".cpp") else "cc"
        compiler = os.environ.get(standard) or shutil.which(usual) or fallback
        program = made / name
        call(compiler, "-O3", "-o", program, folder / "Peers" / source, *options)
        return program
