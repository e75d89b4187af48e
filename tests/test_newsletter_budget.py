"""The budget: as much of the posts as fits, cut where a reader would stop, and never one byte too many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.errors import ConfigError
from feeds.newsletter import budget, slots
from feeds.newsletter.budget import Shown, within
from feeds.newsletter.inlining.inline import inline

if TYPE_CHECKING:
    from collections.abc import Sequence

TOKEN = slots.token(["said"])
FRAME = 2_000


class Writer:
    """A theme of the simplest kind, which remembers how often it was asked."""

    def __init__(self, *, link: str = "<p><a>Continue reading</a></p>", frame: int = FRAME) -> None:
        self.calls = 0
        self.link = link
        self.frame = frame

    def __call__(self, shown: Sequence[Shown]) -> str:
        self.calls += 1
        posts = "".join(
            f"<h2>Title</h2>\n{chr(10).join(each.blocks)}\n{self.link if each.continued else ''}\n"
            for each in shown
        )
        return f"<head>\n</head>\n<body>\n{'.' * self.frame}\n{posts}</body>\n"


def paragraphs(count: int, size: int = 1_000) -> list[str]:
    """Blocks of `size` bytes."""
    return [f"<p>{number:04}{'x' * (size - 11)}</p>" for number in range(count)]


def names(shown: Shown) -> list[str]:
    """The tags of the blocks that are shown."""
    return [re.findall(r"<(\w+)", block)[0] for block in shown.blocks]


def test_a_small_letter_is_written_once_and_as_it_is() -> None:
    """Measuring leaves no trace in it."""
    write = Writer()
    blocks = paragraphs(3)
    made = within([blocks], write, 99_000)
    assert write.calls == 1
    assert Writer()([Shown(tuple(blocks), continued=False)]) == made.html
    assert (False, (Shown(tuple(blocks), continued=False),)) == (made.cut, made.shown)


def test_a_long_post_is_cut_between_two_paragraphs_and_continues() -> None:
    """With two writings, and little room left over."""
    write = Writer()
    blocks = paragraphs(200)
    made = within([blocks], write, 99_000)
    assert write.calls == 2
    assert made.cut
    assert made.shown[0].continued
    assert tuple(blocks[: len(made.shown[0].blocks)]) == made.shown[0].blocks
    assert 97_000 <= len(made.html.encode()) <= 99_000
    assert "Continue reading" in made.html
    assert "feeds-cut" not in made.html


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        (["<p>a</p>", "<h2>b</h2>"], ["p"]),
        (["<p>a</p>", "<h2>b</h2>", '<h3 dir="ltr">c</h3>'], ["p"]),
        (["<p>a</p>", "<hr>", "<h2>b</h2>"], ["p"]),
        (["<p>a</p>", "<hr>"], ["p"]),
        (["<p>a</p>", "<p>What follows is <b>this</b>:</p>"], ["p"]),
        (["<p>a</p>", "<p>次の通り：</p>"], ["p"]),
        (["<h2>a</h2>"], []),
        (["<p>a</p>", "<pre>def f():</pre>"], ["p", "pre"]),
        (["<p>a</p>", '<p><img src="x"></p>'], ["p", "p"]),
        (["<p>a</p>", "<ul><li>b</li></ul>"], ["p", "ul"]),
    ],
)
def test_it_is_never_cut_where_a_reader_would_stumble(blocks: list[str], expected: list[str]) -> None:
    """Not behind a heading, a line or an announcement of what comes next."""
    made = within([[*blocks, *paragraphs(1, 50_000)]], Writer(), 20_000)
    assert expected == names(made.shown[0])


@pytest.mark.parametrize(
    "caption", ['<p class="small caption">A caption</p>', "<figcaption>A caption</figcaption>"]
)
def test_a_picture_stays_with_its_caption(caption: str) -> None:
    """The one is nothing without the other."""
    blocks = ["<p>a</p>", '<p><a href="x"><img src="x"></a></p>', f"{caption}{'x' * 50_000}"]
    assert ["p"] == names(within([blocks], Writer(), 20_000).shown[0])


def test_lists_tables_and_figures_stay_whole() -> None:
    """A block is shown or not."""
    table = f"<table>{'<tr><td>x</td></tr>' * 2_000}</table>"
    made = within([[*paragraphs(3), table, *paragraphs(3)]], Writer(), 20_000)
    assert ["p", "p", "p"] == names(made.shown[0])


def test_a_post_of_one_huge_block_becomes_a_link() -> None:
    """There is no place to cut it."""
    made = within([paragraphs(1, 200_000)], Writer(), 99_000)
    assert (Shown((), continued=True),) == made.shown
    assert "Continue reading" in made.html


def test_the_longest_posts_of_a_digest_are_cut() -> None:
    """The short ones are whole wherever they stand, the long ones have the rest, and none goes."""
    write = Writer()
    sections = [paragraphs(170), paragraphs(3), [], paragraphs(60), paragraphs(20)]
    made = within(sections, write, 99_000)
    assert write.calls == 2
    assert [True, False, False, True, False] == [each.continued for each in made.shown]
    assert [3, 0, 20] == [len(made.shown[at].blocks) for at in (1, 2, 4)]
    assert [36, 36] == pytest.approx([len(made.shown[at].blocks) for at in (0, 3)], abs=2)
    assert made.html.count("<h2>Title</h2>") == 5


def test_a_theme_with_a_long_link_is_asked_again() -> None:
    """What a continued post takes is measured, not assumed."""
    write = Writer(link=f"<p>{'Continue ' * 600}</p>")
    made = within([paragraphs(50), paragraphs(50), paragraphs(50)], write, 99_000)
    assert write.calls == 3
    assert len(made.html.encode()) <= 99_000


def test_links_of_an_usual_length_cost_no_more_writing() -> None:
    """A digest of many posts is written twice, though most of them get a link in place of their text."""
    write = Writer(link=f"<p>{'x' * 550}</p>")
    made = within([paragraphs(500, 20)] * 12, write, 40_000)
    assert write.calls == 2
    assert 38_000 < len(made.html) <= 40_000


def test_a_frame_that_is_too_large_is_an_error() -> None:
    """Better no mail than one without its end."""
    with pytest.raises(ConfigError, match="without any text of its posts") as caught:
        within([paragraphs(50)], Writer(frame=99_000), 99_000)
    assert "fewer posts" in caught.value.hint
    with pytest.raises(ConfigError, match="without any text of its posts"):
        within([], Writer(frame=99_000), 99_000)


@pytest.mark.parametrize("times", [0, 2])
def test_a_theme_that_does_not_show_every_block_once_is_refused(times: int) -> None:
    """Of what it leaves out or repeats nobody could say how much fits."""
    with pytest.raises(ConfigError, match="every post once"):
        within([paragraphs(2)], lambda shown: "".join(shown[0].blocks) * times, 99_000)


def test_slots_count_as_what_services_put_there() -> None:
    """The limit is one of the letter that is sent, with addresses that are as long as services make them."""
    values = slots.values(TOKEN, html=True)
    out, web, name, address = (values[each] for each in slots.NAMES)
    html = f"{out['start']}{out['url']}{out['end']}{web['url']}{name['url']}{address['url']}é{slots.tag(TOKEN, 12)}"  # type: ignore[index]
    assert 2 + sum(budget.ALLOWED.values()) == budget.expanded(html)
    filled = slots.fill(
        html, TOKEN, {each: "x" * budget.ALLOWED[each] for each in slots.NAMES}, ["x" * 300] * 13
    )
    assert len(filled.encode()) == budget.expanded(html)


def test_a_letter_that_only_slots_make_too_large_is_cut() -> None:
    """Its bytes alone would fit."""
    link = slots.values(TOKEN, html=True)["unsubscribe"]["url"]  # type: ignore[index]
    blocks = [f'<p><a href="{link}">x</a></p>' for _ in range(100)]
    made = within([blocks], Writer(), 20_000)
    assert made.cut
    assert len(made.html) < 10_000
    assert budget.expanded(made.html) <= 20_000


def test_the_weights_say_where_the_bytes_went() -> None:
    """The head, the preheader, the frame, and of the post its text, style, links, images and code."""
    post = (
        '<p style="margin:0">Text <a href="https://e.org/" style="color:red">link</a> <code>style="no"</code>'
        '<img alt="x>y" src="https://e.org/a.png" style="border:0"> style="no"</p>'
        "<pre style='margin:0'>code <b>x</b></pre>"
    )
    made = within(
        [[post]],
        lambda shown: (
            f'<html><head><style>p{{}}</style></head>\n<body><div style="display:none;mso-hide:all">Preheader</div>'
            f"<p>{slots.values(TOKEN, html=True)['web']['url']}</p>{''.join(shown[0].blocks)}</body></html>"  # type: ignore[index]
        ),
        99_000,
    )
    weights = dict(made.weights)
    assert len("<html><head><style>p{}</style></head>\n") == weights["head and style sheet"]
    assert len('<div style="display:none;mso-hide:all">Preheader</div>') == weights["preheader"]
    assert len("<body><p></p></body></html>") + 300 == weights["frame"]
    assert (
        len(' style="margin:0" style="color:red" style="border:0" style="margin:0"')
        == weights["style attributes"]
    )
    assert len('<a href="https://e.org/"></a>') == weights["links"]
    assert len('<img alt="x>y" src="https://e.org/a.png">') == weights["images"]
    assert len('<code>style="no"</code><pre>code <b>x</b></pre>') == weights["code"]
    assert len('<p>Text link  style="no"</p>') == weights["text"]
    assert budget.expanded(made.html) == sum(weights.values())


def test_the_posts_of_a_digest_are_weighed_one_by_one() -> None:
    """By their place in the issue; what is not there has no row."""
    made = within([["<p>a</p>"], [], ["<p>b</p>", "<code>c</code>"]], Writer(), 99_000)
    found = [name for name, _ in made.weights]
    assert ["head and style sheet", "frame", "post 1: text", "post 3: text", "post 3: code"] == found


BLOCKS = st.builds(
    lambda tag, size, style: f"<{tag}{style}>{'é' * size}:</{tag}>",
    st.sampled_from(["p", "p", "h2", "pre", "ul", "table"]),
    st.integers(0, 4_000),
    st.sampled_from(["", ' style="margin:0"']),
)
SECTIONS = st.lists(st.lists(BLOCKS, max_size=12), max_size=5)


@given(
    SECTIONS, st.integers(4_000, 40_000), st.sampled_from(["", "<p>Continue</p>", f"<p>{'x' * 2_000}</p>"])
)
@settings(max_examples=300, deadline=None)
def test_whatever_the_posts_the_letter_fits(sections: list[list[str]], most: int, link: str) -> None:
    """It has at most the bytes allowed, shows a beginning of every post in order, and its weights sum up."""
    write = Writer(link=link)
    try:
        made = within(sections, write, most)
    except ConfigError:
        bare = Writer(link=link)([Shown((), continued=bool(blocks)) for blocks in sections])
        assert len(bare.encode()) > most
        return
    assert budget.expanded(made.html) <= most
    assert len(sections) == len(made.shown)
    for each, blocks in zip(made.shown, sections, strict=True):
        assert tuple(blocks[: len(each.blocks)]) == each.blocks
    assert [len(each.blocks) < len(blocks) for each, blocks in zip(made.shown, sections, strict=True)] == [
        each.continued for each in made.shown
    ]
    assert any(each.continued for each in made.shown) == made.cut
    assert Writer(link=link)(made.shown) == made.html
    assert sum(size for _, size in made.weights) == budget.expanded(made.html)
    for each, blocks in zip(made.shown, sections, strict=True):
        assert not each.continued or not each.blocks or not each.blocks[-1].startswith("<h2"), blocks


@given(SECTIONS, st.integers(4_000, 40_000), st.integers(0, 40_000))
@settings(max_examples=100, deadline=None)
def test_more_room_never_changes_a_letter_that_fits(sections: list[list[str]], most: int, more: int) -> None:
    """A small letter looks the same whatever the limit is."""
    try:
        small, large = (within(sections, Writer(), limit) for limit in (most, most + more))
    except ConfigError:
        return
    if not small.cut:
        assert small == large


def test_a_long_post_of_prose_fits_with_its_style() -> None:
    """170 KB through the inliner: cut at a paragraph, within a block of what is allowed."""
    css = (
        "p { margin: 0 0 20px } a { color: #0b57d0 } code { font: 15px monospace } h2 { margin: 36px 0 12px }"
    )
    said = 'Prose about <a href="https://example.org/feeds/">feeds</a> and <code>dates</code>. '
    post = [block for n in range(30) for block in (f"<h2>{n}</h2>", *[f"<p>{said * 10}</p>"] * 7)]
    write = Writer()
    made = within([post], lambda shown: inline(write(shown), css), 99_000)
    assert len("".join(post)) > 170_000
    assert write.calls == 2
    assert 96_000 < budget.expanded(made.html) <= 99_000
    assert 0.3 < len(made.shown[0].blocks) / len(post) < 0.6
    assert sum(size for _, size in made.weights) == budget.expanded(made.html)
