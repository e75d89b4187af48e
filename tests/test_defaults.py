"""What folders say for the posts in them, as Hugo, Jekyll and Eleventy keep it."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content import defaults
from feeds.content.wildcards import matches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from feeds.content.yaml_text import Value

POSTS = ("top.md", "posts/hello.md", "posts/2024/deep/index.md", "notes/other.md")


def load(
    root: Path, files: Mapping[str, str], *, content: str = "content", dialect: str = "plain"
) -> tuple[defaults.Defaults, list[str]]:
    """The defaults of a site of these files, and its problems as `path:line code message | hint`."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    found = defaults.load(root, content, POSTS, dialect=dialect)
    return found, [f"{p.path}:{p.line} {p.severity} {p.code} {p.message} | {p.hint}" for p in found.problems]


def values(found: defaults.Defaults, *paths: str, language: str = "") -> list[dict[str, Value]]:
    """The values for each post."""
    return [dict(found.for_post(path, language=language)) for path in paths]


def test_without_files_there_are_no_defaults(tmp_path: Path) -> None:
    """Nor is anything wrong with that."""
    found, problems = load(tmp_path, {})
    assert ([{}, {}], []) == (values(found, "top.md", "posts/hello.md"), problems)


@pytest.mark.parametrize("dialect", ["plain", "hugo", "zola", "auto"])
def test_a_cascade_is_for_all_posts_below(tmp_path: Path, dialect: str) -> None:
    """The nearest folder wins, in whatever spelling."""
    found, problems = load(
        tmp_path,
        {
            "content/_index.md": "---\ntitle: Home\ncascade:\n  author: Ana\n  lang: pt\n---\nhome\n",
            "content/posts/_index.md": "+++\ntitle = 'Posts'\n[cascade]\nauthors = ['Rui']\n+++\n",
            "content/posts/2024/_index.md": "---\ntitle: No cascade here\n---\n",
        },
        dialect=dialect,
    )
    assert [] == problems
    assert [
        {"author": "Ana", "lang": "pt"},
        {"authors": ["Rui"], "lang": "pt"},
        {"authors": ["Rui"], "lang": "pt"},
        {"author": "Ana", "lang": "pt"},
    ] == values(found, *POSTS)


@pytest.mark.parametrize(
    ("target", "paths"),
    [
        ("path: /posts/**", ["posts/hello.md", "posts/2024/deep/index.md"]),
        ("path: posts/*", ["posts/hello.md"]),
        ("path: '{/posts/hello,/notes/*}'", ["posts/hello.md", "notes/other.md"]),
        ("path: /Posts/2024/Deep", ["posts/2024/deep/index.md"]),
        ("path: /posts/hello.md", ["posts/hello.md"]),
        ("path: '**hello**'", ["posts/hello.md"]),
        ("path: /nowhere/**", []),
        ("kind: page", list(POSTS)),
        ("kind: '{home,page}'", list(POSTS)),
        ("kind: section", []),
        ("environment: production", list(POSTS)),
        ("environment: development", []),
        ("lang: pt", list(POSTS)),
    ],
)
@pytest.mark.parametrize("key", ["target", "_target"])
def test_hugos_targets(tmp_path: Path, key: str, target: str, paths: list[str]) -> None:
    """A cascade can be for some pages alone."""
    found, problems = load(
        tmp_path,
        {"content/_index.md": f"---\ncascade:\n  - {key}:\n      {target}\n    author: Ana\n---\n"},
        dialect="hugo",
    )
    assert (paths, []) == ([path for path in POSTS if found.for_post(path)], problems)


def test_of_two_targets_the_first_wins(tmp_path: Path) -> None:
    """As in Hugo; what it does not say, the second does."""
    found, _ = load(
        tmp_path,
        {
            "content/_index.md": "---\ncascade:\n- author: Ana\n  target: {path: /posts/**}\n- author: Rui\n  lang: pt\n---\n"
        },
    )
    assert [{"author": "Rui", "lang": "pt"}, {"author": "Ana", "lang": "pt"}] == values(
        found, "top.md", "posts/hello.md"
    )


def test_cascades_by_language(tmp_path: Path) -> None:
    """`_index.fr.md` is for French posts, as is a target that says so."""
    found, _ = load(
        tmp_path,
        {
            "content/_index.fr.md": "---\ncascade: {author: Anne}\n---\n",
            "content/posts/_index.md": "---\ncascade: {tags: [x], target: {lang: fr}}\n---\n",
        },
    )
    assert [{"author": "Anne", "tags": ["x"]}] == values(found, "posts/hello.md", language="fr")
    assert [{}] == values(found, "posts/hello.md", language="de")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("hugo.toml", "title = 'x'\n[[cascade]]\nauthor = 'Ana'\n[cascade.target]\npath = '/posts/**'\n"),
        ("config.yaml", "title: x\ncascade:\n  - author: Ana\n    _target: {path: /posts/**}\n"),
        ("hugo.json", '{"cascade": {"author": "Ana", "target": {"path": "/posts/**"}}}'),
        ("config/_default/hugo.toml", "[cascade]\nauthor = 'Ana'\ntarget = {path = '/posts/**'}\n"),
    ],
)
def test_hugos_configuration(tmp_path: Path, name: str, text: str) -> None:
    """A cascade of the whole site; an `_index.md` is nearer. Other dialects have other files of these names."""
    files = {name: text, "content/posts/2024/_index.md": "---\ncascade: {author: Rui}\n---\n"}
    found, problems = load(tmp_path, files, dialect="hugo")
    assert ([{}, {"author": "Ana"}, {"author": "Rui"}, {}], []) == (values(found, *POSTS), problems)
    assert {} == load(tmp_path, files, dialect="zola")[0].for_post("posts/hello.md")


def test_a_content_folder_inside_hugos(tmp_path: Path) -> None:
    """Posts alone are read, and the folders around them still speak; targets start where Hugo's content does."""
    found, _ = load(
        tmp_path,
        {
            "content/_index.md": "---\ncascade:\n- {author: Ana, target: {path: /blog/**}}\n- lang: pt\n---\n",
            "content/blog/_index.md": "---\ncascade: {tags: [x]}\n---\n",
        },
        content="content/blog",
        dialect="hugo",
    )
    assert [{"author": "Ana", "lang": "pt", "tags": ["x"]}] == values(found, "posts/hello.md")


JEKYLL = """
title: A site
defaults:
  - scope: {path: "", type: posts}
    values: {author: Ana, layout: post, lang: pt}
  - scope: {path: "projects", type: "posts"}
    values: {categories: [work]}
  - scope:
      path: projects
    values:
      author: Rui
      categories: [anything]
  - scope: {type: drafts}
    values: {author: nobody}
  - values: {comments: true}
  - scope: {path: "*/_posts/2024*"}
    values: {tags: [old]}
"""


def test_jekylls_defaults(tmp_path: Path) -> None:
    """The longest path wins, and a type is nearer than none."""
    found, problems = load(tmp_path, {"_config.yml": JEKYLL}, content=".", dialect="jekyll")
    everywhere = {"comments": "true"}
    posts = everywhere | {"author": "Ana", "layout": "post", "lang": "pt"}
    assert [] == problems
    assert [
        posts,
        posts | {"author": "Rui", "categories": ["work"]},
        everywhere | {"author": "nobody"},
        posts,
        posts | {"tags": ["old"]},
        everywhere,
    ] == values(
        found,
        "_posts/2020-01-01-a.md",
        "projects/_posts/2020-01-01-a.md",
        "_drafts/a.md",
        "elsewhere/a.md",
        "life/_posts/2024-01-01-a.md",
        "_recipes/a.md",
    )
    assert {} == load(tmp_path, {}, content=".", dialect="plain")[0].for_post("_posts/2020-01-01-a.md")


def test_jekylls_paths_start_at_the_site(tmp_path: Path) -> None:
    """Not at the content folder."""
    text = "defaults: [{scope: {path: _posts/2024}, values: {author: Ana}}]"
    found, _ = load(tmp_path, {"_config.yml": text}, content="_posts", dialect="jekyll")
    assert [{"author": "Ana"}, {}] == values(found, "2024/2024-01-01-a.md", "2024-01-01-a.md")


@pytest.mark.parametrize(("dialect", "expected"), [("zola", {"draft": "true"}), ("hugo", {})])
def test_a_section_that_is_a_draft(tmp_path: Path, dialect: str, expected: dict[str, Value]) -> None:
    """Zola leaves its pages out with it; for Hugo it is the draft of a list."""
    files = {
        "content/_index.md": "+++\ndraft = false\n+++\n",
        "content/posts/_index.md": "+++\ntitle = 'Posts'\ndraft = true\n+++\n",
    }
    found, problems = load(tmp_path, files, dialect=dialect)
    assert [] == problems
    assert [{}, expected, expected, {}] == values(found, *POSTS)


def test_eleventys_data_files(tmp_path: Path) -> None:
    """They are named after their folder; the longer name wins, and the nearer folder."""
    files = {
        "src/src.json": '{"author": "Ana", "tags": "posts"}',
        "src/posts/posts.json": '{"author": "Rui", "layout": "post.njk", "draft": false}',
        "src/posts/posts.11tydata.json": '{"author": "Eva"}',
        "src/posts/2024/2024.json": "",
    }
    found, problems = load(tmp_path, files, content="src", dialect="eleventy")
    assert [] == problems
    assert [
        {"author": "Ana", "tags": "posts"},
        {"author": "Eva", "tags": "posts", "layout": "post.njk", "draft": "false"},
    ] == values(found, "top.md", "posts/hello.md")
    assert {} == load(tmp_path, files, content="src", dialect="hugo")[0].for_post("posts/hello.md")


def test_the_sites_own_folder_as_content(tmp_path: Path) -> None:
    """Its data file has the name of the folder that the site happens to be in."""
    site = tmp_path / "blog"
    found, _ = load(site, {"blog.json": '{"author": "Ana"}'}, content=".", dialect="eleventy")
    assert [{"author": "Ana"}] == values(found, "posts/hello.md")


@pytest.mark.parametrize(
    ("name", "text", "dialect", "problem"),
    [
        (
            "content/posts/_index.md",
            "---\ntitle: x\ncascade: a: b\n---\n",
            "plain",
            "content/posts/_index.md:3 warning defaults-invalid not valid YAML: mapping values are not allowed in "
            'this context | a value with a colon goes in quotes: cascade: "a: b"',
        ),
        (
            "content/posts/_index.md",
            "---\ntitle: x\ncascade: [a]\n---\n",
            "plain",
            "content/posts/_index.md:3 warning defaults-invalid cascade is neither a mapping nor a list of mappings "
            "| write cascade: {author: Ana}",
        ),
        (
            "hugo.toml",
            "title = 'x'\n[cascade\n",
            "hugo",
            "hugo.toml:2 warning defaults-invalid not valid TOML: expected ']' at the end of a table declaration | ",
        ),
        (
            "_config.yml",
            "title: x\ndefaults: {scope: {}}\n",
            "jekyll",
            "_config.yml:2 warning defaults-invalid defaults is not a list of mappings with scope and values "
            "| write - scope: {path: posts} and below it values: {author: Ana}",
        ),
        (
            "_config.yml",
            "title: x\ndefaults:\n- {values: [a]}\n- {scope: a, values: {}}\n- a\n",
            "jekyll",
            "_config.yml:3 warning defaults-invalid defaults is not a list of mappings with scope and values "
            "| write - scope: {path: posts} and below it values: {author: Ana}",
        ),
        (
            "content/posts/posts.json",
            '{\n"author" "Ana"}',
            "eleventy",
            "content/posts/posts.json:2 warning defaults-invalid not valid JSON: expecting ':' delimiter | look for a comma or a colon that is missing before this",
        ),
        (
            "content/posts/posts.json",
            "[1]",
            "eleventy",
            "content/posts/posts.json:1 warning defaults-invalid this is a list, not `key: value` lines | write keys with their values, one a line, such as title: Hello",
        ),
        (
            "content/posts/posts.11tydata.js",
            "module.exports = {}",
            "eleventy",
            "content/posts/posts.11tydata.js:0 note defaults-invalid this is a program, which is not run: what it "
            "says of posts is not known | write what matters for feeds into posts.11tydata.json",
        ),
        (
            "content/posts/posts.json",
            "{" + " " * 3 * 1024 * 1024 + "}",
            "eleventy",
            "content/posts/posts.json:0 warning defaults-invalid not a regular file of at most 2 MiB | ",
        ),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, name: str, text: str, dialect: str, problem: str
) -> None:
    """With its line; the posts go without."""
    found, problems = load(tmp_path, {name: text}, dialect=dialect)
    assert ([problem], {}) == (problems, found.for_post("posts/hello.md"))


def test_a_broken_index_without_a_cascade_is_nobodys_business(tmp_path: Path) -> None:
    """It holds no defaults, and is no post."""
    assert [] == load(tmp_path, {"content/_index.md": "---\na: b: c\n---\n"})[1]


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """They are named as in a post."""
    path = tmp_path / "content" / "_index.md"
    path.parent.mkdir()
    path.write_bytes(b"---\ncascade: {author: \xe9}\n---\n")
    assert ["content/_index.md:2 warning defaults-invalid byte 22 (0xe9) is not UTF-8"] == [
        line.partition(" | ")[0] for line in load(tmp_path, {})[1]
    ]


def test_links_may_not_lead_out_of_the_content_folder(tmp_path: Path) -> None:
    """Nor out of the site; inside, they are followed."""
    (tmp_path / "site" / "content" / "posts").mkdir(parents=True)
    (tmp_path / "secret.md").write_text("---\ncascade: {author: Secret}\n---\n", encoding="utf-8")
    (tmp_path / "site" / "content" / "_index.md").symlink_to(tmp_path / "secret.md")
    (tmp_path / "site" / "content" / "common.md").write_text(
        "---\ncascade: {author: Ana}\n---\n", encoding="utf-8"
    )
    (tmp_path / "site" / "content" / "posts" / "_index.md").symlink_to("../common.md")
    (tmp_path / "site" / "hugo.toml").symlink_to(tmp_path / "secret.md")
    found, problems = load(tmp_path / "site", {}, dialect="hugo")
    assert [{}, {"author": "Ana"}] == values(found, "top.md", "posts/hello.md")
    assert [
        f"{name}:0 warning defaults-invalid a link that leads out of its folder | put the file itself there"
        for name in ("hugo.toml", "content/_index.md")
    ] == problems


def test_links_in_a_circle_and_pipes(tmp_path: Path) -> None:
    """Neither holds the run up."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "_index.md").symlink_to("_index.md")
    os.mkfifo(tmp_path / "hugo.toml")
    found, problems = load(tmp_path, {}, dialect="hugo")
    assert {} == found.for_post("top.md")
    assert [
        "hugo.toml:0 warning defaults-invalid not a regular file of at most 2 MiB | ",
        "content/_index.md:0 warning defaults-invalid",
    ] == [problems[0], problems[1][: len("content/_index.md:0 warning defaults-invalid")]]


def test_a_content_folder_beside_the_site(tmp_path: Path) -> None:
    """Its own files are read, and nothing else out there."""
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "_index.md").write_text("---\ncascade: {lang: pt}\n---\n", encoding="utf-8")
    found, problems = load(
        site, {"../posts/_index.md": "---\ncascade: {author: Ana}\n---\n"}, content="../posts"
    )
    assert ([{"author": "Ana"}], []) == (values(found, "top.md"), problems)


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("", "", True),
        ("a", "a", True),
        ("a", "b", False),
        ("*", "abc", True),
        ("*", "a/b", False),
        ("**", "a/b", True),
        ("/posts/**", "/posts/", True),
        ("/posts/**", "/posts", False),
        ("a?c", "abc", True),
        ("a?c", "a/c", False),
        ("a*c*e", "abcde", True),
        ("a*c*e", "abcd", False),
        ("{a,b}/*", "b/x", True),
        ("{a,b{c,d}}", "bd", True),
        ("{a", "{a", True),
        ("**/x", "a/b/x", True),
    ],
)
def test_wildcards(pattern: str, path: str, expected: bool) -> None:  # noqa: FBT001 - of a table
    """Stars stop at slashes, two of them do not."""
    assert expected is matches(pattern, path)


def test_wildcards_take_time_in_proportion() -> None:
    """Patterns on which regular expressions would never end."""
    assert not matches("**a" * 60 + "b", "a" * 2000)
    assert not matches("{a,b}" * 200, "a" * 10)


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["scope", "values", "path", "type", "cascade", "target", "lang", "kind", "author", "tags"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@given(TREES, st.sampled_from(["jekyll", "hugo", "eleventy"]))
def test_any_configuration_ends_with_values_or_problems(tree: object, dialect: str) -> None:
    """Whatever the files of a generator hold."""
    with tempfile.TemporaryDirectory() as folder:
        found, _ = load(
            Path(folder),
            {
                "hugo.json": json.dumps({"cascade": tree}),
                "_config.yml": json.dumps({"defaults": tree}),
                "content/content.json": json.dumps(tree),
                "content/_index.md": json.dumps({"cascade": tree}) + "\n",
            },
            dialect=dialect,
        )
    assert all(isinstance(key, str) for key in found.for_post("posts/hello.md", language="pt"))
