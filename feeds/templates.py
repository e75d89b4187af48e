"""The templates (the Jinja2 wall): the site's own `templates/` first, then those that ship with the package.

Templates are data, not code: they run in Jinja's immutable sandbox, with autoescape on and undefined names
an error, and are handed plain values only.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from feeds.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping


def builtin_folder() -> Path:
    """Where the default templates are: inside an installed package, or at the top of a checkout."""
    package = Path(__file__).parent
    installed = package / "_templates"
    return installed if installed.is_dir() else package.parent / "templates"


@lru_cache(maxsize=8)
def _environment(site_folder: Path) -> jinja2.Environment:
    return ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader([site_folder / "templates", builtin_folder()]),
        autoescape=lambda name: name is None or not name.endswith(".txt"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def safe(html: str) -> Markup:
    """Mark a text as finished, for a template to show as it is: sanitised HTML, or a theme's own words."""
    return Markup(html)  # noqa: S704 - what comes here has been through feeds.body.sanitize, or is the site's own


def fill(site_folder: Path, name: str, values: Mapping[str, object]) -> str:
    """Fill the template `name` (such as `subscribe.html`) with `values`.

    Raises ConfigError, naming the template and its line, when it is missing or does not work.
    """
    try:
        return _environment(site_folder).get_template(name).render(values)
    except jinja2.TemplateSyntaxError as error:
        raise ConfigError(
            f"the template does not parse: {error.message}", where=f"templates/{error.name}:{error.lineno}"
        ) from error
    except jinja2.TemplateNotFound as error:
        raise ConfigError(f"there is no template {error.name}", where="templates/") from error
    except Exception as error:  # a template can raise whatever Python can: 1 / 0, a missing filter
        raise ConfigError(f"the template does not work: {error}", where=f"templates/{name}") from error
