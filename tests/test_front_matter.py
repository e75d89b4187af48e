"""Front matter and bodies told apart, whatever the fences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content import front_matter
from feeds.problems import Findings


def split(text: str) -> tuple[front_matter.FrontMatter, list[str]]:
    """The front matter, and its problems as `line:column code message | hint`."""
    findings = Findings("post.md")
    found = front_matter.split(text, findings)
    return found, [f"{p.line}:{p.column} {p.code} {p.message} | {p.hint}" for p in findings.problems]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: Hi\n---\nbody",
        "--- \ntitle: Hi\n---\t\nbody",
        "------\ntitle: Hi\n------\nbody",
        "---\ntitle: Hi\n...\nbody",
        "---yaml\ntitle: Hi\n---\nbody",
        "---\n# a comment\ntitle: Hi\n---\nbody",
        '---\n"title": Hi\n---\nbody',
        "---\n{title: Hi}\n---\nbody",
        "\n\n---\ntitle: Hi\n---\nbody",
        "+++\ntitle = 'Hi'\n+++\nbody",
        "---\ntitle = 'Hi'\n---\nbody",
        "---\n\n# a comment\ntitle = 'Hi'\n---\nbody",
        "---toml\ntitle = 'Hi'\n---\nbody",
        ';;;\n{"title": "Hi"}\n;;;\nbody',
        '---json\n{"title": "Hi"}\n---\nbody',
        '{"title": "Hi"}\nbody',
        '{\n  "title": "Hi"\n}\nbody',
        "Title: Hi\n\nbody",
        "title: Hi\n---\nbody",
        "Title:Hi\n\nbody",
        "\ufeff---\ntitle: Hi\n---\nbody",
        "\n\u200b---\ntitle: Hi\n---\nbody",
        "  ---\n  title: Hi\n  ---\nbody",
        "---\n\n# comment\n\ntitle: Hi\n---\nbody",
        "<!-- licence -->\n---\ntitle: Hi\n---\nbody",
        "<!-- licence\n  of two lines -->\n\n+++\ntitle = 'Hi'\n+++\nbody",
        "++++\ntitle = 'Hi'\n++++ \nbody",
        "+++  \ntitle = 'Hi'\n+++\nbody",
        "title = 'Hi'\n+++\nbody",
        "---js\n{ title: 'Hi' }\n---\nbody",
        "---js\n{ title: `Hi` }\n---\nbody",
        '---js\n{\n  // a remark\n  title: "Hi",\n};\n---\nbody',
        '---javascript\n{"title": "Hi"}\n---\nbody',
        ';;;\n"title": "Hi"\n;;;\nbody',
        '"title": "Hi"\n;;;\nbody',
        '{"title": "Hi"}\n;;;\nbody',
        '{"title": "Hi"} body',
        "title: 'Hi'\n---\nbody",
        "title: >\n  Hi\n---\nbody",
        "<!--\n.. title: Hi\n-->\nbody",
        "<!-- .. title: Hi -->\nbody",
        "<!--\n\n.. title: Hi\n\n--> body",
        ".. title: Hi\n\nbody",
    ],
)
def test_every_fence_is_read(text: str) -> None:
    """YAML, TOML, JSON and Pelican's metadata, with each fence that real files have."""
    found, problems = split(text)
    values = {key.lower(): str(value).strip() for key, value in found.values.items()}
    assert ({"title": "Hi"}, "body", True, []) == (values, found.body.strip(), found.present, problems)
    line = text.split("\n")[found.body_line - 1]
    assert not line or line.endswith("body")


@pytest.mark.parametrize(
    "text",
    [
        "just prose",
        "---\n\nprose after a rule\n",
        "# Heading\n\n---\n\nmore",
        "Note: this is prose, not metadata\nand goes on",
        "{{< figure src=x >}}",
        "{not json}",
        "",
        "\n\n",
        "---",
        "---\n\nprose between rules\n\n---\n\nmore",
        "---\nprose between rules\n---\nmore",
        "---\n\n- a list\n- between rules\n\n---\n\nmore",
        "# Heading\n\n---\n\nprose: here\n\n---\n",
        "--- dashes and prose",
        "---prose",
        "Foo: a\nBar: b\n---\nafter a heading",
        'Note: "a heading" of two lines\n---\nprose',
        "<!-- remark -->\nprose",
        "<!-- remark --> prose\n---\n",
        "<!-- never closed",
        "<!-- remark -->",
        "- title: in a list\ntitle: x",
        "```yaml\n---\ntitle: x\n---\n```\n",
    ],
)
def test_a_file_without_front_matter_is_all_body(text: str) -> None:
    """What merely looks like front matter stays in the body."""
    found, problems = split(text)
    assert (text, False, []) == (found.body, found.present, problems)


def test_scalars_stay_as_written() -> None:
    """YAML 1.1 would make these 2025, True, None, 1.1, 8, 750 and False."""
    found, _ = split("---\ntags: [2025, true, null, 1.10, 010, 12:30, No, C++]\n---\n")
    assert ["2025", "true", "null", "1.10", "010", "12:30", "No", "C++"] == found.values["tags"]


def test_toml_and_json_values_become_text() -> None:
    """The formats agree on what a value is once it is read."""
    toml, _ = split("+++\ntags = [2025, 1.10, true]\ndate = 2025-01-31T10:00:00Z\nnone = {a = 1}\n+++\n")
    assert {
        "tags": ["2025", "1.10", "true"],
        "date": "2025-01-31 10:00:00+00:00",
        "none": {"a": "1"},
    } == dict(toml.values)
    loaded, _ = split('{"tags": [2025, 1.10, true, null]}\n')
    assert ["2025", "1.10", "true", None] == loaded.values["tags"]


def test_empty_yaml_values_are_absent() -> None:
    """`key:` and `key: ~` say nothing; a quoted empty text is for the header to judge."""
    found, _ = split('---\na:\nb: ~\nc: null\nd: ""\ne: "~"\n---\n')
    assert {"a": None, "b": None, "c": None, "d": "", "e": "~"} == dict(found.values)


def test_anchors_aliases_and_merge_keys() -> None:
    """YAML's own ways to repeat a value work; the mapping's own keys win over merged ones."""
    found, problems = split("---\nbase: &b {x: 1, y: 2}\nmore:\n  <<: *b\n  y: 3\nagain: *b\n---\n")
    assert ({"x": "1", "y": "3"}, {"x": "1", "y": "2"}, []) == (
        found.values["more"],
        found.values["again"],
        problems,
    )


def test_places_are_those_of_the_file() -> None:
    """Line and column point at the value, fences and blank lines counted."""
    found, _ = split("---\ntitle: Hi\n\ndate: 2025-01-31\ntags:\n  - a\n---\nbody")
    assert {"title": (2, 8), "date": (4, 7), "tags": (6, 3)} == dict(found.places)
    assert 8 == found.body_line
    toml, _ = split("+++\ntitle = 'Hi'\n\ndate = 2025-01-31\n+++\nbody")
    assert {"title": (2, 1), "date": (4, 1)} == dict(toml.places)
    json, _ = split('{\n"title": "Hi",\n  "date": "2025-01-31"\n}\nbody')
    assert {"title": (2, 10), "date": (3, 11)} == dict(json.places)
    pelican, _ = split("Title: Hi\nSummary: one\n  two\nDate: 2025-01-31\n\nbody")
    assert ({"Title": (1, 8), "Summary": (2, 10), "Date": (4, 7)}, "one two") == (
        dict(pelican.places),
        pelican.values["Summary"],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "---\ntitle: a: b\n---\n",
            "2:9 front-matter-invalid not valid YAML: mapping values are not allowed in this context | "
            'a value with a colon goes in quotes: title: "a: b"',
        ),
        (
            f"---\n{'a: ' * 15_000}\n---\n",
            "2:5 front-matter-invalid not valid YAML: mapping values are not allowed in this context | "
            "a value with a colon goes in quotes",
        ),
        (
            "---\ntitle: x\nauthor: @bob\n---\n",
            "3:9 front-matter-invalid not valid YAML: found character that cannot start any token | "
            'put the value in quotes: author: "@bob"',
        ),
        (
            "---\na: [\n\tb: c\n---\n",
            "2:1 front-matter-invalid not valid YAML: did not find expected ',' or ']' | close the bracket: [",
        ),
        (
            "---\ntitle: x\ndate: 2025-01-31\n",
            "1:1 front-matter-unclosed the front matter that starts with --- is never closed | "
            "put --- on a line of its own after the last key",
        ),
        (
            "---\ntitle = 'Hi'\ntags = [a]\n---\n",
            "3:9 front-matter-invalid not valid TOML: invalid value | ",
        ),
        (
            "+++\na = 1\n\na = 2\n+++\n",
            "4:1 front-matter-invalid not valid TOML: cannot overwrite a value | keep one of the two",
        ),
        (
            "+++\na = 1\nb = " + "9" * 5000 + "\n+++\n",
            "3:1 front-matter-invalid not valid TOML: a number is too long | ",
        ),
        (
            "+++\na = " + "[" * 3000 + "\n+++\n",
            "2:1 front-matter-too-deep values nest too deeply | ",
        ),
        (
            '---\ntitle: "It\'s "in" it"\n---\n',
            "2:15 front-matter-invalid not valid YAML: did not find expected key | "
            "put the value in single quotes: title: 'It''s \"in\" it'",
        ),
        (
            "---\n- a\n- b\n---\n",
            "2:1 front-matter-invalid the front matter is a list, not `key: value` lines | "
            "write keys with their values, one a line, such as title: Hello",
        ),
        (
            "---\na: 1\n--- # no fence\nb: 2\n---\n",
            "3:1 front-matter-invalid the front matter holds a second document | ",
        ),
        (
            "+++\ntitle = Hi\n+++\n",
            '2:9 front-matter-invalid not valid TOML: invalid value | put the value in quotes: title = "Hi"',
        ),
        (
            "+++\ntitle = 'Hi'\n",
            "1:1 front-matter-unclosed the front matter that starts with +++ is never closed | "
            "put +++ on a line of its own after the last key",
        ),
        (
            '{\n"title" "Hi"}\n',
            "2:9 front-matter-invalid not valid JSON: expecting ':' delimiter | "
            "look for a comma or a colon that is missing before this",
        ),
        (
            ";;;\n[1]\n;;;\n",
            "2:1 front-matter-invalid the front matter is a list, not `key: value` lines | "
            "write keys with their values, one a line, such as title: Hello",
        ),
        (
            ":title: x\n:date: 2025-01-31\nText.\n",
            "3:1 front-matter-invalid this line is neither `:key: value` nor blank | "
            "end the fields with an empty line, or write them as key: value between two lines of ---",
        ),
        (
            '---\ntitle: "a\\qb"\n---\n',
            "2:10 front-matter-invalid not valid YAML: found unknown escape character | "
            "write a backslash twice in double quotes, or put the value in single quotes",
        ),
        (
            '{\n"title": "Hi",\n}\n',
            "3:1 front-matter-invalid not valid JSON: expecting property name enclosed in double quotes | "
            "delete the comma before the closing bracket: nothing follows it",
        ),
        (
            '{\n"title": "a\\qb"\n}\n',
            "2:12 front-matter-invalid not valid JSON: invalid \\escape | write a backslash twice: \\\\",
        ),
        (
            '{\n"title": "a\nb"\n}\n',
            "2:12 front-matter-invalid not valid JSON: invalid control character at | "
            'close the quote with ", and write a line break in a text as \\n',
        ),
        (
            '{\n"title": yes\n}\n',
            "2:10 front-matter-invalid not valid JSON: expecting value | "
            'JSON wants keys and texts in "double quotes", and no comments',
        ),
        (
            "Title: Hi\nno key here\n\nbody",  # one line may as well be prose
            "2:1 front-matter-invalid this line is neither `Key: value` nor blank | "
            "end the metadata with an empty line, or put --- above and below it",
        ),
        (
            "---\ntitle: 'don't'\n---\n",
            "2:13 front-matter-invalid not valid YAML: did not find expected key | "
            'put the value in double quotes: title: "don\'t"',
        ),
        (
            '---\ntitle: "a" and b\n---\n',
            "2:12 front-matter-invalid not valid YAML: did not find expected key | "
            "put the whole value in quotes: title: '\"a\" and b'",
        ),
        (
            '---\na: 1\ntitle: "open\ndate: 2025-01-31\nother: "x"\n---\n',
            '3:8 front-matter-invalid not valid YAML: did not find expected key | close the quote: "',
        ),
        (
            '---\na: 1\ntitle: "open\ndate: 2025-01-31\n---\n',
            '3:8 front-matter-invalid not valid YAML: found unexpected end of stream | close the quote: "',
        ),
        (
            '---\ntitle: "two\n  lines"\n\nx: y\n z: 1\n---\n',
            "6:3 front-matter-invalid not valid YAML: mapping values are not allowed in this context | "
            "start it where the line above it starts, if both belong together",
        ),
        (
            "---\ntags: [a, b\ndate: 2025-01-31\n---\n",
            "2:1 front-matter-invalid not valid YAML: did not find expected ',' or ']' | close the bracket: [",
        ),
        (
            "---\ntitle: [WIP] more\n---\n",
            "2:14 front-matter-invalid not valid YAML: did not find expected key | "
            'put the value in quotes: title: "[WIP] more"',
        ),
        (
            "---\ntitle: `a`\n---\n",
            "2:8 front-matter-invalid not valid YAML: found character that cannot start any token | "
            'put the value in quotes: title: "`a`"',
        ),
        (
            "---\ntitle: %a\n---\n",
            "2:8 front-matter-invalid not valid YAML: found character that cannot start any token | "
            'put the value in quotes: title: "%a"',
        ),
        (
            "---\ntitle: “a: b”\n---\n",
            "2:10 front-matter-invalid not valid YAML: mapping values are not allowed in this context | "
            'use straight quotes: title: "a: b"',
        ),
        (
            "---\ntitle:Hi\ndate: 2025-01-31\n---\n",
            "2:1 front-matter-invalid not valid YAML: mapping values are not allowed in this context | "
            "put a space behind the colon: title: …",
        ),
        (
            "---\ntitle:Hi\ndate:2025-01-31\n---\n",
            "2:1 front-matter-invalid the front matter is plain text, not `key: value` lines | "
            "put a space behind the colon: title: …",
        ),
        (
            "---\ntitle: x\ntags:\n\u00a0\u00a0- a: b: c\n---\n",
            "4:9 front-matter-invalid not valid YAML: mapping values are not allowed in this context | "
            "indent with plain spaces",
        ),
        (
            "---\ntitle: a\u2028b\nauthor: @bob\n---\n",
            "3:9 front-matter-invalid not valid YAML: found character that cannot start any token | "
            'put the value in quotes: author: "@bob"',
        ),
        (
            "---\ntitle: a\u2028b\nauthor: it\u0092s\n---\n",
            "3:11 front-matter-invalid not valid YAML: the control character U+0092 | "
            "delete it; it may have been a quotation mark or a dash of Windows",
        ),
        (
            "---\nnote: x\n---\n---\ntitle: y\n---\n",
            "4:1 front-matter-invalid there is a second front matter here | make one of the two",
        ),
        (
            "---\n---\ntitle: x\n---\nbody",
            "3:1 front-matter-invalid the front matter is closed before its first key | delete line 2",
        ),
        (
            "---\ntitle: x\n—-\nbody",
            "1:1 front-matter-unclosed the front matter that starts with --- is never closed | "
            "line 3 is nearly its end: write --- there, on a line of its own",
        ),
        (
            "---\ntags:\n- a\n--- body\n",
            "1:1 front-matter-unclosed the front matter that starts with --- is never closed | "
            "line 4 is nearly its end: write --- there, on a line of its own",
        ),
        (
            "—-\ntitle: x\n---\n",
            "1:1 front-matter-invalid '—-' is not the fence of front matter | "
            "write --- on a line of its own, above the first key and below the last",
        ),
        (
            "--- # remark\ntitle: x\n---\n",
            "1:1 front-matter-invalid '--- # remark' is not the fence of front matter | "
            "write --- on a line of its own, above the first key and below the last",
        ),
        (
            "---cson\ntitle: 'x'\n---\n",
            "1:1 front-matter-invalid front matter in cson cannot be read | write it as YAML, TOML or JSON",
        ),
        (
            "---\n“title”: x\nprose\ndate: y\n---\n",
            "3:1 front-matter-invalid not valid YAML: could not find expected ':' | "
            "write it as `key: value`, or indent it if it belongs to the line above",
        ),
        (
            "# Heading\n\n---\ntitle: x\n---\n",
            "3:1 front-matter-invalid the front matter is not at the top of the file | "
            "delete or move what is in line 1",
        ),
        (
            "Heading\n+++\ntitle = 'x'\n+++\n",
            "2:1 front-matter-invalid the front matter is not at the top of the file | "
            "delete or move what is in line 1",
        ),
        (
            "title = 'x'\ndate = 2025-01-31\n\nbody",
            "1:1 front-matter-invalid the front matter has no fences | put +++ above and below it",
        ),
        (
            "+++\ntitle: x\n+++\n",
            "2:6 front-matter-invalid not valid TOML: expected '=' after a key in a key/value pair | "
            "between +++ the keys are written as in TOML: title = …",
        ),
        (
            '+++\ntitle = "x\n+++\n',
            "2:1 front-matter-invalid not valid TOML: unterminated string | "
            'close the quote; inside "…", a quote is written \\" and a backslash \\\\',
        ),
        (
            "---js\nmodule.exports = {title: 'x'}\n---\n",
            "2:29 front-matter-invalid only data can be read from JavaScript, not a program | "
            "write the front matter as YAML or JSON",
        ),
        (
            "<!--\n.. title: x\nslug: y\n-->\nbody",
            "3:1 front-matter-invalid this line is not `.. key: value` | end the comment above it with -->",
        ),
        (
            "<!--\n.. title: x\n\nbody",
            "1:1 front-matter-unclosed the comment with the metadata is never closed | write -->",
        ),
        (
            '{"a": ' + "[" * 40 + "]" * 40 + "}\n",
            "1:1 front-matter-too-deep values nest too deeply | ",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(text: str, expected: str) -> None:
    """Every fault comes with line, column, reason and, where it can be guessed, the way out."""
    found, problems = split(text)
    assert ([expected], {}, "") == (problems, dict(found.values), found.body)


@pytest.mark.parametrize(
    ("body", "prose"),
    [
        ("This is the body.", True),
        ("# Heading\nand text", True),
        ("https://example.org/ is new", True),
        ("- an item\n- another", True),
        ('"Quoted," she said', True),
        ("Text\n\nTags: of another paragraph", True),
        ("no key here\nTags: a", False),
        ("no key here\n---\nbody", False),
        ("}", False),
        ("Über: uns", False),
        ("tags = ['a']", False),
    ],
)
def test_prose_may_follow_pelicans_lines_at_once(body: str, prose: bool) -> None:  # noqa: FBT001 - of a table
    """As it may there, unless it looks like metadata that went wrong."""
    found, problems = split(f"Title: Hi\nDate: 2025-01-31\n{body}\n")
    assert (prose, prose) == (found.body.strip() == body, not problems)


def test_lists_without_an_opening_fence() -> None:
    """Hexo closes front matter that nothing opens, and Pelican does the same with values that are no YAML."""
    hexo, problems = split("layout: post\ntitle: x\ntags:\n- a\n- b\ncover:\n  image: /a.png\n---\nbody")
    assert (["a", "b"], {"image": "/a.png"}, "body", 9, []) == (
        hexo.values["tags"],
        hexo.values["cover"],
        hexo.body,
        hexo.body_line,
        problems,
    )
    pelican, problems = split("Title: Metropolis: restored\nDate: 2010-12-03 10:20\n---\nbody")
    assert ("Metropolis: restored", "body", []) == (pelican.values["Title"], pelican.body, problems)


def test_nikolas_comments() -> None:
    """Metadata in a comment at the top; the tag `draft` is how older versions knew one."""
    found, problems = split(
        "<!--\n.. title: A title: of mine\n.. date: 2015-01-01 10:00:00 UTC\n.. tags: a, draft\n.. link:\n-->\n\nbody"
    )
    assert (
        {
            "title": "A title: of mine",
            "date": "2015-01-01 10:00:00 UTC",
            "tags": "a, draft",
            "link": "",
            "status": "draft",
        },
        {"title": (2, 11), "date": (3, 10), "tags": (4, 10), "link": (5, 9)},
        "\nbody",
        7,
        [],
    ) == (dict(found.values), dict(found.places), found.body, found.body_line, problems)


def test_places_of_keys() -> None:
    """What is wrong with a key is shown where the key is, in every format."""
    yaml, _ = split("---\ntitle: x\ntags:\n  - a\n---\n")
    assert {"title": (2, 1), "tags": (3, 1)} == dict(yaml.key_places)
    toml, _ = split("+++\ntitle = 'x'\n[extra]\na = 1\n+++\n")
    assert {"title": (2, 1), "extra": (3, 2)} == dict(toml.key_places)
    json, _ = split('{"a": {"title": 1},\n  "title": "x", "b": ["title"]}\n')
    assert {"a": (1, 2), "title": (2, 3), "b": (2, 17)} == dict(json.key_places)
    bare, _ = split('"title": "x",\n"date": "y"\n;;;\n')
    assert {"title": (1, 1), "date": (2, 1)} == dict(bare.key_places)
    pelican, _ = split("Title: x\nDate: y\n\n")
    assert {"Title": (1, 1), "Date": (2, 1)} == dict(pelican.key_places)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"a": 1,\n"a": 2}\n',
            "2:1 key-duplicate a is already set in line 1; this line wins | keep one of the two",
        ),
        (
            "Title: x\nTitle: y\n\n",
            "2:1 key-duplicate Title is already set in line 1; this line wins | keep one of the two",
        ),
    ],
)
def test_duplicate_keys_are_told_in_every_format(text: str, expected: str) -> None:
    """TOML refuses them by itself."""
    assert [expected] == split(text)[1]


def test_a_local_tag_is_part_of_the_text() -> None:
    """`!` starts a tag of YAML's; an author only meant an exclamation."""
    assert "!important news" == split("---\ntitle: !important news\n---\n")[0].values["title"]


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("! 'Un titre'", "Un titre"),
        ("!str 2010", "2010"),
        ("!!str 2010", "2010"),
        ("!ruby/string 'x'", "x"),
        ("!ruby/object:Thing x", "x"),
        ("!binary w4l0w6k=", "Été"),
        ("!!binary |-\n  w4l0w6k=", "Été"),
        ("!binary /w==", "/w=="),
        ("!wow", "!wow"),
        ("'!wow'", "!wow"),
        ("! ~", "~"),
    ],
)
def test_tags_of_yaml_say_nothing(yaml: str, expected: str) -> None:
    """Old imports into Jekyll are full of them."""
    assert expected == split(f"---\ntitle: {yaml}\n---\n")[0].values["title"]


@pytest.mark.parametrize(
    ("header", "place"),
    [
        ("tags:\n\t- a\n\t- b", "3:1"),
        ("tags:\n \t- a\n \t- b", "3:2"),
        ("a: 1\na: 2\ntags:\n\t- a\n\t- b", "5:1"),
    ],
)
def test_tabs_are_read_as_hexo_reads_them(header: str, place: str) -> None:
    """With a warning, and with what else is wrong said once."""
    found, problems = split(f"---\n{header}\n---\n")
    assert ["a", "b"] == found.values["tags"]
    assert [
        f"{place} front-matter-invalid YAML cannot be indented with tabs, and each is read as two spaces | "
        "indent with spaces"
    ] == [problem for problem in problems if "key-duplicate" not in problem]
    assert len({*problems}) == len(problems)


def test_the_first_of_several_merged_mappings_wins() -> None:
    """As YAML's own words on merging have it."""
    found, problems = split("---\na: &a {x: 1}\nb: &b {x: 2, y: 3}\n<<: [*a, *b, z]\n---\n")
    assert ("1", "3", []) == (found.values["x"], found.values["y"], problems)


@pytest.mark.parametrize(
    ("header", "place"),
    [("title: 'new Date(x)', date: new Date(2025, 0)", "2:31"), ("// f()\na: 1,\nb: () => 2", "4:7")],
)
def test_javascript_is_not_run(header: str, place: str) -> None:
    """A call is named where it is, and no part of it is taken for a value."""
    _, problems = split(f"---js\n{{ {header} }}\n---\n")
    said = "front-matter-invalid only data can be read from JavaScript, not a program"
    assert [f"{place} {said} | write the front matter as YAML or JSON"] == problems


def test_comments_between_metadata_and_body() -> None:
    """What is behind the comment on its last line is the body's first."""
    found, _ = split("<!-- .. title: x -->body\nmore")
    assert ("body\nmore", 1) == (found.body, found.body_line)


@pytest.mark.parametrize(
    "text",
    [
        "Title: x\n" + "a: b\n" * 20_000 + "\n",
        "<!--\n" + ".. a: b\n" * 20_000 + "-->\n",
        ".. a: b\n" * 20_000,
        '{"a": "' + "b" * 70_000 + '"}',
        "title: x\ntags: [" + "b" * 70_000 + "]\n---\n",
    ],
)
def test_metadata_without_fences_is_bounded(text: str) -> None:
    """Nobody writes 64 KiB of it."""
    assert ["front-matter-too-large"] == [problem.split()[1] for problem in split(text)[1]]


def test_a_duplicate_key_is_a_warning_with_both_lines() -> None:
    """The last one wins, as everywhere, but not silently."""
    found, problems = split("---\ntitle: one\ntags: []\ntitle: two\n---\n")
    assert "two" == found.values["title"]
    assert [
        "4:1 key-duplicate title is already set in line 2; this line wins | keep one of the two"
    ] == problems


@pytest.mark.parametrize(
    "header",
    [
        "a: " + "[" * 30_000,
        "a: " + "{x: " * 30_000,
        "a: &a [x,x,x,x,x,x,x,x]\nb: &b ["
        + "*a," * 10
        + "]\nc: &c ["
        + "*b," * 10
        + "]\nd: &d ["
        + "*c," * 10
        + "]\ne: ["
        + "*d," * 10
        + "]",
        "\n".join(f"k{n}: {'v' * 100}" for n in range(1000)),
    ],
    ids=["brackets", "braces", "aliases", "huge"],
)
def test_bombs_are_refused(header: str) -> None:
    """What crashes the composer of libyaml, or unfolds without end, is an error like any other."""
    _, problems = split(f"---\n{header}\n---\nbody")
    assert 1 == len(problems)
    assert "front-matter-too" in problems[0]


@pytest.mark.parametrize("number", ["9" * 5000, "0x" + "f" * 5000])
def test_numbers_without_end_are_refused(number: str) -> None:
    """Python will not turn thousands of digits into a number; the post is named, nothing crashes."""
    _, problems = split(f"+++\na = {number}\n+++\n")
    assert 1 == len(problems)
    assert "front-matter-invalid" in problems[0]


@pytest.mark.parametrize(
    "text", ['---\ntitle: "a\\x07b"\n---\n', '+++\ntitle = "a\\u0007b"\n+++\n', '{\n"title": "a\\u0007b"}\n']
)
def test_control_characters_behind_escapes_are_left_out(text: str) -> None:
    """They pass the text gate as plain letters, and would cost the feed as much as bare ones."""
    found, problems = split(text)
    assert ("ab", 1) == (found.values["title"], len(problems))
    assert "character-forbidden" in problems[0]
    assert problems[0].startswith("2:")


def test_an_alias_to_nothing_is_absent() -> None:
    """An unknown anchor is no reason to lose a post, nor is one that holds itself."""
    found, _ = split("---\na: &a [*a]\n---\n")
    assert {"a": [None]} == dict(found.values)


LINES = st.sampled_from(
    [
        *(
            "---",
            "--- ",
            "------",
            "---js",
            "---toml",
            "--",
            "—-",
            "...",
            "+++",
            ";;;",
            "<!--",
            "-->",
            "",
            "  ---",
        ),
        *(
            "title: x",
            "Title: a: b",
            "title:x",
            "tags:",
            "- a",
            "  - b",
            "tags: [a",
            'a: "b',
            "\ta: b",
            "a = 'b'",
        ),
        *(
            "prose",
            ".. title: x",
            "{",
            "}",
            '"a": "b"',
            '{"a": 1}',
            "# x",
            "é: \u2028",
            "a: @b",
            "'",
            "a: !b c",
        ),
    ]
)


@given(st.lists(LINES, max_size=9))
def test_any_order_of_lines_ends_with_values_or_problems(lines: list[str]) -> None:
    """However fences and lines are mixed up, the body is part of the file, and problems are in its lines."""
    findings = Findings("post.md")
    found = front_matter.split("\n".join(lines), findings)
    assert "\n".join(lines).endswith(found.body)
    if found.body and not any(mark in line for line in lines for mark in ("-->", "}")):
        assert "\n".join("\n".join(lines).split("\n")[found.body_line - 1 :]) == found.body
    assert all(1 <= problem.line <= max(len(lines), 1) for problem in findings.problems)
    if found.present and not found.values:
        assert not found.body.startswith("title: x")  # the one thing that must never happen


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r"), max_size=200))
def test_nothing_but_problems_comes_of_any_text(text: str) -> None:
    """Whatever stands between fences, reading ends with values or with a problem in that file's lines."""
    for fence in ("---", "+++", ";;;", ""):
        findings = Findings("post.md")
        found = front_matter.split(f"{fence}\n{text}\n{fence}\nbody", findings)
        assert found.values is not None
        assert all(0 < problem.line <= text.count("\n") + 5 for problem in findings.problems)


@pytest.mark.parametrize(
    "text",
    [
        "% of sailors say no\n\nText.\n",
        "% one\n% two\n% three\n% four\n\nText.\n",
        "% one\n% two\nprose\n",
        "%% a comment %%\n\nText.\n",
        ":date: Save the day!\nIt is near.\n",
        ":smile: one\n:date: two\n",
        ":date:\n:title: x\n",
        "#+BEGIN_SRC python\nx\n#+END_SRC\n",
        "#hashtag: one\n",
    ],
)
def test_signs_of_another_markup_are_prose_where_no_metadata_follows(text: str) -> None:
    """A percent sign, an emoji's name or a hash at the top is what people write."""
    found, problems = split(text)
    assert ({}, text, []) == (dict(found.values), found.body, problems)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("% T\n% A\n  B\n%\n", {"title": "T", "author": ["A", "B"], "date": ""}),
        ("% T\n% A\n\nText.\n", {"title": "T", "author": "A"}),
        (":title: T\n\nText.\n", {"title": "T"}),
        (":Title: T\n:date:\n  2025-01-31\n\nText.\n", {"Title": "T", "date": "2025-01-31"}),
        ("#+title: T\n#+HUGO_DRAFT: true\nText.\n", {"title": "T", "draft": "true"}),
        ("#+DATE: [2025-01-31]\n", {"date": "2025-01-31"}),
    ],
)
def test_metadata_of_another_markup(text: str, values: dict[str, object]) -> None:
    """Pandoc's title block, fields of reStructuredText and keywords of Org above Markdown are read."""
    found, problems = split(text)
    assert (values, []) == (dict(found.values), problems)
    assert found.body.strip() in {"", "Text."}
