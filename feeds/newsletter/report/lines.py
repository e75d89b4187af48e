"""`feeds newsletter --check`: what is right and wrong with an issue, for people and for programs.

Everything but the problems' own lines fits 80 columns, and nothing hangs on colour.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from feeds.body.columns import columns
from feeds.newsletter.clients import summary
from feeds.newsletter.clients.support import table
from feeds.newsletter.report import inbox, reading
from feeds.newsletter.report.text import INDENT, WIDTH, cut, paragraph, percent, plural, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from feeds.newsletter.clients.losses import Support
    from feeds.newsletter.report.reading import Stop
    from feeds.problems import Problem, Severity

_BAR = 24  # columns for the largest
_MOST_STOPS = 40  # lines
_SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
_CONTRAST = 4.5  # to 1, of text (WCAG 2.2, 1.4.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """The text that stands out least from its ground: `ratio` to 1, in a scheme such as `in dark`."""

    scheme: str
    ratio: float
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An issue with all that was found out about it.

    `problems` are of the contract and of the posts, `support` what `clients.support` found for `readers`,
    which is `[newsletter.audience]`. `weights` are parts of the HTML and their bytes, of which there may be
    `most`. `date` is as the inbox is to show it, and `number` that of the issue.
    """

    number: int
    subject: str
    preheader: str
    sender: str
    date: str
    html: str
    most: int
    problems: Sequence[Problem] = ()
    support: Sequence[Support] = ()
    readers: Mapping[str, int] | None = None
    weights: Sequence[tuple[str, int]] = ()
    contrast: Sequence[Contrast] = ()


def lines(checked: Checked) -> list[str]:
    """The report, a line each; control characters of what authors wrote are escaped."""
    stops = reading.stops(checked.html)
    parts = (
        [f"Issue {checked.number}: {cut(checked.subject, WIDTH - 14)}"],
        _problems(checked.problems),
        _inbox(checked),
        summary.lines(checked.support, checked.readers or {}),
        _bytes(checked),
        _contrast(checked.contrast),
        _images(stops),
        _order(stops),
    )
    found: list[str] = []
    for part in parts:
        listed = [printable(line) for line in part]
        if listed:
            found += ["", *listed] if found else listed
    return found


def to_json(checked: Checked) -> dict[str, object]:
    """The report as data: nothing is cut or left out."""
    stops = reading.stops(checked.html)
    row = inbox.row(checked.sender, checked.subject, checked.preheader, checked.date)
    return {
        "issue": {
            "number": checked.number,
            "subject": checked.subject,
            "preheader": checked.preheader,
            "sender": checked.sender,
            "date": checked.date,
        },
        "problems": [asdict(problem) for problem in _sorted(checked.problems)],
        "inbox": {"lines": list(row), "remarks": list(inbox.remarks(checked.subject, checked.preheader))},
        "support": {
            "data": table().date,
            "source": "https://www.caniemail.com/",
            "weighted": bool(checked.readers),
            "features": [asdict(each) | {"loss": each.is_loss} for each in checked.support],
        },
        "bytes": {
            "html": _size(checked),
            "most": checked.most,
            "parts": [{"name": name, "bytes": size} for name, size in checked.weights],
        },
        "contrast": [asdict(each) for each in checked.contrast],
        "reading": [asdict(stop) for stop in stops],
    }


def _sorted(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(
        problems,
        key=lambda problem: (_SEVERITIES.index(problem.severity), problem.path, problem.line, problem.column),
    )


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    counts = Counter(problem.severity for problem in problems)
    said = ", ".join(plural(counts[each], each) for each in _SEVERITIES if counts[each])
    yield f"Contract: {said or 'every clause is kept'}"
    hint = ""
    for problem in _sorted(problems):
        place = ":".join([problem.path, *(str(at) for at in (problem.line, problem.column) if at)])
        start = f"{place}: " if place else ""
        yield f"{INDENT}{start}{problem.severity}[{problem.code}]: {problem.message}"
        if problem.hint and problem.hint != hint:
            yield from paragraph(f"hint: {problem.hint}", "    ")
        hint = problem.hint


def _inbox(checked: Checked) -> Iterator[str]:
    yield "Inbox, on a phone 375 px wide"
    for line in inbox.row(checked.sender, checked.subject, checked.preheader, checked.date):
        yield f"{INDENT}│ {line}".rstrip()
    for remark in inbox.remarks(checked.subject, checked.preheader):
        yield from paragraph(remark, INDENT)


def _bytes(checked: Checked) -> Iterator[str]:
    size = _size(checked)
    over = (
        "too large" if size > checked.most else f"{percent(size / checked.most).strip()} of what is allowed"
    )
    yield f"Bytes: {size:,} of {checked.most:,}, {over}"
    widest = max((each for _, each in checked.weights), default=0)
    for name, each in checked.weights:
        bar = "█" * max(round(_BAR * each / widest), 1) if each else ""
        label = f"{cut(name, 28)}"
        gap = " " * max(1, 30 - columns(label))
        yield f"{INDENT}{label}{gap}{each:>9,}{percent(each / max(1, size)):>7}  {bar}".rstrip()


def _contrast(found: Sequence[Contrast]) -> Iterator[str]:
    if found:
        yield "Contrast, of the text that stands out least (4.5 to 1 is asked for)"
    for each in found:
        mark = "!" if each.ratio < _CONTRAST else " "
        text = f"  {cut(each.text, 36)}" if each.text else ""
        yield f"{mark} {each.scheme:<24}{each.ratio:>6.1f} to 1{text}"


def _images(stops: Sequence[Stop]) -> Iterator[str]:
    images = [stop for stop in stops if stop.kind == "image"]
    decorations = sum(stop.kind == "decoration" for stop in stops)
    bad = [stop for stop in images if stop.remark]
    described = len(images) - len(bad)
    said = [f"{described} described", *([f"{decorations} decorative"] if decorations else [])]
    yield (
        f"Images: {', '.join([*said, f'{len(bad)} to mend'] if bad else said)}"
        if images or decorations
        else ("Images: none")
    )
    for stop in bad:
        what = f'"{stop.said}" {stop.remark}' if stop.said else f"{cut(stop.target, 40)} {stop.remark}"
        yield from paragraph(f"! {what}, in line {stop.line} of the HTML", "")


def _order(stops: Sequence[Stop]) -> Iterator[str]:
    """One line a stop; links that follow each other share one, for there are many."""
    listed: list[str] = []
    links: list[Stop] = []
    for stop in (*stops, None):
        if stop and stop.kind == "link" and not stop.remark:
            links.append(stop)
            continue
        if links:
            listed.append(_links(links))
            links = []
        if stop and stop.kind != "decoration":
            name = f"h{stop.level}" if stop.kind == "heading" else stop.kind
            start = f"{'!' if stop.remark else ' '} {name:<7}{INDENT * max(0, stop.level - 1)}"
            remark = f"({stop.remark})" if stop.remark else ""
            said = cut(stop.said, WIDTH - columns(start) - columns(remark) - 1)
            listed.append((start + " ".join(each for each in (said, remark) if each)).rstrip())
    yield "Reading order, as a screen reader goes"
    yield from listed[:_MOST_STOPS]
    if len(listed) > _MOST_STOPS:
        yield f"{INDENT}… and {len(listed) - _MOST_STOPS} more; --json has all"


def _links(links: Sequence[Stop]) -> str:
    start = f"{INDENT}{'link' if len(links) == 1 else 'links':<7}"
    names = [cut(link.said, 30) for link in links]
    said = ""
    for count, name in enumerate(names):
        longer = f"{said} · {name}" if said else name
        rest = len(names) - count - 1
        if said and columns(longer) > WIDTH - 12 - (14 if rest else 0):
            return f"{start}{said} · and {rest + 1} more"
        said = longer
    return f"{start}{said}"


def _size(checked: Checked) -> int:
    """With what stands in the places of merge tags once they are filled, when that is known."""
    filled = sum(size for _, size in checked.weights)
    return filled or len(checked.html.encode(errors="surrogatepass"))
