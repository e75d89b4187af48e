"""Soak every door in made-up inputs, two at a time, and go on where the last run stopped.

    python tests/soak/drive.py --runs 1000000     until each door has had so many
    python tests/soak/drive.py --table            put what came of it into docs/soak.md

What was counted is of one state of the code: when that changes, counting starts anew, with the inputs that
turned out to be interesting. Everything is kept below `.venv/soak/`.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import re
import signal
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import inputs

import feeds

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent
STORE = TOP / ".venv" / "soak"
PAGE = TOP / "docs" / "soak.md"
ENOUGH = 1_000_000
_AT_ONCE = 2
_STRETCH = 25_000  # inputs between two looks; what a killed process did since the last note is not counted
_PAUSE = 0.1  # seconds between two looks at what runs
_TABLE = re.compile(r"(?s)(?<=<!-- table -->\n).*?(?=<!-- end -->)")


@dataclass
class Tally:
    """What came of a door so far, for one state of the code. `seconds` are of processor time."""

    code: str = ""
    inputs: int = 0
    seconds: float = 0.0
    stretches: int = 0
    date: str = ""
    python: str = ""


def main() -> int:
    """Read the command line, and soak or write; 1 when something was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--runs", type=int, default=ENOUGH, help="inputs for each door")
    parser.add_argument("--doors", nargs="*", default=list(inputs.DOORS), help="not all of them")
    parser.add_argument("--table", action="store_true", help="write docs/soak.md, and do nothing else")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # or the doors would go on by themselves
    if not given.table:
        soak(given.doors, given.runs)
    table = written()
    say(table)
    if given.table:
        PAGE.write_text(_TABLE.sub(lambda _: table, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    reports = [report for door in given.doors for report in found(door)]
    for report in reports:
        say(
            f"\n{report.relative_to(TOP)}:\n{''.join(report.read_text(encoding='utf-8').splitlines(keepends=True)[:5])}"
        )
    return 1 if reports else 0


def soak(doors: list[str], runs: int) -> None:
    """Run all doors, the one that is furthest behind first, until each has had `runs` inputs."""
    code = state_of_code()
    for door in doors:
        if load(door).code != code:
            for report in found(door):
                report.unlink()
            save(door, Tally(code=code))
    running: dict[str, subprocess.Popen[bytes]] = {}
    try:
        while True:
            waiting = [door for door in doors if door not in running and load(door).inputs < runs]
            waiting.sort(key=lambda door: load(door).inputs)
            for door in waiting[: _AT_ONCE - len(running)]:
                running[door] = start(door, min(_STRETCH, runs - load(door).inputs))
            if not running:
                return
            for door in [door for door, process in running.items() if process.poll() is not None]:
                del running[door]
                count(door)
            time.sleep(_PAUSE)
    finally:
        for door, process in running.items():
            process.terminate()
            process.wait()
            count(door)


def start(door: str, runs: int) -> subprocess.Popen[bytes]:
    """Begin a stretch of a door."""
    folder = STORE / door
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "stretch").unlink(missing_ok=True)
    seed = load(door).stretches + 1
    command: list[str | Path] = [
        sys.executable,
        HERE / "stretch.py",
        door,
        "--runs",
        str(runs),
        "--seed",
        str(seed),
        "--folder",
        folder,
    ]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=TOP)


def count(door: str) -> None:
    """Add the stretch of a door that has just ended."""
    note = STORE / door / "stretch"
    if not note.exists():
        sys.exit(f"the door {door} does not open, see {STORE / door / 'log'}")
    done, seconds = note.read_text().split()
    note.unlink()
    tally = load(door)
    tally.inputs += int(done)
    tally.seconds += float(seconds)
    tally.stretches += 1
    tally.date = datetime.now(UTC).date().isoformat()
    tally.python = platform.python_version()
    save(door, tally)
    say(f"{tally.date} {door}: {tally.inputs} inputs, {tally.seconds:.0f} s, {len(found(door))} found")


def found(door: str) -> list[Path]:
    """The reports on a door, those of killed processes included."""
    folder = STORE / door
    for left in sorted(folder.glob("killed-*")):
        data = left.read_bytes()
        report = folder / "found" / f"{left.name}.txt"
        report.parent.mkdir(exist_ok=True)
        report.write_text(
            f"the process was {left.name.removeprefix('killed-').partition('-')[0]}\n\n{data!r}\n\n",
            encoding="utf-8",
        )
        left.unlink()
    return sorted((folder / "found").glob("*.txt"))


def load(door: str) -> Tally:
    """What came of a door so far."""
    file = STORE / door / "tally.json"
    return Tally(**json.loads(file.read_text())) if file.exists() else Tally()


def save(door: str, tally: Tally) -> None:
    """Keep what came of a door."""
    file = STORE / door / "tally.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(asdict(tally)))


def state_of_code() -> str:
    """A digest of the package and of what soaks it."""
    digest = hashlib.sha256()
    for folder in (Path(feeds.__file__).parent, HERE):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def written() -> str:
    """The table for docs/soak.md."""
    lines = ["| door | inputs | seconds | found | date | Python |", "|---|---:|---:|---:|---|---|"]
    for door in inputs.DOORS:
        tally = load(door)
        lines.append(
            f"| {door} | {tally.inputs:,} | {tally.seconds:,.0f} | {len(found(door))} "
            f"| {tally.date} | {tally.python} |"
        )
    return "\n".join(lines) + "\n"


def say(line: str) -> None:
    """Tell whoever waits."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
