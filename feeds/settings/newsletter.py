"""`[newsletter]`: what an issue is called, who it is from, what it looks like and where it goes."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta as Key
from msgspec import Struct, field

FORMATS = Literal[
    "eml",
    "mbox",
    "html",
    "text",
    "json",
    "listmonk",
    "buttondown",
    "mailchimp",
    "ghost",
    "beehiiv",
    "mailgun",
    "sendgrid",
    "postmark",
    "custom",
]


class Colours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The colours of mails, as `#rrggbb`. Text must stand out from its ground by 4.5 to 1 (WCAG 2.2)."""

    background: Annotated[str, Key(description="the ground")] = "#ffffff"
    text: Annotated[str, Key(description="the text")] = "#1f2328"
    muted: Annotated[str, Key(description="dates, captions, quotations and the footer")] = "#57606a"
    accent: Annotated[str, Key(description="links")] = "#0b57d0"
    code: Annotated[str, Key(description="the ground of code")] = "#f6f8fa"
    border: Annotated[str, Key(description="hairlines and the edges of code")] = "#d8dee4"


class Dark(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same colours for mail programs in dark mode."""

    background: Annotated[str, Key(description="the ground")] = "#16181c"
    text: Annotated[str, Key(description="the text")] = "#e6e8eb"
    muted: Annotated[str, Key(description="dates, captions, quotations and the footer")] = "#a8adb4"
    accent: Annotated[str, Key(description="links")] = "#8ab4f8"
    code: Annotated[str, Key(description="the ground of code")] = "#22262c"
    border: Annotated[str, Key(description="hairlines and the edges of code")] = "#3a4048"


class Look(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What mails look like, beyond the theme's templates."""

    logo: Annotated[
        str,
        Key(description="a picture above the title: an address, or a path on the site, `/logo.png`"),
    ] = ""
    logo_width: Annotated[int, Key(ge=16, le=600, description="its width in pixels")] = 160
    width: Annotated[int, Key(ge=320, le=800, description="of the column, in pixels, with its padding")] = 600
    font: Annotated[
        str,
        Key(description="`sans`, `serif`, or names of fonts in the order to try them: `Charter, serif`"),
    ] = "sans"
    colours: Colours = field(default_factory=Colours)
    dark: Dark = field(default_factory=Dark)


class Newsletter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The newsletter. All keys are optional; an issue that lacks one is still written, and says so."""

    name: Annotated[str, Key(description="what the newsletter is called, when not like the site")] = ""
    sender: Annotated[str, Key(description="who the mail is from: `Name <mail@example.org>`")] = ""
    reply_to: Annotated[str, Key(description="where answers go, when not to the sender")] = ""
    list_id: Annotated[
        str, Key(description="the list's lasting name, such as `news.example.org` (RFC 2919)")
    ] = ""
    postal_address: Annotated[
        str, Key(description="the postal address that the law asks for in the footer")
    ] = ""
    unsubscribe_url: Annotated[
        str,
        Key(
            description="where readers unsubscribe: an https address or your mail service's merge tag; "
            "formats for a service put that service's own in its place"
        ),
    ] = ""
    unsubscribe_mail: Annotated[
        str, Key(description="a mail address that unsubscribes whoever writes to it, for mail programs")
    ] = ""
    subject: Annotated[
        str,
        Key(description="the subject of an issue with one post: `{title}`, `{number}`, `{newsletter}`"),
    ] = "{title}"
    digest_subject: Annotated[
        str,
        Key(
            description="the subject of a digest: `{title}` is its newest post's, `{count}` how many there "
            "are; also `{number}` and `{newsletter}`; empty for words in the language of that post"
        ),
    ] = ""
    digest: Annotated[Literal["summary", "full"], Key(description="how much of each post a digest shows")] = (
        "summary"
    )
    greeting: Annotated[
        str,
        Key(
            description="the first line, for services that know their readers: `Dear {name|reader},` has the "
            "name, or else what is behind the bar"
        ),
    ] = ""
    reason: Annotated[
        str, Key(description="why people get the mail; empty for a sentence in the language of the post")
    ] = ""
    footer: Annotated[str, Key(description="a line more for the footer; Markdown links are links")] = ""
    theme: Annotated[str, Key(description="the folder of templates below `templates/newsletter/`")] = (
        "default"
    )
    highlight: Annotated[Literal["off", "on"], Key(description="whether code has colours in mails")] = "off"
    inliner: Annotated[
        Literal["premailer", "css-inline"],
        Key(description="what writes the style into elements; `css-inline` is fast, and an extra: `[fast]`"),
    ] = "premailer"
    max_bytes: Annotated[
        int,
        Key(
            ge=20_000,
            description="how large the HTML may be; above it the post is cut at a paragraph and continues on "
            "the web. Gmail hides what comes after some 102,000",
        ),
    ] = 99_000
    formats: Annotated[
        list[FORMATS], Key(description="what `feeds newsletter` writes without `--format`", min_length=1)
    ] = field(default_factory=lambda: ["eml", "html", "text", "json"])
    template: Annotated[
        str,
        Key(
            description="the template of the format `custom`, below `templates/newsletter/`, such as "
            "`handover.xml`; its name is that of the file"
        ),
    ] = ""
    dir: Annotated[str, Key(description="the folder that issues are written to")] = "outbox"
    issues: Annotated[
        str,
        Key(description="the folder that remembers the issues there were, one file each; keep it in git"),
    ] = "issues"
    archive: Annotated[
        str,
        Key(
            description="the folder of the site where issues are on the web, below the output folder; empty "
            "for nowhere"
        ),
    ] = "newsletter"
    look: Look = field(default_factory=Look)
    words: Annotated[
        dict[str, str],
        Key(description='the theme\'s own words, where yours are better: `unsubscribe = "Leave"`'),
    ] = field(default_factory=dict)
    audience: Annotated[
        dict[str, int],
        Key(
            description="how many of your readers use which mail program, in any unit: `gmail = 45`, for "
            "`feeds newsletter --check`"
        ),
    ] = field(default_factory=dict)
