"""Made-up inputs: what each door is likely to be hurt by, put together and taken apart at random."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 400  # bytes: short inputs are many inputs, and faults that need long ones are of another kind

_WORDS = [
    "word",
    "two words",
    "a",
    "ß",
    "é",
    "e\u0301",
    "知乎",
    "שלום",
    "👩\u200d💻",
    "\u202e",
    "\xa0",
    "\u2028",
]
_SPACE = [" ", "  ", "    ", "\t", "\n", "\n\n", "\n    ", "\n  ", "\\\n", "  \n"]
_MARKS = [
    *"*_`~#>|-+=!()[]{}<>&;:\"'\\/.,%$^@?",
    "**",
    "__",
    "~~",
    "``",
    "```",
    "~~~",
    "---",
    "***",
    "==",
    "![",
    "](",
]
_BLOCKS = [
    *(
        "# ",
        "## ",
        "> ",
        "- ",
        "* ",
        "1. ",
        "2) ",
        "- [ ] ",
        "- [x] ",
        ": ",
        "    ",
        "```py\n",
        "\n```\n",
        "~~~\n",
    ),
    *(
        "| a | b |\n|---|:-:|\n| 1 | 2 |\n",
        "[^1]",
        "[^1]: note\n",
        "[x]: /y 'z'\n",
        "===\n",
        "---\n",
        "> [!NOTE]\n",
    ),
    *(
        "term\n: definition\n",
        "{: .class #id}",
        "{#id .c}",
        "$$x_1$$",
        "\\(a\\)",
        "$a_b$",
        "!!! note\n    ",
        ":::tip\n",
    ),
    *(
        ":::\n",
        "[x](y)",
        "[x](<y z> 'w')",
        "![a](b.jpg)",
        "<https://e.org>",
        "https://e.org/_a_",
        "www.e.org",
        "a@e.org",
    ),
    *(
        "*[HTML]: Hyper\n",
        "[[_TOC_]]",
        "\\[x\\]",
        "&nbsp;",
        "&#0;",
        "&#x110000;",
        "&amp;lt;",
        "import x from 'y'\n",
    ),
]
_TEMPLATES = [
    *(
        '{{< figure src="a.jpg" >}}',
        "{{< x >}}",
        "{{< /x >}}",
        "{{% x %}}",
        "{{% /x %}}",
        "{{</* x */>}}",
        "{{<",
        ">}}",
    ),
    *(
        "{{%",
        "%}}",
        "{{",
        "}}",
        "{%",
        "%}",
        "{% raw %}",
        "{% endraw %}",
        "{% highlight py %}",
        "{% endhighlight %}",
    ),
    *(
        "{% comment %}",
        "{% endcomment %}",
        "{% include a.html b=c %}",
        "{% post_url 2025-01-31-b %}",
        "{% link c.md %}",
    ),
    *(
        "{{ site.baseurl }}",
        "{{ page.title | x: 'y' }}",
        "{#",
        "#}",
        '{{< ref "b.md" >}}',
        '{{< highlight go "a=b" >}}',
    ),
    *(
        "{{< /highlight >}}",
        "{{< youtube abc >}}",
        "{{< gist a b >}}",
        "{% note %}",
        "{% endnote %}",
        "{% asset_img a b %}",
    ),
    *(
        "[[b]]",
        "[[b|c]]",
        "[[b#d]]",
        "![[e.png|100]]",
        "%%",
        "^block",
        "[[",
        "]]",
        "![[",
        "{filename}b.md",
        "@/b.md",
    ),
    *(
        "<!--more-->",
        "<!-- more -->",
        "{::nomarkdown}",
        "{:/}",
        "{{{",
        "}}}",
        "{ {",
        "{&#123;",
        "&#123;%",
        "\\{{<",
    ),
]
_TAGS = [
    *(
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<br>",
        "<br/>",
        "<span class='x'>",
        "</span>",
        "<pre>",
        "</pre>",
    ),
    *(
        "<code>",
        "</code>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</tr>",
        "</table>",
        "<ul>",
        "<li>",
        "</ul>",
        "<a href='",
    ),
    *(
        "'>",
        "</a>",
        '<img src=x alt="',
        '">',
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?php",
        "?>",
        "<!DOCTYPE html>",
        "<",
    ),
    *(
        "<script>",
        "</script>",
        "<style>",
        "</style>",
        "<textarea>",
        "</textarea>",
        "<title>",
        "<noscript>",
        "<template>",
    ),
    *(
        "<iframe src='https://e.org/'>",
        "</iframe>",
        "<svg>",
        "<math>",
        "<select>",
        "<option>",
        "<video src=v.mp4>",
        "</video>",
    ),
    *(
        "<details>",
        "<summary>",
        "</details>",
        "<plaintext>",
        "<xmp>",
        "<h1>",
        "</h1>",
        "<sup>",
        "</sup>",
        "<ruby>",
        "<rt>",
    ),
    *(
        " onclick=x",
        " href=javascript:x",
        " srcset='a 1x, b 2x'",
        " style=x",
        "<svg/onload=x>",
        "<a\nb>",
        "</",
        "/>",
        "<a b='",
    ),
    *(
        "<object data=x>",
        "</object>",
        "<embed src=y>",
        "<source src=z>",
        "<picture>",
        "</picture>",
        "<caption>",
        "<frameset>",
    ),
]
_KEYS = [
    *(
        "---\n",
        "+++\n",
        ";;;\n",
        "...\n",
        "------\n",
        "---js\n",
        "--- \n",
        "{\n",
        "}\n",
        "title: ",
        "date: ",
        "tags: ",
    ),
    *(
        "categories: ",
        "author: ",
        "authors:\n",
        "  - name: x\n",
        "draft: ",
        "slug: ",
        "url: ",
        "aliases: ",
        "lang: ja\n",
    ),
    *(
        "summary: |\n  ",
        "summary: >-\n",
        'title = "x"\n',
        "date = 2025-01-31\n",
        "[params]\n",
        "[[a]]\n",
        '"title": "x",',
    ),
    *(
        "Title: x\n",
        "Date: 2025-01-31\n",
        "- ",
        "  - a\n",
        "[a, b]\n",
        "{a: b}\n",
        "null\n",
        "true\n",
        "No\n",
        "010\n",
        "1.10\n",
    ),
    *(
        "&a ",
        "*a\n",
        "<<: *a\n",
        "!!python/object:x\n",
        "!!str ",
        "? ",
        ": ",
        "# c\n",
        "'",
        '"',
        "\\x",
        "\\ud800",
        "12:34\n",
    ),
    *(
        "enclosure: {url: a.mp3, length: 1}\n",
        "newsletter:\n",
        "  subject: x\n",
        "image: ",
        "id: ",
        "expiryDate: ",
        "weight: 1\n",
    ),
]
_DATES = [
    *(
        "2025-01-31",
        "2025-02-30",
        "2025/1/3",
        "20250131",
        "T",
        " ",
        "10:15",
        "10:15:00",
        "24:00",
        "10:15:60",
        ".123456789",
    ),
    *(
        "Z",
        "+00:00",
        "+0000",
        "-03:00",
        "+25:00",
        "UTC",
        "CEST",
        "EST",
        "GMT+2",
        "am",
        " PM",
        "Fri, ",
        "Friday ",
        "31 Jan 2025",
    ),
    *(
        "January 31st, 2025",
        "Fri Jan 31 10:15:00 CET 2025",
        "1738318500",
        "1738318500000",
        "-1",
        "0001-01-01",
        "9999-12-31",
    ),
    *(
        "2025-03-09 02:30",
        "2025-11-02 01:30",
        "2025-W05-5",
        "2025-031",
        "2025年1月31日",
        "٢٠٢٥",
        "1e9",
        "99999999999999999999",
    ),
    *("now", "today", "-", "/", ":", ".", "0", "1", "12", "31", "-posts-", "2024/05/06/"),
]
_NAMES = [
    *(
        "C",
        "C++",
        "C#",
        "c plus plus",
        "c_plus_plus",
        "C#/.NET",
        "UX/UI",
        "JIT Compiler",
        "JIT-Compiler",
        "node.js",
        ".",
        "..",
    ),
    *(
        "/",
        "\\",
        "%2e",
        "%2F",
        "%",
        "con",
        "CON",
        "aux.",
        "nul.txt",
        "com1",
        "lpt¹",
        " ",
        "-",
        "--",
        "_",
        "__",
        "~",
        "sharp",
        "_sharp",
    ),
    *(
        "İ",
        "ı",
        "ß",
        "ẞ",
        "ſ",
        "ﬁ",
        "Å",
        "A\u030a",
        "K",
        "Ω",
        "\u200c",
        "\u200d",
        "\ufeff",
        "\u0378",
        "\U000e0001",
        "𝒜",
        "①",
        "½",
    ),
    *(
        "\n",
        "\t",
        "\x7f",
        "?",
        "*",
        "<",
        ">",
        "|",
        '"',
        ":",
        "'",
        "&",
        "+",
        "=",
        "a" * 60,
        "é" * 60,
        "_empty",
        "2025",
        "http://",
        "{slug}",
    ),
]

_KINDS = {
    "header": (_KEYS, _KEYS, _DATES, _WORDS, _SPACE, _MARKS),
    "date": (_DATES,),
    "slug": (_NAMES, _NAMES, _WORDS, _MARKS),
    "Markdown": (_BLOCKS, _TEMPLATES, _TAGS, _MARKS, _WORDS, _SPACE, _SPACE),
    "HTML": (_TAGS, _TAGS, _TAGS, _WORDS, _SPACE, _MARKS),
    "file": (_KEYS, _BLOCKS, _TEMPLATES, _TAGS, _WORDS, _SPACE, ["\0", "\r\n", "\r", "\ufeff"]),
}
DOORS = tuple(_KINDS)  # in the order of docs/soak.md
_LONGEST = {"date": 60, "slug": 120}
_BYTES = 0.05  # how often a single byte changes, which may be in the middle of a character


def seeds(door: str) -> list[bytes]:
    """What a door's corpus begins with: every token alone, and some together."""
    chance = random.Random(door)  # noqa: S311 - to be the same every time is the point
    tokens = [token for kind in _KINDS[door] for token in kind]
    joined = ("".join(chance.choices(tokens, k=chance.randint(2, 12))) for _ in range(300))
    return [token.encode("utf-8", "ignore") for token in (*dict.fromkeys(tokens), *joined)]


def mutator(door: str) -> Callable[[bytes, int, int], bytes]:
    """Return what libFuzzer calls to change an input of the door; its own way is out of reach from Python."""
    kinds = _KINDS[door]
    longest = _LONGEST.get(door, LONGEST)

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311 - libFuzzer says what happens
        if data and chance.random() < _BYTES:
            at = chance.randrange(len(data))
            return (data[:at] + chance.randbytes(chance.randint(0, 2)) + data[at + 1 :])[:most]
        content = data.decode("utf-8", "ignore")
        for _ in range(chance.choice((1, 1, 2, 4, 8))):
            content = _changed(content, kinds, chance)
        if chance.random() < len(content) / (2 * longest):  # or they would get ever longer
            start = chance.randrange(len(content))
            content = content[start : start + chance.randint(1, longest // 4)]
        return content.encode("utf-8", "ignore")[: min(most, longest)]

    return mutate


def _changed(content: str, kinds: tuple[list[str], ...], chance: random.Random) -> str:
    at = chance.randint(0, len(content))
    to = min(len(content), at + chance.randint(1, 12))
    token = chance.choice(chance.choice(kinds))
    match chance.randrange(8):
        case 0 | 1 | 2:
            return content[:at] + token + content[at:]
        case 3:
            return content[:at] + token + content[to:]
        case 4:
            return content[:at] + content[to:]
        case 5:
            return content[:at] + content[at:to] * chance.randint(2, 8) + content[to:]
        case 6:
            lines = content.split("\n")
            chance.shuffle(lines)
            return "\n".join(lines)
        case _:
            other = chance.choice(chance.choice(kinds))
            return content[:at] + token + content[at:to] + other + content[to:]
