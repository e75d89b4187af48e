"""Names into path segments."""

from __future__ import annotations

import random
import unicodedata
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from feeds import slugs
from feeds.dialects import DIALECTS


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
    assert 0 < len(segment.encode()) <= 100
    assert not set(segment) & set('/\\:*?"<>|% \t\n\0')
    assert segment not in {".", ".."}
    assert not segment.startswith(".")
    assert not segment.endswith((".", " "))
    assert segment == segment.casefold() == unicodedata.normalize("NFC", segment)


# What goes wrong with names: spelt-out marks and the words for them, escapes, dots, what systems reserve,
# letters that fold into others, that look like nothing, or that have two forms.
FRAGMENTS = (
    *(
        "c",
        "C",
        "go",
        "Go",
        "x" * 60,
        "é" * 45,
        "0",
        "1.10",
        "net",
        "日本",
        "Привет",
        "हिन्दी",
        "می‌خواهم",
        "🎉",
    ),
    *("plus", "sharp", "dot", "slash", "percent", "empty", "_plus", "_dot", "2b~", "~", "_", "__"),
    *(
        "+",
        "#",
        ".",
        "..",
        "/",
        "\\",
        "%",
        "%2e",
        "%2E%2e",
        "%2f",
        "%00",
        "&",
        "@",
        ":",
        "*",
        "?",
        "|",
        "<",
        ">",
    ),
    *("con", "CON", "nul", "aux.", "com1", "LPT¹", "conin$", "-", " ", "\u2014", "\u00a0", "\t", "\n", "\0"),
    *("ß", "ss", "İ", "ı", "ﬁ", "fi", "Ａ", "é", "e\u0301", "ς", "σ", "ſ", "K", "\u0345", "\u200d", "\u202e"),
    *("\u2028", "\ufeff", "\ufffe", "\U0001fae9", "\ud800"),
)
MANY = 100_000


def test_a_hundred_thousand_sets_of_names_stay_apart() -> None:
    """No two names of a site share a path on any file system or host, unless readers see no difference."""
    chance = random.Random(20250131)  # noqa: S311 - the same sets in every run
    keys: dict[str, str] = {}
    on_disk: dict[str, str] = {}
    for _ in range(MANY):
        names = ["".join(chance.choices(FRAGMENTS, k=k)) for k in chance.choices((1, 2, 3), (3, 5, 1), k=3)]
        # What differs from another name in one place only is what is most easily mistaken for it.
        names.append(names[0] + chance.choice(FRAGMENTS))
        for name in names:
            if name not in keys:
                key = keys[name] = slugs.key(name)
                segment = slugs.term(name)
                assert_harmless(segment)
                # As a file system that takes Unicode apart and knows no case would have it, and a host that decodes.
                form = unicodedata.normalize("NFD", unquote(segment)).casefold()
                assert key == on_disk.setdefault(form, key), name
                if key.replace("-", "").isalnum() and len(key.encode()) <= 100:
                    assert segment in {key, f"_{key}"}
    assert 90_000 < len(keys)


def assert_harmless(segment: str) -> None:
    """One file name on every file system, and one segment of a URL's path."""
    assert 0 < len(segment.encode(errors="surrogatepass")) <= 100
    assert segment == segment.casefold() == unicodedata.normalize("NFC", segment)
    assert not set(segment) & set('/\\%:*?"<>| \t\n\0')
    assert segment.strip(".") == segment
    assert segment.partition(".")[0] not in {"con", "nul", "aux", "com1", "lpt1", "conin$"}


@given(st.text(max_size=20))
def test_case_and_dashes_make_no_other_term(name: str) -> None:
    """`JIT Compiler`, `jit-compiler` and `Jit_Compiler` are one tag."""
    variants = str.maketrans("abcdeghijlmnopqrstuvwxyz- _", "ABCDEGHIJLMNOPQRSTUVWXYZ_-—")
    assert slugs.term(name) == slugs.term(name.translate(variants))


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


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("My Post: is it?", "my-post-is-it"),
        ("It's Café & Co.", "its-café-co."),
        ("a -- b", "a--b"),
        ("C++ and C#", "c++-and-c#"),
        ("Привет мир", "привет-мир"),
        ("snake_case v1.2", "snake_case-v1.2"),
        ("UX/UI", "ux/ui"),
        ("???", ""),
    ],
)
def test_hugo_lowers_and_keeps_accents(name: str, expected: str) -> None:
    """Names and titles become paths as in Hugo."""
    assert expected == slugs.hugo(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("The _config.yml file", "The-_config.yml-file"),
        ("It's Café & Co.", "It's-Café-&-Co."),
        ("a -- b?", "a-b"),
        ("C#/.NET", "C-.NET"),
        ("Привет, мир", "Привет,-мир"),
        ("--", ""),
    ],
)
def test_jekyll_keeps_case_and_some_marks(name: str, expected: str) -> None:
    """Slugs become paths as Jekyll's `:title`."""
    assert expected == slugs.jekyll(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Crème Brûlée: a recipe", "creme-brulee-a-recipe"),
        ("Straße_nach Łódź", "strasse-nach-lodz"),
        ("it’s v1.2", "it-s-v1-2"),
        ("Æsir — Þór", "aesir-thor"),
        ("日本 2", "ri-ben-2"),
        ("你好 world", "ni-hao-world"),
        ("हिन्दी", "hindii"),
        ("Привет", "privet"),
        ("и\u0306", "i"),
        ("подъезд", "pod-ezd"),
        ("ﬁn", "fin"),
        ("a\u20e3b", "ab"),
        ("a🎉b", "a-b"),
        ("!", ""),
    ],
)
def test_zola_spells_in_ascii(name: str, expected: str) -> None:
    """Accents go, and other scripts are spelt in Latin letters."""
    assert expected == slugs.zola(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Crème Brûlée: a recipe", "creme-brulee-a-recipe"),
        ("It's  snake_case -- v1.2", "its-snake_case-v12"),
        ("C++", "c"),
        ("Привет, мир", "privet-mir"),
        ("Школа в Москве: объявление ещё", "shkola-v-moskve-obiavlenie-eshchio"),
        ("Ελληνικά", "ellenika"),
        ("日本語タイトル 2", "ri-ben-yu-taitoru-2"),
        ("つくば市 シーツ", "tsukubashi-shi-tsu"),
        ("한국어 제목", "hangugeo-jemog"),
        ("العربية", "lrby"),
        ("100€, №5 ①", "100eur-no5-1"),
        ("I ♥ Dogs 🎉", "i-hearts-dogs"),
        ("½ cup", "12-cup"),
        ("<em>HTML</em> &amp; `code`", "html-code"),
    ],
)
def test_pelican_drops_punctuation(name: str, expected: str) -> None:
    """Titles become paths as in Pelican."""
    assert expected == slugs.pelican(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ñoño Título", "nono-titulo"),
        ("C++ & C#", "c++-c"),
        ("2015-01-31-x_y", "2015-01-31-x_y"),
        ("Шрифты", "shrifty"),
    ],
)
def test_nikola_keeps_the_plus(name: str, expected: str) -> None:
    """File names become paths as in Nikola."""
    assert expected == slugs.nikola(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("What's new in C# & F#?", "whats-new-in-c-and-f"),
        ("That's all, isn't it", "thats-all-isnt-it"),
        ("Don’t — c'est l'été", "don-t-c-est-l-ete"),
        ("TypeScript GitHub", "typescript-github"),
        ("Straße & Größe in Zürich/Bern", "strasse-and-groesse-in-zuerich-bern"),
        ("U\u0308ni\u0308", "ueni"),
        ("Łódź, Đà Nẵng, İzmir", "lodz-da-nang-izmir"),
        ("Объявление: ещё щука", "obyavlenie-eschyo-schuka"),
        ("Ένα άρθρο για την Πύλη", "ena-arthro-gia-tin-pyli"),
        ("ყველა ქართული", "kvela-qartuli"),
        ("I ♥ Dogs, 100€", "i-love-dogs-100e"),
        ("it`s ½ cup", "its-cup"),
        ("中文 and हिन्दी", "and"),
        ("日本語タイトル", ""),
    ],
)
def test_eleventy_writes_marks_in_words(name: str, expected: str) -> None:
    """Titles become paths as by Eleventy's `slugify`, which has no letters for the scripts of East Asia."""
    assert expected == slugs.eleventy(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Hello_World v1.2!", "hello-world-v1-2"), ("Привет, Мир", "привет-мир"), ("C#", "c"), ("--", "")],
)
def test_jekyll_has_plain_names_too(name: str, expected: str) -> None:
    """Its `:slug` is in lower case and keeps nothing but letters and digits, of any script."""
    assert expected == slugs.plain(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Ça va? (1)", "Ca-va-1"), ("a/b_c", "a-b-c"), ("前端 Vue", "前端-Vue"), ("---", "")],
)
def test_hexo_keeps_case(name: str, expected: str) -> None:
    """Titles and categories become paths as in Hexo, which leaves capitals and other scripts alone."""
    assert expected == slugs.hexo(name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("My Note", "My-Note"),
        ("R&D 100%", "R-and-D-100-percent"),
        ("Why? #1", "Why-1"),
        ("cafe\u0301", "café"),
    ],
)
def test_obsidian_keeps_case(name: str, expected: str) -> None:
    """Notes keep their names, but for spaces and what URLs reserve."""
    assert expected == slugs.obsidian(name)


@given(st.text(max_size=60))
def test_latin_letters_are_ascii(name: str) -> None:
    """Whatever the script, these generators' addresses need no encoding."""
    for make in (slugs.zola, slugs.eleventy, slugs.pelican, slugs.nikola):
        made = make(name)
        assert made.isascii()
        assert not set(made) & set("/?#%:. ")


@given(st.text(max_size=60))
def test_a_path_is_made_once(name: str) -> None:
    """What a generator has made of a name already is left as it is."""
    for make in (slugs.post, slugs.hugo, slugs.jekyll, slugs.as_written, slugs.obsidian):
        assert make(name) == make(make(name))


def test_every_dialect_has_its_makers() -> None:
    """A dialect that the settings take is one that paths can be made in."""
    assert set(DIALECTS) == set(slugs.MAKERS)
