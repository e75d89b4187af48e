"""Hashtags: which `#` in the text of a note makes a tag of what follows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.content.hashtags import with_hashtags


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("#one\n\n- #two\n> #three\n| #four |", ("one", "two", "three", "four")),
        ("## About #one\n\n#one/two/ and #a-b_c.", ("one", "one/two", "a-b_c")),
        ("#größe, #日本語。 #हिन्दी #🌱 #🌱/seed", ("größe", "日本語", "हिन्दी", "🌱", "🌱/seed")),
        ("#Sea #sea #SEA #known", ("Sea",)),
        ("#2025-goals #y2k #b2b #e2e #cafe #dad #beef", ("2025-goals", "y2k", "b2b", "e2e", "cafe", "dad", "beef")),
        ("#123 #1/2 #- #_ # #! #1a2b3c #fff #FFFFFF #aabbcc #09f8 #12345678 #ffeedd00", ()),
        ("a#b (#c) \\#d &#233; https://ex.org/#e /#f", ()),
        ("`#a` ``b ` #c`` and\n\n```\n#d\n```\n\n    #e\n\n~~~md\n#f", ()),
        ("` #a", ("a",)),
        ("[[Note #a]] [b #c](d #e) ![](f\n#g", ("g",)),
        ("[ #a] [b #c][d]", ("a", "c")),
        ("%% #a\n\n#b %% #c <!-- #d\n#e --> #f <i title=' #g'> #h", ("c", "f", "h")),
        ("%% #a <!-- #b <i #c", ("a", "b", "c")),
        ("$a #b$ $$\n #c\n$$ $5 #d $ 6", ("d",)),
        ("<div>\n #a\n</div>\n\n#b", ("b",)),
        ("## a {#b}\n\n#c!\\", ("c",)),
    ],
)  # fmt: skip
def test_hashtags_of_a_note(body: str, expected: tuple[str, ...]) -> None:
    """Words, in any script, each once; nothing that is code, hidden, a part of a link, a number or a colour."""
    assert ("Known", *expected) == with_hashtags(("Known",), body)


@given(st.text(alphabet="#a1/ \n`%[]()$<>-!~\\ü", max_size=200))
def test_every_text_has_its_tags(body: str) -> None:
    """Whatever an author writes, a tag is a word of it, and stands there once."""
    found = with_hashtags((), body)
    assert len(set(found)) == len(found)
    assert all(f"#{tag}" in body.replace("#/", "#") for tag in found if not tag.startswith("/"))
