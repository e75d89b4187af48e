"""The look of a letter: what the settings make of it, and what readers could not read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feeds import config
from feeds.newsletter.theme import look
from feeds.settings import Workspace

SITE = '[site]\ntitle = "T"\nurl = "https://example.org/blog"\n'
COLOURS = st.integers(min_value=0, max_value=0xFFFFFF).map("#{:06x}".format)


def of(text: str) -> look.Look:
    """The look of a site with these settings."""
    return look.of(config.parse(SITE + text))


def problems(text: str, folder: Path, name: str = "feeds.toml") -> list[tuple[str, int, str, str]]:
    """What is said of the look of a site with these settings."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    site = Workspace(root=folder, file=file, settings=config.parse(text, name))
    return [(each.code, each.line, each.message, each.hint) for each in look.problems(site)]


def test_the_defaults_are_those_of_the_theme() -> None:
    """600 pixels with 28 on each side, and the system's own font."""
    found = of("")
    assert (found.width, found.column, found.image) == (600, 544, 544)
    assert found.font.startswith("-apple-system,")
    assert found.logo == ""
    assert found.colours["accent"] == "#0b57d0"
    assert found.dark["accent"] == "#8ab4f8"


@pytest.mark.parametrize(
    ("font", "expected", "outlook"),
    [
        ("serif", 'Georgia,"Times New Roman",Times,serif', "Georgia,serif"),
        ("Charter, Georgia, serif", "Charter,Georgia,serif", "Georgia,serif"),
        ("PT Sans", '"PT Sans",sans-serif', '"Segoe UI",Arial,sans-serif'),
        ("Iosevka, monospace", "Iosevka,monospace", '"Segoe UI",Arial,sans-serif'),
        ("游明朝, serif", '"游明朝",serif', "Georgia,serif"),
    ],
)
def test_a_font_is_a_stack_that_ends_with_a_family(font: str, expected: str, outlook: str) -> None:
    """Outlook takes Times for a stack whose first font it does not know, and gets one of its own."""
    found = of(f'[newsletter.look]\nfont = "{font}"\n')
    assert (expected, outlook) == (found.font, found.outlook_font)


@pytest.mark.parametrize(("width", "column", "image"), [(600, 544, 544), (320, 264, 264), (800, 744, 600)])
def test_pictures_are_never_wider_than_mail_programs(width: int, column: int, image: int) -> None:
    """A wider column has wider text only."""
    found = of(f"[newsletter.look]\nwidth = {width}\n")
    assert (column, image) == (found.column, found.image)


def test_a_logo_on_the_site_has_its_whole_address() -> None:
    """A mail has no place that a path could start from."""
    assert of('[newsletter.look]\nlogo = "/logo.png"\n').logo == "https://example.org/logo.png"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        *(("en", "latin"), ("ja", "cjk"), ("zh-Hant", "cjk"), ("fa", "arabic"), ("ks", "arabic")),
        *(("pa-Arab", "arabic"), ("ug-Latn", "latin"), ("he", "latin"), ("", "latin")),
    ],
)
def test_a_script_is_known_by_the_language(language: str, expected: str) -> None:
    """Each has lines of its own height."""
    assert expected == look.script(language)


def test_serifs_are_set_larger_where_there_are_any() -> None:
    """Georgia at 18, and Persian as it was."""
    found = of('[newsletter.look]\nfont = "serif"\n')
    assert look.measures(found, "latin")["size"] == 18
    assert look.measures(found, "arabic") == look.measures(of(""), "arabic")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21),
        ("#1f2328", "#ffffff", 15.8),
        ("#57606a", "#f6f8fa", 6),
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_contrast_is_wcags(one: str, other: str, expected: float) -> None:
    """From 1 to 21, whichever comes first."""
    assert look.contrast(one, other) == pytest.approx(expected, abs=0.06)
    assert look.contrast(one, other) == look.contrast(other, one)


def test_nothing_is_said_of_the_defaults(tmp_path: Path) -> None:
    """They stand out in both schemes."""
    assert problems(SITE, tmp_path) == []


def test_a_colour_too_faint_is_told_with_its_line_and_one_that_would_do(tmp_path: Path) -> None:
    """The nearest, so that the design stays what it was."""
    (found,) = problems(SITE + '[newsletter.look.colours]\nmuted = "#8a8f98"\n', tmp_path)
    code, line, message, hint = found
    assert (code, line) == ("mail-advice", 5)
    assert message == "muted on code has a contrast of 3.1 to 1 in light mails"
    better = hint.partition('"')[2].partition('"')[0]
    assert hint == f'text needs 4.5; muted = "{better}" would do'
    assert 4.5 <= look.contrast(better, "#f6f8fa") < 4.7


def test_a_ground_too_near_to_the_text_is_told_at_its_own_line(tmp_path: Path) -> None:
    """When nobody wrote the colour of the text, it is the ground that is wrong."""
    found = problems(SITE + '[newsletter.look.dark]\ncode = "#ffffff"\n', tmp_path)
    assert [(code, line) for code, line, _, _ in found] == [("mail-advice", 5)] * 3
    assert {"dark mails"} == {message[-10:] for _, _, message, _ in found}
    assert {"text needs 4.5; choose a lighter or darker code"} == {hint for *_, hint in found}


def test_settings_in_pyproject_have_their_line_too(tmp_path: Path) -> None:
    """There the tables have longer names."""
    text = '[tool.feeds.site]\ntitle = "T"\nurl = "https://e.org"\n[tool.feeds.newsletter.look.dark]\naccent = "#333333"\n'
    found = problems(text, tmp_path, "pyproject.toml")
    assert [(code, line) for code, line, _, _ in found] == [("mail-advice", 5)]


@pytest.mark.parametrize("logo", ["/logo.svg", "https://e.org/l.WebP"])
def test_a_logo_that_few_mail_programs_show_is_told(logo: str, tmp_path: Path) -> None:
    """Everybody has a PNG of it."""
    (found,) = problems(SITE + f'[newsletter.look]\nlogo = "{logo}"\n', tmp_path)
    assert ("mail-image", 5) == found[:2]
    assert "which many mail programs do not show" in found[2]


def test_settings_that_are_in_no_file_are_judged_all_the_same(tmp_path: Path) -> None:
    """Without a line."""
    settings = config.parse(SITE + '[newsletter.look.colours]\naccent = "#eeeeee"\n')
    (found,) = look.problems(Workspace(root=tmp_path, file=tmp_path / "gone.toml", settings=settings))
    assert (found.line, found.severity) == (0, "warning")


@given(COLOURS, COLOURS, COLOURS)
def test_what_is_advised_can_be_read(ink: str, ground: str, code: str) -> None:
    """For any three colours, the hint is a colour that stands out from both grounds, or none does."""
    text = f'{SITE}[newsletter.look.colours]\ntext = "{ink}"\nbackground = "{ground}"\ncode = "{code}"\n'
    settings = config.parse(text)
    site = Workspace(root=Path(), file=Path("nowhere.toml"), settings=settings)
    for problem in look.problems(site):
        better = problem.hint.partition('"')[2].partition('"')[0]
        if better:
            assert min(look.contrast(better, ground), look.contrast(better, code)) >= look.CONTRAST
