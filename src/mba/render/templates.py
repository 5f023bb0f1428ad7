"""The templates of this folder: pages, Word and pictures. What comes from a document is escaped in all of them."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from mba.render.document import text, together
from mba.render.letters import in_xml


@cache
def template(name: str) -> Template:
    """The template of a file; each is given what else it calls as it is drawn."""
    environment = Environment(
        loader=PackageLoader("mba", "render"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"in_xml": in_xml, "together": together, "line": text}
    environment.filters["kind"] = lambda thing: type(thing).__name__
    return environment.get_template(name)
