"""Measures `coach` beside its peers on this machine, and says which goals are met.

    python -m benchmarks [--quick] [--only NAME …] [--jrnl PATH | --install-jrnl]

See `benchmarks/README.md`.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable
from importlib.metadata import version

from benchmarks import commands, drafts, inside, paint, search_keys, storage, writes

ROUNDS = {
    "paint": 25,
    "commands": 15,
    "storage": 15,
    "writes": 25,
    "search": 3,
    "drafts": 40,
    "inside": 15,
}
QUICK = {
    "paint": 5,
    "commands": 3,
    "storage": 3,
    "writes": 5,
    "search": 1,
    "drafts": 5,
    "inside": 5,
}


def main() -> None:
    """Runs what was asked for."""
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds, rougher figures")
    parser.add_argument("--only", nargs="+", choices=ROUNDS, default=list(ROUNDS), metavar="NAME")
    parser.add_argument("--jrnl", default="", metavar="PATH", help="the jrnl to measure against")
    parser.add_argument(
        "--install-jrnl",
        action="store_true",
        help=f"fetch jrnl {commands.VERSION} into an environment that is then removed",
    )
    asked = parser.parse_args()
    rounds = QUICK if asked.quick else ROUNDS
    runs: dict[str, Callable[[int], None]] = {
        "paint": paint.main,
        "commands": lambda n: commands.main(n, asked.jrnl, install=asked.install_jrnl),
        "storage": storage.main,
        "writes": writes.main,
        "search": search_keys.main,
        "drafts": drafts.main,
        "inside": inside.main,
    }
    print(
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors,",
        f"Python {platform.python_version()}, Textual {version('textual')}; medians, ms",
    )
    for name in asked.only:
        print(f"\n{name}{_load()}", flush=True)
        runs[name](rounds[name])


def _load() -> str:
    """How busy the machine was over the last minute: other work makes all figures worse."""
    return f" (load {os.getloadavg()[0]:.1f})" if hasattr(os, "getloadavg") else ""


if __name__ == "__main__":
    main()
