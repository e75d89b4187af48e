"""`feeds newsletter --check` as people read it: what is wrong, who loses what, where the bytes went."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.body.columns import columns
from feeds.newsletter.clients import losses
from feeds.newsletter.report import inbox, reading
from feeds.newsletter.report import lines as report
from feeds.problems import Problem

READERS = {"gmail": 60, "outlook-windows": 20, "apple-mail": 15, "other": 5}
HTML = """<!DOCTYPE html>
<html lang="en"><head><title>x</title></head>
<body>
<div style="display:none;max-height:0">Before</div>
<table role="presentation"><tr><td>
<h1>A date is a moment</h1>
<p>As <a href="https://e.org/1">Ana wrote</a>, and <a href="https://e.org/2">Rui answered</a>.</p>
<h2>Zones</h2>
<pre>one
two
</pre>
<img src="https://e.org/a.png" alt="A harbour at dawn" width="544">
<img src="https://e.org/line.png" alt="">
<table><tr><th>a</th></tr></table>
<div style="display:flex">x</div>
</td></tr></table>
</body></html>
"""
PROBLEMS = (
    Problem(code="mail-advice", message="89,000 bytes", severity="warning", hint="cut it"),
    Problem(
        code="mail-invalid",
        message="no alt text (D7)",
        path="content/a.md",
        line=12,
        column=3,
        hint="write it",
    ),
    Problem(code="mail-invalid", message="no alt text (D7)", path="content/a.md", line=4, hint="write it"),
)


def checked(**changes: Any) -> report.Checked:
    """An issue with little wrong, with `changes`."""
    html = changes.get("html", HTML)
    readers = changes.get("readers", {})
    given: dict[str, Any] = {
        "number": 7,
        "subject": "A date is a moment",
        "preheader": "A date without a zone is a small lie, and readers pay for it",
        "sender": "The Blog <post@example.org>",
        "date": "11 Apr",
        "html": html,
        "most": 99_000,
        "support": losses.support(html, readers),
    }
    return report.Checked(**(given | changes))


def text(**changes: Any) -> str:
    """The report in one piece."""
    return "\n".join(report.lines(checked(**changes)))


def part(title: str, **changes: Any) -> list[str]:
    """The lines of one part of the report, by the beginning of its first."""
    for each in text(**changes).split("\n\n"):
        if each.startswith(title):
            return each.split("\n")
    raise AssertionError(title)


def test_problems_come_first_the_gravest_before_the_others() -> None:
    """As compilers print them; a hint that several share stands once."""
    assert [
        "Contract: 2 errors, 1 warning",
        "  content/a.md:4: error[mail-invalid]: no alt text (D7)",
        "    hint: write it",
        "  content/a.md:12:3: error[mail-invalid]: no alt text (D7)",
        "  warning[mail-advice]: 89,000 bytes",
        "    hint: cut it",
    ] == part("Contract", problems=PROBLEMS)
    assert ["Contract: every clause is kept"] == part("Contract")
    bare = Problem(code="mail-invalid", message="no alt text (D7)", path="content/a.md", line=4)
    assert 2 == len(part("Contract", problems=(bare,)))
    assert report.lines(checked())[0] == "Issue 7: A date is a moment"


def test_a_loss_is_told_with_its_readers_its_place_and_where_to_read_on() -> None:
    """By program."""
    found = part("Mail programs", readers=READERS)
    assert [
        "Mail programs: 1 loss",
        "   50 %  display:flex",
        "         not in Outlook (Windows)",
        "         not with accounts of other providers: Gmail (Android, iOS)",
        '         line 15 of the HTML: <div style="display:flex">',
        "         https://www.caniemail.com/features/css-display-flex/",
        "  Does well without, where a program does not know it:",
    ] == found[:7]
    assert "Data of caniemail.com, 20" in "\n".join(found)
    assert "weighed by [newsletter.audience]." in " ".join(line.strip() for line in found)


def test_every_program_of_the_audience_has_a_row() -> None:
    """The most read first; what nobody knows of others is not made up."""
    found = part("Mail programs", readers=READERS)
    start = found.index("  program                  readers    lost  plainer")
    rows = [line.split() for line in found[start + 1 : start + 5]]
    assert ["Gmail", "60", "%", "1"] == rows[0][:4]
    assert ["Outlook", "20", "%", "1"] == rows[1][:4]
    assert ["Apple", "Mail", "15", "%", "0"] == rows[2][:5]
    assert ["other", "5", "%", "?", "?"] == rows[3]


def test_a_mail_that_every_program_shows_says_so() -> None:
    """Without a table of zeros."""
    found = part("Mail programs", html="<p>x</p>")
    assert "Mail programs: nothing is lost in any of them" == found[0]
    assert "[newsletter.audience] is empty" in " ".join(line.strip() for line in found)
    assert 3 == len(found)


def test_several_places_of_one_loss_are_counted() -> None:
    """The first is shown."""
    html = '<div style="display:flex">x</div>' * 3
    assert 'display:flex">, and 2 more' in text(html=html)


def test_a_mail_of_decorations_lacks_no_description() -> None:
    """Nobody is to describe a line."""
    html = '<p>x</p><img src="https://e.org/line.png" alt="">'
    assert ["Images: 0 described, 1 decorative"] == part("Images", html=html)
    assert ["Images: none"] == part("Images", html="<p>x</p>")


def test_a_preheader_that_begins_with_the_subject_says_it_twice() -> None:
    """In whatever case."""
    (remark,) = inbox.remarks("A date is a moment", "A DATE IS A MOMENT, and readers pay for its zone")
    assert "subject" in remark


def test_bytes_are_a_table_with_bars() -> None:
    """What is large is seen at a glance."""
    html = "x" * 50_000
    found = part("Bytes", html=html, weights=[("the posts", 40_000), ("style sheet", 10_000), ("footer", 0)])
    assert "Bytes: 50,000 of 99,000, 51 % of what is allowed" == found[0]
    assert "  the posts                        40,000   80 %  ████████████████████████" == found[1]
    assert "  style sheet                      10,000   20 %  ██████" == found[2]
    assert "  footer                                0    0 %" == found[3]
    assert "Bytes: 100,000 of 99,000, too large" == part("Bytes", html="x" * 100_000)[0]


def test_contrast_below_what_is_asked_for_is_marked() -> None:
    """With the text, in each scheme."""
    found = part(
        "Contrast",
        contrast=[
            report.Contrast(scheme="in light", ratio=6.42, text="a link"),
            report.Contrast(scheme="in dark", ratio=4.2),
        ],
    )
    assert [
        "  in light                   6.4 to 1  a link",
        "! in dark                    4.2 to 1",
    ] == found[1:]
    assert "Contrast" not in text()


def test_images_are_counted_by_how_they_are_described() -> None:
    """What is to mend is named."""
    assert ["Images: 1 described, 1 decorative"] == part("Images")
    assert ["Images: none"] == part("Images", html="<p>x</p>")
    html = '<img src="https://e.org/a.png">\n<img src="b.png" alt="IMG_2041.JPG">'
    assert [
        "Images: 0 described, 2 to mend",
        "! https://e.org/a.png has no alt text, in line 1 of the HTML",
        '! "IMG_2041.JPG" looks like the name of a file, in line 2 of the HTML',
    ] == part("Images", html=html)


def test_the_reading_order_is_that_of_a_screen_reader() -> None:
    """Headings, links, code, images and tables of data; nothing that is hidden, and no layout."""
    assert [
        "Reading order, as a screen reader goes",
        "  h1     A date is a moment",
        "  links  Ana wrote · Rui answered",
        "  h2       Zones",
        "  code   2 lines",
        "  image  A harbour at dawn",
        "  table",
    ] == part("Reading order")


ODD = [
    ("<h1>a</h1><h3>b</h3>", "! h3         b (h3 comes after h1)"),
    ("<h2></h2>", "! h2       (a heading without words)"),
    ('<a href="x">Click here.</a>', "! link   Click here. (says little out of its place)"),
    ('<a href="x"><b></b></a>', "! link   (a link without words)"),
    ('<img src="x">', "! image  (has no alt text)"),
    ('<a href="x"><img src="y" alt="Home"></a>', "  link   Home"),
    ("<pre>x</pre>", "  code   1 line"),
    ("<h1>a<h2>b", "  h2       b"),
]


@pytest.mark.parametrize(("html", "expected"), ODD)
def test_what_a_screen_reader_stumbles_over_is_marked(html: str, expected: str) -> None:
    """Where it stands."""
    assert expected in part("Reading order", html=html)


HIDDEN = [
    '<div style="DISPLAY: none"><a href="x">x</a></div>',
    '<div aria-hidden="true"><p><a href="x">x</a></p></div>',
    "<div hidden><h1>x</h1></div>",
    "<!--[if mso]><h1>x</h1><![endif]-->",
    '<a name="x">x</a>',
    "<title>x</title></p>",
]


@pytest.mark.parametrize("html", HIDDEN)
def test_what_is_hidden_is_not_read(html: str) -> None:
    """Nor are anchors that lead nowhere."""
    assert () == reading.stops(html)


def test_long_lists_are_cut_and_say_so() -> None:
    """A post of a hundred headings has them all in the JSON."""
    html = "".join(f"<h2>Part {n}</h2>" for n in range(100))
    assert "  … and 60 more; --json has all" == part("Reading order", html=html)[-1]
    links = "".join(f'<a href="x">the link number {n}</a> ' for n in range(9))
    (line,) = part("Reading order", html=links)[1:]
    assert line.endswith(" · and 7 more")
    assert 9 == len(report.to_json(checked(html=links))["reading"])  # type: ignore[arg-type] # a list


def test_the_inbox_shows_what_a_phone_shows() -> None:
    """Cut where it cuts."""
    assert [
        "Inbox, on a phone 375 px wide",
        "  │ The Blog                                11 Apr",
        "  │ A date is a moment",
        "  │ A date without a zone is a small lie, and",
        "  │ readers pay for it",
    ] == part("Inbox")
    row = inbox.row('"Ana" <a@e.org>', "Long " * 20, "words and " * 20, "3 May")
    assert ("Ana" + " " * 38 + "3 May", "Long Long Long Long Long Long Long Long…") == row[:2]
    assert 4 == len(row)
    assert row[3].endswith("…")
    assert all(columns(line) <= inbox.WIDTH for line in row)
    assert ("a@e.org                                 11 Apr",) == inbox.row("a@e.org", "", "", "11 Apr")[:1]


@pytest.mark.parametrize(
    ("subject", "preheader", "expected"),
    [
        ("s" * 41, "p" * 60, "The subject has 41 columns, of which a phone shows some 40."),
        ("日" * 21, "p" * 60, "The subject has 42 columns, of which a phone shows some 40."),
        ("s", "", "There is no preheader: programs show the first words of the mail there."),
        (
            "Same",
            "same words, which go on for long enough to be shown whole",
            "The preheader repeats the subject.",
        ),
        ("s", "p" * 39, "The preheader has 39 characters; 40 to 110 do best."),
        ("s", "p" * 111, "The preheader has 111 characters; 40 to 110 do best."),
    ],
)
def test_subjects_and_preheaders_that_do_not_fit_are_remarked_on(
    subject: str, preheader: str, expected: str
) -> None:
    """The row alone does not say why."""
    assert [expected] == list(inbox.remarks(subject, preheader))


def test_good_subjects_and_preheaders_are_not_remarked_on() -> None:
    """At both ends of what does best."""
    assert [] == [*inbox.remarks("s" * 40, "p" * 40), *inbox.remarks("", "p" * 110)]


def test_what_authors_write_cannot_drive_the_terminal() -> None:
    """No line of the report is anybody's but ours."""
    evil = "a\x1b[2Jb\rc\u202ed"
    html = f'<h1>{evil}</h1><a href="x">{evil}</a><img src="{evil}"><p style="display:{evil}">'
    problem = Problem(code="mail-invalid", message=evil, path=evil, hint=evil)
    found = text(
        subject=evil, preheader=evil, sender=evil, html=html, problems=[problem], weights=[(evil, 1)]
    )
    assert not {"\x1b", "\r", "\u202e"} & set(found)


@given(st.text(max_size=300), st.text(max_size=90), st.text(max_size=200))
def test_all_fits_eighty_columns(html: str, subject: str, preheader: str) -> None:
    """Whatever is in the mail; problems' own lines are for other programs too, and stay whole."""
    found = report.lines(checked(html=f"{html}<h1>{subject}</h1>", subject=subject, preheader=preheader))
    assert all("\n" not in line for line in found)
    assert [] == [line for line in found if columns(line) > 80]


def test_the_report_as_data_is_json_and_leaves_nothing_out() -> None:
    """With the names that scripts look for."""
    data = json.loads(
        json.dumps(report.to_json(checked(problems=PROBLEMS, readers=READERS, weights=[("post", 9)])))
    )
    assert {"issue", "problems", "inbox", "support", "bytes", "contrast", "reading"} == set(data)
    assert ["error", "error", "warning"] == [each["severity"] for each in data["problems"]]
    assert ("css-display-flex", True) == tuple(
        data["support"]["features"][0][key] for key in ("slug", "loss")
    )
    assert data["support"]["weighted"]
    assert [{"name": "post", "bytes": 9}] == data["bytes"]["parts"]
    assert {
        "kind": "heading",
        "said": "A date is a moment",
        "line": 6,
        "level": 1,
        "target": "",
        "remark": "",
    } == data["reading"][0]
    assert "A date is a moment" == data["inbox"]["lines"][1]
