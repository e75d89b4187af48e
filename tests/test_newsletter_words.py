"""The theme's words: in the language of the post, with dates and numbers as people write them there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds.errors import ConfigError
from feeds.newsletter.theme import words

DAY = datetime(2026, 4, 11, 9, 30, tzinfo=UTC)
SPOKEN = [
    *("ar", "cs", "da", "de", "en", "es", "fa", "fi", "fr", "he", "it", "ja", "ko", "nb", "nl", "pl", "pt"),
    *("pt-BR", "ru", "sv", "tr", "uk", "zh", "zh-Hant"),
]


@pytest.mark.parametrize("language", SPOKEN)
def test_every_language_says_everything(language: str) -> None:
    """Each word is there, has the places it needs, and differs from English where people speak otherwise."""
    found = words.of(language, {})
    assert set(words.KNOWN) == set(found.said)
    assert all(found.said.values())
    assert "{newsletter}" in found.said["reason"]
    assert "{n}" in found.said["minutes"]
    assert {language} == set(found.languages.values())
    assert language == "en" or found.said["unsubscribe"] != "Unsubscribe"


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("count", [2, 3, 4, 6, 12, 22, 101])
def test_the_subject_of_a_digest_has_the_title_and_no_gaps(language: str, count: int) -> None:
    """In whatever plural the language has for so many."""
    subject = words.digest_subject(language, "A {n} title", count)
    assert "A {n} title" in subject
    assert "{title}" not in subject
    assert subject.count("{n}") == 1


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        ("en", 2, "T, and one more post"),
        ("en-GB", 4, "T, and 3 more posts"),
        ("de", 2, "T und ein weiterer Beitrag"),
        ("pl", 2, "T i jeszcze jeden wpis"),
        ("pl", 4, "T i jeszcze 3 wpisy"),
        ("pl", 7, "T i jeszcze 6 wpisów"),
        ("ru", 22, "T и ещё 21 запись"),
        ("ar", 3, "T ومقالان آخران"),
        ("fa", 13, "T و ۱۲ نوشتهٔ دیگر"),
        ("ja", 3, "T、ほか2件"),
        ("tlh", 3, "T, and 2 more posts"),
    ],
)
def test_the_subject_of_a_digest_counts_as_its_language_does(
    language: str, count: int, expected: str
) -> None:
    """One more is not two more, and some languages have a form for a few."""
    assert expected == words.digest_subject(language, "T", count)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "11 April 2026"),
        ("en-US", "April 11, 2026"),
        ("en-GB", "11 April 2026"),
        ("de", "11. April 2026"),
        ("de-1996", "11. April 2026"),
        ("pt-BR", "11 de abril de 2026"),
        ("ja", "2026年4月11日"),
        ("zh-Hant-TW", "2026年4月11日"),
        ("ar", "11 أبريل 2026"),
        ("fa", "۱۱ آوریل ۲۰۲۶"),
        ("no", "11. april 2026"),
        ("tlh", "2026-04-11"),
        ("x-klingon", "2026-04-11"),
        ("", "2026-04-11"),
    ],
)
def test_a_date_is_written_out_as_its_readers_do(language: str, expected: str) -> None:
    """And as everybody reads it where nobody knows how."""
    assert expected == words.date(DAY, language)


def test_a_date_is_the_day_that_it_was_for_the_author() -> None:
    """Not the one that it was in Greenwich."""
    late = datetime(2026, 4, 11, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    assert words.date(late, "en") == "11 April 2026"


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("zh-TW", "zh-Hant"),
        ("zh-Hans-CN", "zh"),
        ("pt-PT", "pt"),
        ("nn", "nb"),
        ("EN-us", "en"),
        ("iw", "he"),
    ],
)
def test_a_tag_finds_the_nearest_words(language: str, spoken: str) -> None:
    """By script, by region, by what is all but the same."""
    assert words.of(spoken, {}).said == words.of(language, {}).said


def test_a_language_that_we_do_not_speak_is_told_from_the_words() -> None:
    """They are English and say so, but for those that the site has written itself."""
    found = words.of("eu", {"unsubscribe": "Utzi"})
    assert found.said["unsubscribe"] == "Utzi"
    assert found.languages["unsubscribe"] == "eu"
    assert found.said["view"] == "View in browser"
    assert found.languages["view"] == "en"


@pytest.mark.parametrize(
    ("key", "hint"), [("unsubscibe", "did you mean unsubscribe?"), ("zzzz", "choose from view, read, more, ")]
)
def test_a_word_that_the_theme_has_not_is_refused(key: str, hint: str) -> None:
    """A slip would else change nothing, and nobody would see why."""
    with pytest.raises(ConfigError) as caught:
        words.of("en", {key: "x"})
    assert caught.value.message == f"the theme has no word {key}"
    assert caught.value.where == "newsletter.words"
    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("word " * 220, 1),
        ("word " * 1000, 5),
        ("日本語です" * 300, 4),
        ("안녕하세요 여러분 " * 330, 3),
        ("ภาษาไทย" * 400, 3),
        ("لغت " * 440, 2),
    ],
)
def test_the_reading_time_counts_what_the_script_is_made_of(text: str, expected: int) -> None:
    """Words where there are spaces, characters where there are none."""
    assert expected == words.minutes(text)


@given(st.text(max_size=30), st.integers(min_value=2, max_value=999))
def test_no_language_stops_a_letter(language: str, count: int) -> None:
    """Whatever the front matter calls its language, there are words and a date."""
    assert words.date(DAY, language)
    assert words.digest_subject(language, "T", count)
    assert words.of(language, {}).said["view"]
