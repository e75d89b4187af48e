"""docs/problems.md, and a page for each problem code with an example that is run, so that it stays true.

The examples are in docs/problems.toml.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from urllib.parse import unquote

from feeds import config, mailing, pipeline, workers
from feeds.against.compare import compare
from feeds.cli import diagnosis, published, sources, talk
from feeds.codes import CODES
from feeds.deadline import Overdue
from feeds.errors import ConfigError
from feeds.newsletter import exports, issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

    from feeds.pipeline import Gathered
    from feeds.problems import Problem
    from feeds.settings import Workspace

EXAMPLES: dict[str, dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "problems.toml").read_text(encoding="utf-8")
)

MADE = "<!-- made by docs/generate.py from {}: change that, and run `make docs` -->\n"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
SETTINGS = "feeds.toml"
POST = "---\ntitle: Rope\ndate: 2025-03-01\n---\nSplice it, do not knot it.\n"
PLAIN = '[site]\ntitle = "The Harbour Log"\nurl = "https://log.example.org"\n'

START = """\
# Problems

What `feeds build` and `feeds check` can say, by the code in brackets:

    content/posts/a.md:4:7: error[date-invalid]: '2025-02-30' is not a date: day is out of range for month
      hint: write date: 2025-01-31, or 2025-01-31T18:30:00+01:00

An `error` keeps that one post from being published, and makes the exit code 1; the other posts are published.
After a `warning` the post is published, with something left out or guessed. A `note` is for your information.

| code | what it means | what to do |
|---|---|---|
"""


def pages() -> dict[str, str]:
    """The text of every page, by its path."""
    assert list(EXAMPLES) == list(CODES), "every code has an example, in the order of the codes"
    return {"docs/problems.md": index()} | {f"docs/problems/{code}.md": page(code) for code in CODES}


def index() -> str:
    """docs/problems.md: a row for every code, which leads to its page."""
    rows = [
        f"| [`{code}`](problems/{code}.md) | {meaning} | {remedy} |\n"
        for code, (meaning, remedy) in CODES.items()
    ]
    return MADE.format("feeds/codes.py") + START + "".join(rows)


def page(code: str) -> str:
    """The page of one code: meaning, remedy, a file with the fault, what is printed, and the file mended."""
    example = EXAMPLES[code]
    meaning, remedy = CODES[code]
    return "\n".join(
        [
            MADE.format("feeds/codes.py and docs/problems.toml"),
            f"# `{code}`\n",
            f"{meaning}\n",
            f"**What to do:** {remedy}\n",
            *_example(code, example),
            "All codes: [problems](../problems.md)\n",
        ]
    )


def _example(code: str, example: dict[str, Any]) -> Iterator[str]:
    advice = [f"{example['advice']}\n"] if "advice" in example else []
    said = _said(code, example)
    assert said, f"the example for {code} does not show it"
    name = unquote(example.get("file", SETTINGS), errors="replace")
    yield "## What is printed\n" if "accident" in example else "## An example\n"
    if "settings" in example:
        yield f"With these settings in `{SETTINGS}`:\n"
        yield _fenced(example["settings"], "toml")
    if "faulty" in example:
        yield f"`{name}`:\n"
        yield _fenced(_shown(example["faulty"]), _language(name))
    options = f" --against {example['against']}" if "against" in example else ""
    options += f" --output {example['output']}".rstrip() if "output" in example else ""
    command = f"check{options}"
    if "newsletter" in example:
        command = f"newsletter --format {example['newsletter']}"
    yield f"`feeds {command}` says:\n"
    yield _fenced(said, "text")
    yield from advice
    if "mended" in example:
        mended = _said(code, example | {"faulty": example["mended"], "encoding": "utf-8"})
        assert not mended, f"the mended example for {code} still says: {mended}"
        yield "Mended:\n"
        yield _fenced(example["mended"], _language(name))


def _said(code: str, example: dict[str, Any]) -> str:
    """What `feeds check` prints of the code for a site with the example's file."""
    with TemporaryDirectory() as folder, contextlib.chdir(folder):
        root = Path(folder)
        _write(root, example)
        said = io.StringIO()
        with contextlib.redirect_stdout(said), _accident(example.get("accident")):
            found = [problem for problem in _problems(root, example) if problem.code == code]
            diagnosis.show(found, root, everything=True)
        assert folder not in said.getvalue(), code
        return said.getvalue().rstrip("\n")


def _accident(kind: str | None) -> AbstractContextManager[object]:
    """What makes a good post fail in a way that we know no post for."""
    if kind == "death":
        return patch("feeds.render.render", return_value=workers.Died("was killed by SIGKILL"))
    if kind == "slow":
        return patch(
            "feeds.render._rendered", side_effect=Overdue("it takes more than 5 seconds of processor time")
        )
    if kind == "fault":
        return patch("feeds.render._rendered", side_effect=RuntimeError("out of rope"))
    return contextlib.nullcontext()


def _mailed(site: Workspace, gathered: Gathered, name: str) -> Sequence[Problem]:
    """What is said of the issue of the latest post, in the format `name`."""
    made = mailing.chosen(gathered, issue.Wanted(), (), site)
    cited = dict(sources.of_posts(gathered, site))
    return *mailing.judged(made, cited, site), *exports.EXPORTS[name].write(made.letter, site).problems


def _write(root: Path, example: dict[str, Any]) -> None:
    files = {SETTINGS: example.get("settings", PLAIN)} | example.get("others", {})
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if example.get("mailed"):  # before what goes wrong
        site = config.load(root)
        made = mailing.chosen(pipeline.gather(site, now=NOW), issue.Wanted(), (), site)
        mailing.remember(made.letter, (), site)
    path = root / unquote(example.get("file", SETTINGS), errors="surrogateescape")
    path.parent.mkdir(parents=True, exist_ok=True)
    (root / "content").mkdir(exist_ok=True)
    if "link" in example:
        path.symlink_to(example["link"])
    elif "pipe" in example:
        os.mkfifo(path)
    else:
        filling = example.get("filling", "word ") * example.get("fill", 0)
        text = example.get("faulty", POST)
        text = text.replace("…", filling) if filling else text
        path.write_text(text, encoding=example.get("encoding", "utf-8"))


def _problems(root: Path, example: dict[str, Any]) -> Sequence[Problem]:
    try:
        site = config.load(root)
    except ConfigError as error:
        return error.problems
    gathered = pipeline.gather(site, now=NOW)
    if "newsletter" in example:
        return _mailed(site, gathered, example["newsletter"])
    if "against" in example:
        return compare(gathered.posts, gathered.sources, site.settings, Path(example["against"])).problems
    if output := example.get("output"):
        return published.of_folder(Path(output), NOW, gathered, site).problems
    if output is not None:
        return published.of_build(gathered, site, NOW).problems
    return pipeline.checked(gathered, site).problems


def _shown(text: str) -> str:
    """The text with characters that cannot be seen written as escapes."""
    return "\n".join(map(talk.printable, text.split("\n")))


def _language(name: str) -> str:
    return {"toml": "toml", "html": "html", "xml": "xml"}.get(name.rpartition(".")[2], "markdown")


def _fenced(text: str, language: str) -> str:
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", text))])
    return f"{fence}{language}\n{text.strip()}\n{fence}\n"
