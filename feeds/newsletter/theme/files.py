"""A theme's files: the site's own first, one by one, and the default theme's where it has none.

A theme is a folder `templates/newsletter/NAME/`. `letter.html` and `letter.txt` are for one post,
`digest.html` and `digest.txt` for several; `base.html` and `base.txt` are the frame of both. `inline.css` has
the rules that end up in the elements and `keep.css` those that stay in the head. `content.html` is what mail
services get that have a frame of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from feeds import templates
from feeds.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from feeds.settings import Workspace

DEFAULT = "default"
FILES = (
    *("base.html", "base.txt", "content.html", "digest.html", "digest.txt"),
    *("inline.css", "keep.css", "letter.html", "letter.txt"),
)


@dataclass(frozen=True, slots=True)
class Theme:
    """The theme `name` of a site in the folder `root`. `files` are its templates, by the name of the file."""

    name: str
    root: Path
    files: Mapping[str, str]

    def fill(self, file: str, values: Mapping[str, object]) -> str:
        """Fill one of `FILES` with `values`; among them, `theme` has the other files, for `extends`.

        Raises ConfigError, naming the template and its line, when it does not work.
        """
        return templates.fill(self.root, self.files[file], {**values, "theme": self.files})

    @property
    def folder(self) -> str:
        """Where the theme is, for messages."""
        return f"templates/newsletter/{self.name}/"

    def place(self, file: str) -> str:
        """Where a file is, for messages."""
        return f"templates/{self.files[file]}"


def of(workspace: Workspace) -> Theme:
    """The theme that the settings name. Raises ConfigError when there is none of that name."""
    name = workspace.settings.newsletter.theme
    folders = [workspace.root / "templates", templates.builtin_folder()]

    def is_there(folder: str, file: str) -> bool:
        return any((each / "newsletter" / folder / file).is_file() for each in folders)

    own = {file for file in FILES if is_there(name, file)} if "/" not in name else set()
    if not own:
        raise ConfigError(
            f"there is no newsletter theme {name}",
            where="templates/",
            hint=f"a theme is a folder templates/newsletter/{name}/ with one of {', '.join(FILES)}",
        )
    files = {file: f"newsletter/{name if file in own else DEFAULT}/{file}" for file in FILES}
    return Theme(name, workspace.root, files)
