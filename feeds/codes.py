"""Every problem code there is, with what it means and what to do: docs/problems.md is made from this table.

Codes are an interface: scripts look for them, so they do not change.
"""

from __future__ import annotations

CODES = {
    # the settings
    "config-syntax": ("The settings file is not UTF-8 or not TOML.", "Mend the named line."),
    "config-unknown-key": (
        "There is no such key or table here.",
        "Take the key that the hint names, or move what is your own to `[extra]`.",
    ),
    "config-missing": ("A required key is not given.", "Add it."),
    "config-type": (
        "The value is of another type, such as a number in quotes.",
        "Write it as the hint says.",
    ),
    "config-value": ("The value cannot be used.", "Choose one that the hint names."),
    # the file
    "file-unreadable": (
        "The file or folder cannot be opened.",
        "Look at its permissions; a link may lead nowhere.",
    ),
    "file-special": ("The file is a pipe or a device.", "Move it out of the content folder."),
    "file-too-large": ("The file has more than 2 MiB.", "Split the post, or link to what makes it so large."),
    "link-outside": (
        "A symbolic link leads out of the content folder, which nothing may.",
        "Put the file itself into the content folder.",
    ),
    "link-folder": (
        "A symbolic link leads to a folder; those are not followed.",
        "Put the folder itself into the content folder.",
    ),
    "encoding-invalid": ("The file is not text in UTF-8.", "Save it as UTF-8; the byte's position is named."),
    "character-forbidden": (
        "A control character that XML forbids was left out; it would have cost the whole feed.",
        "Delete it; an editor that shows invisible characters helps.",
    ),
    "name-invalid": ("The name of the file is not UTF-8.", "Rename the file."),
    "post-failed": (
        "Feedwright itself failed at this post; the others are published.",
        "Please report it, with the post.",
    ),
    "post-overdue": (
        "The post took longer than `[content] max_seconds`; the others are published.",
        "Simplify what is unusual in it, or raise the limit.",
    ),
    "post-crashed": (
        "The process that rendered the post died; the others are published.",
        "Please report it, with the post.",
    ),
    "defaults-invalid": (
        "A file that holds defaults for the posts around it cannot be read; they go without.",
        "Mend the named line.",
    ),
    # the front matter
    "front-matter-unclosed": (
        "The front matter is never closed.",
        "Put the closing fence below the last key.",
    ),
    "front-matter-invalid": (
        "The front matter is not valid YAML, TOML, JSON or `Key: value` lines.",
        "Mend the named line; a colon, `@` or `#` in a value wants quotes.",
    ),
    "front-matter-too-deep": (
        "Values nest too deeply, or repeat each other too often.",
        "Write them plainly.",
    ),
    "front-matter-too-large": ("The front matter has more than 64 KiB.", "Is its closing fence missing?"),
    "key-duplicate": ("A key is set twice; the last one wins.", "Keep one of the two."),
    "key-misspelt": (
        "A key is nearly one that means something, and that one is not there.",
        "Take the spelling that the hint names, or ignore it if the key is your own.",
    ),
    "date-invalid": (
        "A date cannot be read. Without another one in the file's name, the post is not published.",
        "Write `2025-01-31` or `2025-01-31T18:30:00+01:00`.",
    ),
    "date-missing": (
        "Neither front matter nor file name nor folders give a date, so the file is no post.",
        "Add `date:` to publish it. For a page such as `about.md` all is well.",
    ),
    "date-differs": (
        "The date in the front matter and the one in the file's name are days apart.",
        "Nothing, if the front matter is right: it wins.",
    ),
    "date-future": (
        "A date is still to come: of the last change, it does not count until then; of the post, it waits.",
        "Nothing, if it was meant so.",
    ),
    "date-gap": (
        "The local time is one that the clocks skipped in spring; it is moved past the gap.",
        "Nothing, or write another time, or one with a zone.",
    ),
    "draft-unclear": ("`draft:` is neither true nor false; the post is kept back.", "Write one of the two."),
    "extent-unclear": (
        "`feed_content:` is neither `full` nor `summary`; the feed's own setting is taken.",
        "Write one of the two.",
    ),
    "title-invalid": (
        "`title:` is a list or a mapping; the first heading or the file's name is taken.",
        "Put it in quotes if it starts with a bracket or a brace.",
    ),
    "terms-invalid": ("`tags:` or `categories:` is a mapping.", "Write a list: `tags: [one, two]`."),
    "names-many": (
        "There are more than 100 tags, categories or authors; the others are left out.",
        "Keep those by which readers look for the post.",
    ),
    "language-invalid": (
        "`language:` is not a language tag; the site's language is taken.",
        "Write `en`, or `pt-BR`.",
    ),
    "url-invalid": ("`url:` is not an address of this site.", "Write a path, such as `/notes/hello/`."),
    "url-template": (
        "`permalink:` is a template that only its generator can fill in; the site's pattern is taken.",
        "Write the path itself, or take the pattern for all posts.",
    ),
    "url-missing": (
        "The site as it was built has no page at the post's URL (`feeds check --against`).",
        "Set `[content] permalink` to the pattern that the hint names, or build the site anew.",
    ),
    "address-invalid": (
        "The address of an image, an enclosure or an author is not on the web, and was left out.",
        "Write a path on the site, or an address that starts with `https://`.",
    ),
    "enclosure-missing": (
        "An enclosure's file is not in the site's folder.",
        "Mend the name, set `[podcast] media`, or leave it if the file comes to the site by other means.",
    ),
    "enclosure-length": ("The length of an enclosure is not a number of bytes.", "Write `length: 1048576`."),
    "permalink-unset": (
        "The site's generator is told how addresses look, and Feedwright is not: its usual ones are taken.",
        "Set `[content] permalink`; `feeds init --from .` writes it.",
    ),
    "podcast-invalid": (
        "Something that podcast programs are told cannot be read, such as a duration, and was left out.",
        "Write it as the hint says.",
    ),
    "correction-invalid": (
        "A correction has no date, or no text, and is not shown.",
        "Write `correction: {date: 2025-01-31, text: what was wrong}`.",
    ),
    "post-duplicate": (
        "Two posts have one URL or one id; the first by path is published.",
        "Give one of them another slug, or use `{section}`, `{year}` or `{name}` in the permalink.",
    ),
    # the feeds
    "git-unavailable": (
        "Git cannot say when posts were last changed: there is none, no repository, or a shallow clone.",
        "Fetch the whole history (`fetch-depth: 0`), or set `[content] updated` to `front-matter`.",
    ),
    "feed-empty": (
        "A feed of the settings holds no post, and is not written.",
        "Look at its `where`; a name may be misspelt.",
    ),
    "feed-unknown": (
        "The settings name a channel or a feed that is not there.",
        "Take a name that `feeds list feeds` shows.",
    ),
    "podcast-unset": (
        "Posts are episodes of a podcast, and `[podcast] channel` does not say which feed is the podcast's.",
        "Set it, and the other keys of `[podcast]`, or ignore this if podcast programs are not to read it.",
    ),
    "podcast-cut": (
        "Episodes are not in the podcast's feed, and directories forget what is not in it.",
        "Raise `limit` or `[feeds] max_bytes`, or let that feed carry summaries.",
    ),
    "feed-languages": (
        "Posts are in several languages, and every feed mixes them.",
        "Add `languages` to `[feeds] taxonomies`, or ignore this if your readers read them all.",
    ),
    "entry-too-large": (
        "A post is larger than any reader bears, so its entries carry the summary.",
        "Split the post.",
    ),
    "redirects-foreign": (
        "The file for redirects is not ours, so those of `[feeds.aliases]` are not written.",
        "Add the lines that the hint names to it.",
    ),
    "feed-invalid": (
        "A feed breaks a rule of its format (`feeds check --output`).",
        "Mend the post that is named; if none is, please report it.",
    ),
    "feed-advice": (
        "A feed does what its format allows and readers bear badly (`feeds check --output`).",
        "Mend the post that is named; if none is, please report it.",
    ),
    # the newsletter
    "newsletter-unclear": (
        "`newsletter:` in the front matter is not understood; a post that may not want to be mailed is not.",
        "Write `newsletter: false`, or `skip: true`.",
    ),
    "mail-invalid": (
        "An issue of the newsletter breaks a rule that mail programs, services or the law have.",
        "Mend the post, the setting or the theme that is named; if none is, please report it.",
    ),
    "mail-advice": (
        "An issue of the newsletter does what is allowed and some readers bear badly.",
        "Mend the post, the setting or the theme that is named.",
    ),
    "mail-image": (
        "An image cannot be shown in mail as it is: many programs know no SVG, WebP or AVIF.",
        "Put a PNG or JPEG of the same name beside it, which mails then take.",
    ),
    "mail-media": (
        "A player or an embedded page is a link in mail, and has no picture to show for it.",
        'Give it a poster: `<video poster="…">`.',
    ),
    "mail-merge-tag": (
        "A text looks like a merge tag of the mail service, which has no way to write it literally.",
        "Word it differently, or hand this issue over in another format.",
    ),
    "issue-unreadable": (
        "The record of an issue cannot be read, or is gone; the pages of issues stay as they are.",
        "Take the file from your version control.",
    ),
    "newsletter-foreign": (
        "A page of the newsletter's archive is not ours to replace, so it is not written.",
        "Move one of the two: `[newsletter] archive` says where ours are.",
    ),
    # the body
    "body-unrenderable": ("The Markdown cannot be turned into HTML.", "Simplify what the message names."),
    "shortcode-unknown": (
        "A shortcode or tag is not known; its mark-up was dropped, and the text inside it kept.",
        "Write plain Markdown or HTML in its place.",
    ),
    "shortcode-unterminated": ("A shortcode or tag is opened and never closed.", "Close it."),
    "shortcode-failed": (
        "The site's own template for a shortcode does not work; the post is not published.",
        "Mend the named line of the template.",
    ),
    "html-too-large": (
        "The body's HTML is larger than 5 MiB, or far larger than the text it was made of.",
        "Split the post.",
    ),
    "image-embedded": (
        "An image that is written into the text (a `data:` URL) was left out; its alternative text stays.",
        "Save it as a file and link to that.",
    ),
    "link-dangling": (
        "A link to another post leads to none that is published.",
        "Mend the name, or publish the other post.",
    ),
}
