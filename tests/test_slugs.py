"""Names into path segments."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds import slugs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Python", "python"),
        ("2025", "2025"),
        ("1.10", "1.10"),
        ("JIT Compiler", "jit-compiler"),
        ("JIT-Compiler", "jit-compiler"),
        ("jit_compiler", "jit-compiler"),
        ("C", "c"),
        ("C++", "c_plus_plus"),
        ("C#", "c_sharp"),
        ("C#/.NET", "c_sharp_slash_dot_net"),
        ("UX/UI", "ux_slash_ui"),
        ("node.js", "node.js"),
        (".net", "_dot_net"),
        ("++", "_plus_plus"),
        ("+plus", "_plus__plus"),
        ("知乎", "知乎"),
        ("🎉", "🎉"),
        ("\U0001fae9", "\U0001fae9"),  # assigned in Unicode 16, which Python 3.11 does not know
        ("\uffff", "_ffff~"),
        ("Straße", "strasse"),
        ("می‌خواهم", "می‌خواهم"),
        ("CON", "_con"),
        ("con.txt", "_con.txt"),
        ("LPT1", "_lpt1"),
        ("../../etc/passwd", "_dot_dot_slash_dot_dot_slash_etc_slash_passwd"),
        ("a\u202eb", "a_202e~_b"),
        ("--", "_empty"),
    ],
)
def test_terms_have_readable_segments(name: str, expected: str) -> None:
    """Each kind of name gets the path segment that its feeds will live at."""
    assert expected == slugs.term(name)


@given(
    st.lists(st.text(alphabet=st.one_of(st.sampled_from("cC+#-_ ./plusdot~"), st.characters()), max_size=12))
)
@example(["plus", "+", "_plus", "+plus", "++"])
def test_different_terms_never_share_a_segment(names: list[str]) -> None:
    """Two names share a segment only when they differ in nothing but case, spaces and dashes."""
    segments: dict[str, str] = {}
    for name in names:
        key = slugs.key(name)
        assert key == segments.setdefault(slugs.term(name), key)


@given(st.text(max_size=400))
@example("con")
@example("." * 300)
def test_segments_are_safe_paths(name: str) -> None:
    """Whatever the name, its segment is one harmless file name on every file system."""
    segment = slugs.term(name)
    assert 0 < len(segment.encode()) <= 118
    assert not set(segment) & set('/\\:*?"<>|% \t\n\0')
    assert segment not in {".", ".."}
    assert not segment.startswith(".")
    assert not segment.endswith((".", " "))
    assert segment == segment.casefold() == unicodedata.normalize("NFC", segment)


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(name: str) -> None:
    """Folding what is folded changes nothing, so a term can be looked up by any of its spellings."""
    assert slugs.key(name) == slugs.key(slugs.key(name))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hello-world", "hello-world"),
        ("My Post: is it?", "my-post-is-it"),
        ("2025_notes", "2025_notes"),
        ("v1.2", "v1.2"),
        ("Привет мир", "привет-мир"),
        ("a -- b", "a-b"),
        ("???", ""),
        ("हिन्दी", "हिन्दी"),
        ("\U0001fae9 new", "\U0001fae9-new"),
    ],
)
def test_posts_keep_the_address_that_generators_give(name: str, expected: str) -> None:
    """File names become slugs as Hugo makes them."""
    assert expected == slugs.post(name)
