"""`feeds newsletter --check` and `--preview`: an issue looked at before it is handed over."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import click

from feeds import _fs
from feeds.cli import talk
from feeds.newsletter import contract, exports, headers
from feeds.newsletter.clients import losses
from feeds.newsletter.content import attachments
from feeds.newsletter.report import lines as report
from feeds.newsletter.report import preview

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from feeds.mailing import Made
    from feeds.problems import Problem
    from feeds.settings import Workspace


def tell(made: Made, problems: Sequence[Problem], site: Workspace, *, as_json: bool) -> None:
    """Print the report on stdout, for people or as one JSON object."""
    letter, settings = made.letter, site.settings.newsletter
    html = _part(made, "html", site)
    mail = exports.EXPORTS["eml"].write(letter, site).data
    contrasts = contract.contrasts(mail, letter, site.settings)
    checked = report.Checked(
        number=letter.issue.number,
        subject=letter.issue.subject,
        preheader=letter.issue.preheader,
        sender=_sender(made),
        date=_date(made),
        html=html,
        most=settings.max_bytes,
        problems=problems,
        support=losses.support(html, settings.audience),
        readers=settings.audience,
        weights=made.weights,
        contrast=[report.Contrast(scheme=name, ratio=ratio, text=text) for name, ratio, text in contrasts],
    )
    if as_json:
        talk.data(report.to_json(checked))
        return
    for line in report.lines(checked):
        click.echo(line)


def tell_cut(made: Made) -> None:
    """Say that the posts were too long for a mail, and where the bytes went."""
    if not made.letter.cut:
        return
    talk.say("too long for a mail: the HTML continues on the web, the text is whole")
    largest = sorted(made.weights, key=lambda row: -row[1])
    talk.say("  bytes: " + ", ".join(f"{name} {size:,}" for name, size in largest if size))


def write_preview(path: Path, made: Made, problems: Sequence[Problem], site: Workspace) -> None:
    """Write one page that shows the mail as readers will see it, and print its path; `-` is stdout."""
    letter = made.letter
    embedded = attachments.embed(_part(made, "html", site), letter.issue, site)
    data = preview.page(
        subject=letter.issue.subject,
        preheader=letter.issue.preheader,
        sender=_sender(made),
        date=_date(made),
        html=embedded.html,
        text=_part(made, "text", site),
        folder=site.root,
        images={f"cid:{each.cid}": _data_url(each) for each in embedded.attachments},
        problems=problems,
    )
    if str(path) == "-":
        click.echo(data, nl=False)
        return
    if not _fs.holds(path, data):
        _fs.write(path, data)
    click.echo(path)


def _part(made: Made, name: str, site: Workspace) -> str:
    return exports.EXPORTS[name].write(made.letter, site).data.decode()


def _data_url(image: attachments.Attachment) -> str:
    return f"data:{image.media_type};base64,{base64.b64encode(image.data).decode()}"


def _sender(made: Made) -> str:
    return headers.shown(dict(made.letter.headers)["From"])


def _date(made: Made) -> str:
    return f"{made.letter.issue.when:%Y-%m-%d}"
