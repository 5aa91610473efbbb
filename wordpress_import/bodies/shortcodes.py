"""
WordPress's shortcodes: `[name key="value"]…[/name]` in a text.

What we know becomes HTML (elements `x-…` are read by `flow`); of what we do not know the mark goes and the text stays.
Square brackets of prose („[papildyta]“, „[1]“) are left alone.
"""

import base64
import binascii
import re
from dataclasses import dataclass, field
from html import escape
from urllib.parse import unquote

from .markup import comments, tags

_NAME = r"[A-Za-z][A-Za-z0-9_-]{0,60}"
_CODE = re.compile(
    rf"\[(?P<end>/?)(?P<name>{_NAME})(?=[\s=/\]])"
    r"(?P<attributes>(?:[^\[\]\"'<>]|\"[^\"]{0,4000}+\"|'[^']{0,4000}+'|<[^<>\[\]]{0,1000}+>|['\"](?=[^\[\]\"']{0,200}\])){0,4000}+)\]"
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))|\"([^\"]*)\"|'([^']*)'|(\S+)")
_CURLED = re.compile("[“”„″]|&quot;|&#8220;|&#8221;|&#8222;")
_HAS_VALUE = re.compile(r"[\w-]+\s*=\s*\S|/\s*$")

CAPTIONS = {"caption", "wp_caption"}
EMBEDS = {
    "embed", "youtube", "vimeo", "su_youtube", "su_youtube_advanced", "su_vimeo", "fvplayer", "arve", "vc_video",
    "et_pb_video", "googlemaps", "su_gmap", "scribd", "slideshare", "soundcloud",
}  # fmt: skip
MEDIA = {"video", "audio", "su_video", "su_audio"}
PICTURES = {"gallery", "vc_single_image", "vc_gallery", "vc_images_carousel", "su_slider", "su_carousel"}
FORMS = {
    "contact-form-7", "contact-form", "contact-field", "wpforms", "ninja_form", "ninja_forms", "gravityform",
    "formidable", "caldera_form", "fluentform", "mc4wp_form", "forminator_form", "newsletter_form",
}  # fmt: skip
BUTTONS = {"su_button", "vc_btn", "vc_button", "et_pb_button", "button", "fusion_button"}
RAW_HTML, RAW_SCRIPT = {"vc_raw_html"}, {"vc_raw_js"}
# What only sets a text out: known to hold nothing else.
_WRAPPERS = ("su_", "vc_", "et_pb_", "fusion_", "av_", "cs_", "mk_", "one_half", "one_third", "two_third", "one_fourth")
KNOWN = CAPTIONS | EMBEDS | MEDIA | PICTURES | FORMS | BUTTONS | RAW_HTML | RAW_SCRIPT | {"toc", "ez-toc", "playlist"}
KNOWN -= {"button"}  # prose may put the word in brackets, too

# Attributes that a reader of the old site saw as text.
_READABLE = ("title", "heading", "subtitle", "label", "button_text", "caption")


@dataclass
class _Code:
    start: int
    end: int
    name: str
    attributes: str
    closes: bool
    partner: "_Code | None" = None
    content: tuple = ()
    values: dict = field(default_factory=dict)


def translate(text: str, remarks) -> str:
    """The text with its shortcodes as HTML; what could not be kept is told to `remarks` (`remarks.Remarks`)."""
    codes, escaped = _codes(text)
    return _replaced(text, codes, escaped, lambda code: _as_html(code, text, remarks))


def readable(text: str) -> str:
    """The text with nothing left of its shortcodes but what a reader of the old site saw of them."""
    codes, escaped = _codes(text)

    def seen(code):
        if code.name in RAW_HTML | RAW_SCRIPT:
            return _decoded(text, code) if code.name in RAW_HTML else ""
        return (" " if _is_block(code) else "") + "".join(f" {said} " for said in _said(code))

    return _replaced(text, codes, escaped, seen)


def _replaced(text, codes, escaped, replacement):
    pieces, place = [], 0
    for item in sorted([*codes, *escaped], key=lambda item: item.start):
        if item.start < place:
            continue
        pieces.append(text[place : item.start])
        place = item.end
        if item.name:
            pieces.append(replacement(item))
            if item.name in RAW_HTML | RAW_SCRIPT and item.partner and not item.closes:
                place = item.partner.start  # the content was code
        else:
            pieces.append(text[item.start + 1 : item.end - 1])
    return "".join(pieces) + text[place:]


# --- Reading ----------------------------------------------------------------------------------------------------------


def _codes(text):
    """The shortcodes in the text, those that belong together joined; and the places of `[[escaped]]` ones."""
    candidates, escaped, place = [], [], 0
    for start in _starts(text):
        if start < place:
            continue
        match = _CODE.match(text, start)
        if not match:
            continue
        place = match.end()
        if text[max(0, start - 1) : start] == "[" and text[place : place + 1] == "]":
            escaped.append(_Code(start - 1, place + 1, "", "", False))
            place += 1
            continue
        candidates.append(_Code(start, place, match["name"].lower(), match["attributes"], bool(match["end"])))
    opened, closed = ({code.name for code in candidates if code.closes is closes} for closes in (False, True))
    codes = [code for code in candidates if _is_shortcode(code, opened, closed)]
    waiting = {}
    for code in codes:
        if not code.closes:
            code.values = _values(code.attributes)
            waiting.setdefault(code.name, []).append(code)
        elif waiting.get(code.name):
            code.partner = waiting[code.name].pop()
            code.partner.partner = code
            code.partner.content = (code.partner.end, code.start)
    return codes, escaped


def _starts(text):
    """Where a square bracket opens outside of tags and comments."""
    place, hidden = text.find("["), iter(_hidden(text))
    start, end = next(hidden, (len(text), len(text)))
    while place >= 0:
        while end <= place < len(text):
            start, end = next(hidden, (len(text), len(text) + 1))
        if start < place:
            place = text.find("[", end)
            continue
        yield place
        place = text.find("[", place + 1)


def _hidden(text):
    """Where tags and comments stand, in order."""
    place, spans = 0, []
    for plain, comment in comments(text):
        spans += [(place + tag.start(), place + tag.end()) for tag in tags(plain)]
        place += len(plain)
        if comment is not None:
            spans.append((place, place + len(comment) + len("<!---->")))
            place = spans[-1][1]
    return spans


def _is_shortcode(code, opened, closed):
    if code.name in KNOWN or code.name.startswith(_WRAPPERS):
        return True
    if code.closes:
        return code.name in opened
    return code.name in closed or "_" in code.name or bool(_HAS_VALUE.search(code.attributes))


def _values(text):
    if '"' not in text and "'" not in text:
        text = _CURLED.sub('"', text)
    values, position = {}, 0
    for match in _ATTRIBUTE.finditer(text):
        if match[1]:
            values.setdefault(match[1].lower(), next((part for part in match.groups()[1:4] if part is not None), ""))
        elif said := next((part for part in match.groups()[4:] if part), "").strip("/ "):
            values.setdefault(position, said.lstrip("="))
            position += 1
    return values


def _said(code):
    if code.closes:
        return []
    if code.name in FORMS | PICTURES | EMBEDS | MEDIA:
        return []
    return [code.values[name] for name in _READABLE if code.values.get(name)]


def _is_block(code):
    return code.name in KNOWN or code.name.startswith(_WRAPPERS)


def _decoded(text, code):
    if not code.content:
        return ""
    try:
        return unquote(base64.b64decode("".join(text[slice(*code.content)].split()), validate=True).decode())
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return ""


# --- Writing ----------------------------------------------------------------------------------------------------------


def _as_html(code, text, remarks):
    for names, made in _MADE:
        if code.name in names:
            return made(code, text, remarks)
    return _unwrapped(code, text, remarks)


def _unwrapped(code, text, remarks):
    """Of an unknown shortcode, or of one that only sets out, the text stays."""
    if not (code.closes and code.partner):
        remarks.add("shortcode", f"[{code.name}]")
    said = "".join(f"<p><strong>{words}</strong></p>" for words in _said(code))
    if not _is_block(code):
        return said
    if not code.partner:
        return f"\n\n<div>{said}</div>\n\n"
    return "</div>\n\n" if code.closes else f"\n\n<div>{said}"


def _caption(code, text, remarks):
    if not code.partner:
        remarks.add("shortcode-broken", text[code.start : code.end])
        said = code.values.get("caption", "") if not code.closes else ""
        return f"\n\n{said}\n\n" if said else ""
    if code.closes:
        return "</x-caption>\n\n"
    return f'\n\n<x-caption title="{escape(code.values.get("caption", ""))}">'


def _embed(code, text, remarks):
    if code.closes:
        return "</x-embed>\n\n" if code.partner else ""
    address = next((code.values[key] for key in ("url", "src", "link", "id", "v", 0) if code.values.get(key)), "")
    if re.fullmatch(r"[\w-]{11}", address) and "youtube" in code.name:
        address = f"https://www.youtube.com/watch?v={address}"
    elif re.fullmatch(r"\d{5,12}", address) and "vimeo" in code.name:
        address = f"https://vimeo.com/{address}"
    if not address and not code.partner:
        remarks.add("shortcode", text[code.start : code.end])
        return ""
    opening = f'\n\n<x-embed src="{escape(address)}">'
    return opening if code.partner else f"{opening}</x-embed>\n\n"


def _media(code, text, remarks):
    if code.closes:
        return ""
    keys = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav", "url", 0)
    address = next((code.values[key] for key in keys if code.values.get(key)), "")
    if not address:
        if not code.partner:
            remarks.add("shortcode", text[code.start : code.end])
        return ""
    return f'\n\n<x-embed src="{escape(address)}" class="media"></x-embed>\n\n'


def _pictures(code, text, remarks):
    if code.closes:
        return ""
    numbers = next((code.values[key] for key in ("ids", "include", "images", "image") if code.values.get(key)), "")
    without = code.values.get("exclude", "")
    backwards = "desc" if code.values.get("order", "").upper() == "DESC" and not code.values.get("ids") else ""
    return (
        f'\n\n<x-gallery data-ids="{escape(numbers)}" data-order="{backwards}" '
        f'data-without="{escape(without)}"></x-gallery>\n\n'
    )


def _playlist(code, text, remarks):
    return "" if code.closes else f'\n\n<x-files data-ids="{escape(code.values.get("ids", ""))}"></x-files>\n\n'


def _form(code, text, remarks):
    if not code.closes and code.name != "contact-field":
        remarks.add("form", text[code.start : code.end])
    return "" if code.closes and not code.partner else "\n\n"


def _button(code, text, remarks):
    if code.closes:
        return "</a></div>\n\n" if code.partner else ""
    address = next((code.values[key] for key in ("url", "href", "button_url", "link") if code.values.get(key)), "")
    if address.startswith("url:"):
        address = unquote(address[4:].partition("|")[0])
    remarks.add("shortcode", f"[{code.name}]")
    said = " ".join(_said(code))
    opening = f'\n\n<div class="wp-block-button"><a class="wp-block-button__link" href="{escape(address)}">{said}'
    return opening if code.partner else f"{opening}</a></div>\n\n"


def _raw_html(code, text, remarks):
    if code.closes:
        return ""
    return f"\n\n<div>{_decoded(text, code)}</div>\n\n"


def _raw_script(code, text, remarks):
    if not code.closes:
        remarks.add("script", f"[{code.name}]")
    return ""


_MADE = (
    (CAPTIONS, _caption),
    (EMBEDS, _embed),
    (MEDIA, _media),
    (PICTURES, _pictures),
    ({"playlist"}, _playlist),
    (FORMS, _form),
    (BUTTONS, _button),
    (RAW_HTML, _raw_html),
    (RAW_SCRIPT, _raw_script),
)
