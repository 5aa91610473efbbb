"""Well-formed HTML as a tree that may be walked: no deeper than Python's stack bears."""

from html.parser import HTMLParser

_EMPTY = {"br", "hr", "img"}
# `cleaning` lets fewer levels through; whatever stands deeper all the same loses its own element, not its text.
_DEEPEST = 200


class Node:
    """An element: its name, attributes, and children, which are nodes and texts."""

    __slots__ = ("tag", "attributes", "children")

    def __init__(self, tag, attributes=()):
        self.tag, self.attributes, self.children = tag, dict(attributes), []

    @property
    def classes(self) -> set[str]:
        """The names in its class attribute."""
        return set((self.attributes.get("class") or "").split())

    def get(self, name: str) -> str:
        """An attribute's value, "" where there is none."""
        return self.attributes.get(name) or ""

    def elements(self):
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Node)]

    def all(self, *tags):
        """The elements of these names anywhere within, in their order."""
        waiting = list(reversed(self.elements()))
        while waiting:
            node = waiting.pop()
            if node.tag in tags:
                yield node
            waiting.extend(reversed(node.elements()))

    def text(self) -> str:
        """All text within, as it stands."""
        pieces, waiting = [], list(reversed(self.children))
        while waiting:
            child = waiting.pop()
            if isinstance(child, Node):
                waiting.extend(reversed(child.children))
            else:
                pieces.append(child)
        return "".join(pieces)


class _Builder(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = Node("div")
        self.path, self.too_deep = [self.root], 0

    def handle_starttag(self, tag, attrs):
        if tag in _EMPTY:
            self.path[-1].children.append(Node(tag, attrs))
        elif len(self.path) >= _DEEPEST:
            self.too_deep += 1
        else:
            node = Node(tag, attrs)
            self.path[-1].children.append(node)
            self.path.append(node)

    def handle_endtag(self, tag):
        if tag in _EMPTY:
            return
        if self.too_deep:
            self.too_deep -= 1
        elif len(self.path) > 1:
            self.path.pop()

    def handle_data(self, data):
        self.path[-1].children.append(data)


def tree(html: str) -> Node:
    """The root of what `cleaning.cleaned` gave."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root
