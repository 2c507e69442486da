"""The block of a page that holds its article: the least one with nearly all of the running text."""

from collections.abc import Iterator
from typing import Any, cast

from crawlers.pruning import RUN, headings, is_stamp, said, unlinked

_FRAMES = frozenset({"aside", "button", "footer", "nav", "noscript", "script", "select", "style", "template"})
_BLOCKS = frozenset({"article", "center", "div", "form", "main", "section", "table", "tbody", "td", "tr"})
_SPLIT = frozenset({"br", "div", "p", "ul", "ol", "table", "blockquote"})
SHARE = 0.8  # of the running text that a block inside another must hold to stand for it
LEAST = 200  # characters in a block; trafilatura's own look finds what is shorter
NEAR = 15  # elements before the title among which its date may stand


class Body:
    """A page's tree with its article's block and the heading that shows its title; either may be None."""

    def __init__(self, tree: Any, title: str) -> None:
        self.tree = tree
        self.headings = list(headings(tree, title)) if title else []
        self.heading = self.headings[0] if self.headings else None
        sizes, top = _sizes(tree), tree.find("body")
        found = None if top is None else _least(top, sizes, self.heading)
        self.block = found if found is not None and sizes.get(found, 0) >= LEAST else None

    def stamps(self) -> Iterator[Any]:
        """Dates that stand by the article, the likeliest first: from title to end, then shortly before."""
        if self.block is None:
            return
        order = list(self.tree.iter())
        place = {element: at for at, element in enumerate(order)}
        last = place[next(reversed(list(self.block.iter())))]
        begin = place[self.block] if self.heading is None else min(place[self.heading], place[self.block])
        for element in (*order[begin : last + 1], *reversed(order[max(0, begin - NEAR) : begin])):
            if isinstance(element.tag, str) and is_stamp(element):
                yield element

    def ready(self) -> None:
        """Make the tree one that trafilatura reads whole, without its title."""
        self._mark()
        for heading in self.headings:
            if heading.tag in ("h1", "h2", "h3"):
                heading.drop_tree()

    def _mark(self) -> None:
        """Tell trafilatura where the article is, if it doesn't know; paragraphs above it, as a lead, join it."""
        from trafilatura.xpaths import BODY_XPATH

        _tables_as_lines(self.tree if self.block is None else self.block)
        block, looks = self.block, cast("list[Any]", BODY_XPATH)
        if block is None or any(_meets(found, block) for look in looks for found in look(self.tree)[:1]):
            return
        for frame in block.iterancestors("table", "tbody", "tr", "td"):
            frame.tag = "div"
        if block.tag not in ("article", "div", "section"):
            block = _inner(block)
        for paragraph in reversed(list(self._above())):
            paragraph.tail = None
            block.insert(0, paragraph)
        block.set("itemprop", "articleBody")

    def _above(self) -> Iterator[Any]:
        """Paragraphs between the title and the block."""
        if self.heading is None or self.block is None:
            return
        inside, passed = set(self.block.iterancestors()), False
        for element in self.tree.iter():
            if element is self.block:
                return
            if passed and element.tag == "p" and element not in inside and unlinked(element) >= RUN:
                yield element
            passed = passed or element is self.heading


def _meets(found: Any, block: Any) -> bool:
    return found is block or found in block.iterancestors() or block in found.iterancestors()


def _inner(block: Any) -> Any:
    """A div inside a block that takes over all it holds."""
    inner = block.makeelement("div")
    inner.text, block.text = block.text, None
    inner.extend(list(block))
    block.append(inner)
    return inner


def _sizes(tree: Any) -> dict[Any, int]:
    """Characters of running text outside links under each element."""
    sizes: dict[Any, int] = {}
    for element in reversed(list(tree.iter())):
        if not isinstance(element.tag, str) or element.tag in _FRAMES or element.get("role") == "dialog":
            continue
        size = 0
        if element.tag != "a":
            size = _run(element.text) + sum(sizes.get(child, 0) + _run(child.tail) for child in element)
        sizes[element] = size
    return sizes


def _run(text: str | None) -> int:
    length = len(text.strip()) if text else 0
    return length if length >= RUN // 2 else 0


def _least(top: Any, sizes: dict[Any, int], heading: Any) -> Any:
    """The least element that holds nearly all; one whose own children are paragraphs is the article's."""
    at, above = top, set() if heading is None else set(heading.iterancestors())
    while True:
        children = [child for child in at if sizes.get(child, 0)]
        own = _run(at.text) + sum(_run(child.tail) for child in at)
        if own >= RUN or not children or any(child.tag == "p" and sizes[child] >= RUN for child in children):
            return at
        best = max(children, key=lambda child: sizes[child])
        twins = sum(child.tag == best.tag and child.get("class") == best.get("class") for child in children)
        if best.tag not in _BLOCKS or twins > 1 or sizes[best] < SHARE * sizes[at]:
            return at
        # beside the title, what follows is the article's too; further out it is another's
        follows = any(sizes[child] >= RUN for child in children[children.index(best) + 1 :])
        if follows and at is not top and best not in above:
            return at
        at = best


def _tables_as_lines(block: Any) -> None:
    """Rows of a table as lines, which trafilatura leaves out else; a table that only lays out a page is taken apart."""
    for table in reversed(list(block.iter("table"))):
        laid = any(part.tag in _SPLIT for cell in table.iter("td", "th") for part in cell.iterdescendants())
        for row in list(table.iter("tr")):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            if laid:
                for cell in cells:
                    cell.tag = "div"
            else:
                words = [text for cell in cells if (text := said(cell, 4000))]
                links = sum(len(said(link, 4000)) for link in row.iterfind(".//a"))
                for child in list(row):
                    row.remove(child)
                row.text = " | ".join(words) if 2 * links < sum(map(len, words)) else None
            row.tag = "div" if laid else "p"
        for part in list(table.iter("tbody", "thead", "tfoot", "table")):
            part.tag = "div"
