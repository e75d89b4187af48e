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
        ("{{ nothing }}", "'nothing' is undefined", "templates/page.html:1"),
        ("a\n\n{{ 1 / 0 }}", "the template does not work: division by zero", "templates/page.html:3"),
        ("\n{% include 'part.html' %}", "'part' is undefined", "templates/part.html:2"),
        ("{% include 'page.html' %}", "recursion", "templates/page.html:1"),
        ("{% include 'gone.html' %}", "there is no template gone.html", "templates/"),
    ],
)
def test_a_template_that_does_not_work_is_named(tmp_path: Path, text: str, message: str, where: str) -> None:
    """With the line, in whichever template it is."""
    put(tmp_path, "\n{{ part }}", "part.html")
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


DOUBLED = "{% set n = namespace(x='ab') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}"
BOMBS = [
    "{{ 'x' * 10**9 }}",
    "{{ 10**9 * 'x' }}",
    "{{ [1] * 10**9 }}",
    "{{ 10**(10**9) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '{:>1000000000}'.format(1) }}",
    "{{ 'x'.ljust(10**9) }}",
    "{{ 'x'.zfill(width=10**9) }}",
    "{{ 'x' | center(10**9) }}",
    "{{ 'x' | indent(10**9) }}",
    "{{ '%1000000000d' | format(1) }}",
    "{{ '%*d' % (10**9, 1) }}",
    "{{ '%-0.100000f' % 1 }}",
    "{{ '{0:{1}}'.format(1, 10**9) }}",
    DOUBLED,
    DOUBLED.replace("~", "+"),
    DOUBLED.replace("'ab'", "99").replace("~", "*"),
    DOUBLED.replace("n.x ~ n.x", "[n.x, n.x] | join"),
    "{{ ('x' * 99999).join('y' * 99999) }}",
    "{{ ([1, 2] * 9999) | join('x' * 99999) }}",
    DOUBLED.replace("n.x ~ n.x", "''.join([n.x, n.x])"),
    DOUBLED.replace("n.x ~ n.x", "'aa'.replace('a', n.x)"),
    DOUBLED.replace("n.x ~ n.x", "'aa' | replace('a', n.x)"),
    "{% for i in range(99999) %}{% for i in range(99999) %}abc{% endfor %}{% endfor %}",
    "{% macro m(x) %}{{ x }}{{ x }}{% endmacro %}{{ " + "m(" * 30 + "'x'" + ")" * 30 + " }}",
    "{% set x %}{{ 'x' * 9999999 }}{{ 'x' * 9999999 }}{% endset %}",
]


@pytest.mark.parametrize("text", BOMBS)
def test_no_template_fills_the_memory(tmp_path: Path, text: str) -> None:
    """A few words that mean gigabytes are refused, wherever they come up."""
    with pytest.raises(ConfigError, match="larger than a feed could hold"):
        templates.fill(put(tmp_path, text), "page.html", {})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ 'a' ~ 1 ~ '<b>' ~ ('<i>' | safe) ~ none }}", "a1&lt;b&gt;<i>None"),
        ("{{ 2 ** 10 * 3 % 7 }} {{ 1.5 * 2 }} {{ 1 + 2 - 3 }}", "6 3.0 0"),
        ("{{ 'ab' * 2 }} {{ [1] + [2] }} {{ 'a' + 'b' }} {{ 2 ** -1 }}", "abab [1, 2] ab 0.5"),
        ("{{ '%05.1f %s' % (2, 'x') }} {{ '{:>3}|{}, 10000 % 5'.format(1, '10000') }} {{ 'x' | center(5) }}|", "002.0 x   1|10000, 10000 % 5   x  |"),
        ("{{ 'x'.upper().ljust(3) }}| {{ 123456 | string }} {{ 'a %d' | format(123456) }} {{ '{}'.format(99999) }}", "X  | 123456 a 123456 99999"),
        ("{{ 'a,b'.replace(',', '-') }} {{ ['a', 1] | join(', ') }} {{ '-'.join(['a', 'b']) }}", "a-b a, 1 a-b"),
        ("{{ '<b>' | indent(2) }} {{ {'a': 1}.get('b', 'c') }}", "&lt;b&gt; c"),
    ],
)  # fmt: skip
def test_ordinary_sums_and_texts_are_left_alone(tmp_path: Path, text: str, expected: str) -> None:
    """What is refused is only what no page needs."""
    assert expected == templates.fill(put(tmp_path, text), "page.html", {})
