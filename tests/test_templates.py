"""The site's own templates, and what they may not do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from feeds import templates
from feeds.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def put(folder: Path, text: str, name: str = "page.html") -> Path:
    """A site with one template of its own."""
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / name).write_text(text)
    return folder


def test_the_sites_own_template_wins(tmp_path: Path) -> None:
    """The default of that name is for everybody else."""
    assert "mine" == templates.fill(put(tmp_path, "mine", "subscribe.html"), "subscribe.html", {})


@pytest.mark.parametrize(
    ("name", "expected"), [("page.html", "<b>&lt;i&gt;</b> <i>"), ("page.txt", "<b><i></b> <i>")]
)
def test_html_is_escaped_and_text_is_not(tmp_path: Path, name: str, expected: str) -> None:
    """Except what is marked as finished."""
    site = put(tmp_path, "<b>{{ raw }}</b> {{ done }}", name)
    assert expected == templates.fill(site, name, {"raw": "<i>", "done": templates.safe("<i>")})


@pytest.mark.parametrize(
    ("text", "message", "where"),
    [
        ("one\n{% if %}", "the template does not parse", "templates/page.html:2"),
        ("{{ nothing }}", "'nothing' is undefined", "templates/page.html"),
        ("{{ 1 / 0 }}", "the template does not work: division by zero", "templates/page.html"),
        ("{% include 'gone.html' %}", "there is no template gone.html", "templates/"),
    ],
)
def test_a_template_that_does_not_work_is_named(tmp_path: Path, text: str, message: str, where: str) -> None:
    """With its line where Jinja knows it."""
    with pytest.raises(ConfigError, match=message) as caught:
        templates.fill(put(tmp_path, text), "page.html", {})
    assert where == caught.value.where


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ site.__init__.__globals__ }}",
        "{{ items.append(1) }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{% include '../secret.txt' %}",
        "{% include '/etc/passwd' %}",
        "{{ range(10000000) | list }}",
    ],
)
def test_templates_are_data_not_code(tmp_path: Path, text: str) -> None:
    """No template reaches Python's insides, changes a value, or reads a file outside the templates."""
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(ConfigError):
        templates.fill(put(tmp_path, text), "page.html", {"site": {"title": "T"}, "items": []})
