"""What a text took from another site: videos that we can play, and everything else, which becomes a link."""

import re
from urllib.parse import urlsplit

_ID = r"(?!videoseries)([\w-]{6,20})(?![\w-])"
_PLAYERS = (
    (
        re.compile(
            rf"(?:https?:)?//(?:www\.|m\.)?(?:youtube(?:-nocookie)?\.com/(?:embed/|v/|shorts/|live/|watch/?\?(?:\S*&)?v=)"
            rf"|youtu\.be/){_ID}",
            re.IGNORECASE,
        ),
        "https://www.youtube.com/watch?v={}",
    ),
    (
        re.compile(r"(?:https?:)?//(?:www\.|player\.)?vimeo\.com/(?:video/)?(\d{5,12})(?!\d)", re.IGNORECASE),
        "https://vimeo.com/{}",
    ),
)
_SERVICES = (
    (re.compile(r"google\.[a-z.]+/maps|maps\.google\.|openstreetmap\.|maps\.lt", re.IGNORECASE), "Žemėlapis"),
    (re.compile(r"facebook\.com", re.IGNORECASE), "Facebook"),
    (re.compile(r"instagram\.com", re.IGNORECASE), "Instagram"),
    (re.compile(r"issuu\.com", re.IGNORECASE), "Issuu"),
    (re.compile(r"docs\.google\.com/forms|forms\.(?:gle|office\.com)", re.IGNORECASE), "Forma"),
    (re.compile(r"youtu\.?be", re.IGNORECASE), "YouTube"),
)
# What players call themselves says nothing about the video.
_GENERIC = re.compile(r"(?:youtube|vimeo)? ?(?:video|player|vaizdo įrašas)? ?(?:player|grotuvas)?", re.IGNORECASE)


def video_address(address: str) -> str:
    """The address of a video as an editor would paste it, "" where it is of no service that we can play."""
    for pattern, watched in _PLAYERS:
        if match := pattern.match(address.strip()):
            return watched.format(match[1])
    return ""


def name_of_video(title: str) -> str:
    """A frame's title where it says something about the video."""
    title = " ".join(title.split())
    return "" if _GENERIC.fullmatch(title) else title


def label_of(address: str, title: str) -> str:
    """What a link to embedded content is called."""
    if title.strip():
        return " ".join(title.split())
    for pattern, name in _SERVICES:
        if pattern.search(address):
            return name
    try:
        parts = urlsplit(address)
    except ValueError:
        return "Nuoroda"
    name = parts.path.rstrip("/").rpartition("/")[2]
    return name if re.search(r"\.[A-Za-z0-9]{2,4}$", name) else parts.hostname or "Nuoroda"
