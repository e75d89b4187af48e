"""The templates (the Jinja2 wall): the site's own `templates/` first, then those that ship with the package.

Templates are data, not code: they run in Jinja's immutable sandbox, with autoescape on and undefined names
an error, and are handed plain values only. What they could fill the memory with is refused.
"""

from __future__ import annotations

import re
from functools import lru_cache, wraps
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from feeds.body.tera import FILTERS
from feeds.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from types import CodeType

    from jinja2.runtime import Context

_LARGEST = 16 * 2**20  # characters of one value; a long letter has one of them
_WIDEST = 10_000  # characters that a value may be padded to, or digits that a number may have
_PADDED = re.compile(r"%[-+ #0]*(?:\*|\d*\.?\*|\d*\.?\d{5})|\{[^{}]*:[^{}]*(?:\{|\d{5})")
_OURS = "feedwright:"  # before the name of a template that is ours, whatever the site has of that name
_REPLACED = 2  # texts that come before the one that replaces the second in the first
_GROWING = ("center", "format", "indent", "join", "replace", "wordwrap")


def builtin_folder() -> Path:
    """Where the default templates are: inside an installed package, or at the top of a checkout."""
    package = Path(__file__).parent
    installed = package / "_templates"
    return installed if installed.is_dir() else package.parent / "templates"


def safe(html: str) -> Markup:
    """Mark a text as finished, for a template to show as it is: sanitised HTML, or a theme's own words."""
    return Markup(html)  # noqa: S704 - what comes here has been through feeds.body.sanitize, or is the site's own


def fill(site_folder: Path, name: str, values: Mapping[str, object], *, tera: bool = False) -> str:
    """Fill the template `name` (such as `subscribe.html`) with `values`.

    With `tera` it is one written for Zola: what is not given is nothing, filters are Tera's, and `markdown`
    is the function of that name among the values.

    Raises ConfigError, naming the template and its line, when it is missing or does not work.
    """
    try:
        return _environment(site_folder, tera=tera).get_template(name).render(values)
    except jinja2.TemplateSyntaxError as error:
        raise ConfigError(
            f"the template does not parse: {error.message}", where=f"templates/{error.name}:{error.lineno}"
        ) from error
    except jinja2.TemplateNotFound as error:
        name = str(error.name).removeprefix(f"{_OURS}/")
        raise ConfigError(f"there is no template {name}", where="templates/") from error
    except Exception as error:  # a template can raise whatever Python can: 1 / 0, a missing filter
        reason = str(error) or type(error).__name__
        where = _where(error, site_folder, name)
        raise ConfigError(f"the template does not work: {reason}", where=where) from error


@lru_cache(maxsize=8)
def _environment(site_folder: Path, *, tera: bool) -> jinja2.Environment:
    environment = _Sandbox(
        loader=jinja2.ChoiceLoader(
            [
                _Folders(_folders(site_folder)),
                jinja2.PrefixLoader({_OURS: jinja2.FileSystemLoader(builtin_folder())}),
            ]
        ),
        autoescape=lambda name: name is None or not name.endswith((".txt", ".md")),
        undefined=jinja2.ChainableUndefined if tera else jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    if tera:
        environment.filters.update(FILTERS, default=_default, markdown=_markdown)
    environment.filters.update({name: _cautious(environment.filters[name]) for name in _GROWING})
    return environment


def _default(given: object, value: object = "") -> object:
    return value if isinstance(given, jinja2.Undefined) else given


@jinja2.pass_context
def _markdown(context: Context, text: str, *, inline: bool = False) -> object:
    return context["markdown"](text, inline=inline)


def _folders(site_folder: Path) -> list[Path]:
    return [site_folder / "templates", builtin_folder()]


def _where(error: Exception, site_folder: Path, name: str) -> str:
    """Return the template that was being filled when `error` came up, and its line."""
    place, line = name, 0
    trace = error.__traceback__
    while trace is not None:
        code: CodeType = trace.tb_frame.f_code
        for folder in _folders(site_folder):
            if Path(code.co_filename).is_relative_to(folder):
                place, line = Path(code.co_filename).relative_to(folder).as_posix(), trace.tb_lineno
        trace = trace.tb_next
    return f"templates/{place}:{line}" if line else f"templates/{place}"


class _Folders(jinja2.FileSystemLoader):
    """Reads templates from folders, and not through links that lead out of them."""

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:  # noqa: ANN401 - as the base has it
        found = super().get_source(environment, template)
        path = Path(str(found[1])).resolve()
        if not any(path.is_relative_to(Path(folder).resolve()) for folder in self.searchpath):
            raise jinja2.TemplateNotFound(template)
        return found


class _Additions(NodeTransformer):
    """Writes `a ~ b` as an addition of texts, which the sandbox is asked about."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - the name that Jinja looks for
        self.generic_visit(node)
        first, *others = (
            nodes.Filter(each, "string", [], [], None, None, lineno=node.lineno) for each in node.nodes
        )
        for other in others:
            first = nodes.Add(first, other, lineno=node.lineno)  # type: ignore[assignment] # an expression too
        return first


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, which leaves `'x' * 10**9` to whoever has the memory; this one does not."""

    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def join_path(self, template: str, parent: str) -> str:
        """Find the template that another names: whoever extends or includes its own name means ours."""
        has_ours = template == parent and (builtin_folder() / template).is_file()
        return f"{_OURS}/{template}" if has_ours else template

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401 - anything
        if _size(operator, left, right) > _LARGEST or (operator == "%" and _is_wide(left)):
            raise _too_large()
        return super().call_binop(context, operator, left, right)

    def call(self, context: Context, called: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as the base has it
        is_method = isinstance(_owner(called), str)
        return super().call(context, _cautious(called) if is_method else called, *args, **kwargs)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template: nodes.Template = _Additions().visit(super()._parse(source, name, filename))
        return template

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """Join what a template has written so far, unless that is too much."""
        kept, size = [], 0
        for part in parts:
            kept.append(part)
            size += len(part)
            if size > _LARGEST:
                raise _too_large()
        return "".join(kept)


def _size(operator: str, left: object, right: object) -> int:
    """Return how large a value an operator makes: characters, items, or hundredths of bits."""
    if isinstance(left, int) and isinstance(right, int):
        bits = {"**": left.bit_length() * right, "*": left.bit_length() + right.bit_length()}
        return bits.get(operator, 0) * 100
    if operator == "*":
        for one, times in ((left, right), (right, left)):
            if isinstance(one, str | list | tuple) and isinstance(times, int):
                return len(one) * times
    if operator == "+" and isinstance(left, str | list | tuple) and isinstance(right, str | list | tuple):
        return len(left) + len(right)
    return 0


def _owner(method: object) -> object:
    """Return what a method is one of; the sandbox wraps that of `format`."""
    return getattr(getattr(method, "__wrapped__", method), "__self__", None)


def _cautious(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a filter or a method of a text that makes nothing much longer than what it is given."""

    @wraps(function)
    def checked(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever it takes and gives
        given = [_owner(function), *args, *kwargs.values()]
        name = function.__name__
        widths = () if "format" in name else given  # whose numbers are what it shows
        widest = max((value for value in widths if isinstance(value, int)), default=0)
        texts = [value for value in given if isinstance(value, str)]
        lists = [value for value in given if isinstance(value, list | tuple)]
        if widest > _WIDEST or _made(name, texts, lists) > _LARGEST or any(map(_is_wide, texts[:2])):
            raise _too_large()
        return function(*args, **kwargs)

    return checked


def _made(name: str, texts: Sequence[str], lists: Sequence[Sequence[object]]) -> int:
    """Return how long the text is at most that a filter or a method makes of these."""
    if name.endswith("replace") and len(texts) > _REPLACED:
        text, old, new = texts[: _REPLACED + 1]
        return text.count(old) * len(new)
    if not name.endswith("join"):
        return 0
    items = [item for each in lists for item in each]
    between = max(map(len, texts), default=0) * len(items)
    return between + sum(len(item) for item in items if isinstance(item, str)) + prod(map(len, texts[:2]))


def _is_wide(pattern: object) -> bool:
    """Tell whether a text asks to be padded by very much, as `%999999d` does, or by a number, as `%*d`."""
    return isinstance(pattern, str) and _PADDED.search(pattern) is not None


def _too_large() -> SecurityError:
    return SecurityError("a value is larger than a feed could hold")
