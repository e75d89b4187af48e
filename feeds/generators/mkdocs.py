"""MkDocs, and the blog of its theme Material: mkdocs.yml.

https://www.mkdocs.org/user-guide/configuration/ and https://squidfunk.github.io/mkdocs-material/plugins/blog/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from feeds import patterns
from feeds.generators.clues import Clue, first, relative
from feeds.generators.reading import Config, read
from feeds.generators.survey import beginning, survey

if TYPE_CHECKING:
    from feeds.generators.found import Found

_BLOG = ("blog", "material/blog")
_NAMED = re.compile(rb"(?m)^(?:title|slug)[ \t]*:")
_TOKENS = {"{slug}": "{slug_or_title}", "{file}": "{filename}", "{categories}": "{category}"}


def read_site(found: Found) -> None:
    """Find out what there is to know about a site made with MkDocs."""
    found.generator, found.build = "MkDocs", "mkdocs build"
    site = read(found, "mkdocs.yml", "mkdocs.yaml")
    found.text("title", _said(found, site, "site_name"))
    found.url(_said(found, site, "site_url"))
    found.text("description", _said(found, site, "site_description"))
    found.language(site.get("theme", "language"), site.get("theme", "locale"), Clue("en"))
    found.author(_said(found, site, "site_author"))
    pages = found.folder(site.get("docs_dir"), "docs")
    end = ".html" if site.get("use_directory_urls").value == "false" else "/"
    blog = _blog(site)
    if blog is None:
        below = survey(found.root / pages).folder()
        found.content("/".join(part for part in (pages, below) if part != ".") or ".")
        start = "" if below == "." else f"/{below}"
        found.set(("content", "permalink"), f"{start}/{{section}}/{{filename}}{end}")
    else:
        _posts(found, blog, pages, end)
    found.set(("content", "dialect"), "plain")
    found.output(site.get("site_dir"), "site")


def _said(found: Found, site: Config, key: str) -> Clue:
    """A text, which the environment may give: `!ENV NAME`, or `!ENV [NAME, "what holds otherwise"]`."""
    clue = site.get(key)
    value = clue.value[-1] if isinstance(clue.value, list) and len(clue.value) > 1 else clue.value
    if isinstance(value, list) or str(value).startswith("!ENV"):
        found.doubt(f"{key} is given by the environment, which is not asked", clue.place)
        return Clue()
    return clue._replace(value=None if value == "null" else value)


def _blog(site: Config) -> Config | None:
    """What the site says of the plugin for blogs; None if it does not have it."""
    plugins = site.get("plugins")
    listed = plugins.value if isinstance(plugins.value, list) else [plugins.value]
    line = site.lines.get(("plugins",), 0)
    for plugin in listed:
        settings = plugin if isinstance(plugin, dict) else {str(plugin): None}
        for name in _BLOG:
            if name in settings:
                values = settings[name]
                values = values if isinstance(values, dict) else {}
                return Config(site.name, values, {(key,): line for key in values})
    return None


def _posts(found: Found, blog: Config, pages: str, end: str) -> None:
    """Note where the posts of the blog are, the addresses that it gives them, and its authors."""
    home = found.folder(blog.get("blog_dir"), "blog")
    top = "" if home == "." else home

    def named(key: str, otherwise: str) -> str:
        below = (blog.get(key).text or otherwise).replace("{blog}", home)
        return relative(f"{pages}/{below}") or pages

    found.content(named("post_dir", "{blog}/posts"), blog.get("blog_dir").place)
    form = first(blog.get("post_url_format"), Clue("{date}/{slug}"))
    days = blog.get("post_url_date_format").text or "yyyy/MM/dd"
    date = patterns.eleventy(f"{{{{ page.date | date('{days}') }}}}") or "{date}"
    made = form.text.replace("{date}", date.strip("/"))
    for token, ours in _TOKENS.items():
        made = made.replace(token, ours)
    found.permalink(form, patterns.ours(f"{top}/{made}{end}"))
    people = read(found, named("authors_file", "{blog}/.authors.yml"))
    authors = people.get("authors").value
    found.authors(authors if isinstance(authors, dict) else {}, people.name)
    folder = found.root / str(found.settings["content", "dir"])
    seen = survey(folder)
    unnamed = [path for path in (*seen.dated, *seen.undated) if not _NAMED.search(beginning(folder, path))]
    if unnamed and "{slug}" in form.text:
        found.doubt(
            f"posts whose title is a heading have it in their addresses, as {unnamed[0]} does, and here the "
            "name of their file; give them a title: or a slug:",
        )
