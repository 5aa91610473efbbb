"""Items in their order become blocks, as `core.blocks.BodyBlock` keeps them."""

import json
import uuid

from .inline import html
from .items import Figure, Heading, Listing, Paragraph, Piece, Video

# Draft.js sets no deeper list.
_DEEPEST_LIST = 4
_NAMESPACE = uuid.UUID("0d6f3b7e-58a5-4c0f-9b53-6f3c7f0c8d11")


def blocks_of(items, context) -> list[dict]:
    """
    The blocks of a body: paragraphs and lists that follow one another are one text.

    Numbers of blocks are made of their place and content, so the same text gives the same blocks each time.
    """
    made, undescribed = [], []
    lowest = min((item.level for item in items if isinstance(item, Heading)), default=1)
    for item in _without_repeated(items, context):
        if isinstance(item, Paragraph | Listing):
            text = rich(item)
            if made and made[-1][0] == "text":
                made[-1] = ("text", made[-1][1] + [text])
            else:
                made.append(("text", [text]))
        elif isinstance(item, Heading):
            is_first = not any(kind == "heading" for kind, _ in made)
            made.append(("heading", {"text": item.text, "level": "h2" if is_first or item.level == lowest else "h3"}))
        elif isinstance(item, Figure):
            made.append(("figure", _figure(item, undescribed)))
        elif isinstance(item, Video):
            made.append(("video", {"url": item.url, "title": item.title or _title(item, context)}))
        elif isinstance(item, Piece):
            made.append((item.kind, _value(item, undescribed)))
    for _ in undescribed:
        context.remarks.add("picture-undescribed")
    return [
        _block(kind, "".join(value) if kind == "text" else value, place) for place, (kind, value) in enumerate(made)
    ]


def rich(item) -> str:
    """A paragraph or a list as rich text."""
    return f"<p>{html(item.runs)}</p>" if isinstance(item, Paragraph) else _listing(item, 0)


def _listing(listing, depth):
    tag = "ol" if listing.ordered else "ul"
    pieces = []
    for entry in listing.entries:
        below = "".join(_listing(inner, depth + 1) for inner in entry.below) if depth < _DEEPEST_LIST else ""
        pieces.append(f"<li>{html(entry.runs)}{below}</li>")
        if depth >= _DEEPEST_LIST:
            pieces += [f"<li>{html(inner.runs)}</li>" for inner in _all_below(entry)]
    return f"<{tag}>{''.join(pieces)}</{tag}>"


def _all_below(entry):
    for listing in entry.below:
        for inner in listing.entries:
            yield inner
            yield from _all_below(inner)


def _without_repeated(items, context):
    """A picture that follows itself is shown once; lists of documents that follow one another are one."""
    kept = []
    for item in items:
        last = kept[-1] if kept else None
        if isinstance(item, Figure) and isinstance(last, Figure) and _say_the_same(last, item):
            if last.alt == item.alt:
                context.held.append(item.alt)
            if last.caption:
                context.held.append(item.caption)
            kept[-1] = Figure(last.pk, last.alt or item.alt, last.caption or item.caption)
            continue
        if isinstance(item, Piece) and isinstance(last, Piece) and item.kind == last.kind == "documents":
            numbers = last.value["documents"] + [
                pk for pk in item.value["documents"] if pk not in last.value["documents"]
            ]
            kept[-1] = Piece("documents", {**last.value, "documents": numbers})
            continue
        kept.append(item)
    return kept


def _say_the_same(one, other):
    return one.pk == other.pk and (not one.caption or not other.caption or one.caption == other.caption)


def _title(video, context):
    title = " ".join(context.title.split())[:150].strip() or "Vaizdo įrašas"
    context.given.append(title)
    context.remarks.add("video-title", video.url)
    return title


def _figure(figure, undescribed):
    if not figure.alt:
        undescribed.append(figure.pk)
    image = {"image": figure.pk, "decorative": not figure.alt, "alt_text": figure.alt}
    return {"image": image, "caption": figure.caption}


def _value(piece, undescribed):
    if piece.kind == "gallery":
        return {"images": [_figure(figure, undescribed) for figure in piece.value["images"]]}
    return piece.value


def _block(kind, value, place):
    number = uuid.uuid5(_NAMESPACE, f"{place} {kind} {json.dumps(value, ensure_ascii=False, sort_keys=True)}")
    for name in ("images", "documents"):
        if isinstance(value, dict) and name in value:
            items = [
                {"type": "item", "value": inner, "id": str(uuid.uuid5(number, f"{position}"))}
                for position, inner in enumerate(value[name])
            ]
            value = {**value, name: items}
    return {"type": kind, "value": value, "id": str(number)}
