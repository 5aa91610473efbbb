"""
Small WordPress exports, written as WordPress 6 writes them: the same elements in the same order, CDATA where it has it.

    export_file(tmp_path, [page(title="Apie mus"), post(title="Mugė", content="<p>…</p>", comments=2)])

An item is a dict of what is to be said of it; what is left out is filled in as WordPress would. An item that is a
string goes into the file as it stands, for what WordPress does not write.
"""

import io
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import count
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from django.utils.text import slugify
from PIL import Image

from lithuanian.folding import fold

SITE = "http://senoji.example"
NEVER = "0000-00-00 00:00:00"
# An item without a number of its own gets one from here on, in the order of the file.
FIRST_NUMBER = 1001


def post(title="Įrašas", content="<p>Tekstas.</p>", **said):
    """
    A post.

    said: number, kind, status, slug, link, guid, date and modified (local time, "2019-05-24 11:00:00"), date_gmt,
    modified_gmt, parent (a number), order, password, sticky, author (login), excerpt, terms ([(taxonomy, slug, name)]),
    meta ({key: value or list of values}), comments (how many), attachment_url; `without` names elements to leave out
    ("wp:post_id").
    """
    return {"kind": "post", "title": title, "content": content, **said}


def page(title="Puslapis", content="<p>Tekstas.</p>", **said):
    """A page; see `post`."""
    return post(title, content, kind="page", **said)


def attachment(path="2019/05/nuotrauka.jpg", title="Nuotrauka", alt=None, caption="", meta=None, **said):
    """A picture or document of the media library. path: below uploads/; see `post` for the rest."""
    known = {"_wp_attached_file": path} if path else {}
    known |= {"_wp_attachment_image_alt": alt} if alt is not None else {}
    said.setdefault("attachment_url", f"{SITE}/wp-content/uploads/{path}")
    said.setdefault("guid", said["attachment_url"])
    return post(title, **{"content": "", "kind": "attachment", "status": "inherit", "excerpt": caption} | said) | {
        "meta": known | (meta or {})
    }


def term(taxonomy, slug, name, parent="", number=None):
    """A category ("category"), tag ("post_tag") or word of another taxonomy; parent: the slug of the one above."""
    return {"taxonomy": taxonomy, "slug": slug, "name": name, "parent": parent, "number": number}


def author(login, name="", email=""):
    """Somebody who has written. Names in tests are names of offices."""
    return {"login": login, "name": name or login, "email": email or f"{login}@senoji.example"}


def export_file(folder, items=(), terms=(), authors=(), *, name="eksportas.xml", encoding="utf-8", **said):
    """
    Write an export into a folder. Returns its path.

    said: as `export_text` takes it.
    """
    path = folder / name
    path.write_bytes(export_text(items, terms, authors, **said).encode(encoding))
    return path


def export_text(
    items=(), terms=(), authors=(), *, site=SITE, title="Senoji svetainė", version="1.2", head=None, declared="UTF-8"
):
    """
    The text of an export.

    version: of WXR, also in the namespaces. head: what stands in place of the XML declaration and the opening tag
    `rss`. declared: the encoding that the declaration names.
    """
    if head is None:
        head = f'<?xml version="1.0" encoding="{declared}" ?>\n{GREETING}{rss(version)}'
    numbers = count(FIRST_NUMBER)
    items = [item if isinstance(item, str) else {"number": next(numbers), **item} for item in items]
    addresses = _addresses([item for item in items if not isinstance(item, str)], site)
    body = [
        *(_author(one, number) for number, one in enumerate(authors, 2)),
        *(_term(one, number) for number, one in enumerate(terms, 2)),
        "\n\t<generator>https://wordpress.org/?v=6.1.9</generator>\n\n",
        *(item if isinstance(item, str) else item_text(item, addresses, site) for item in items),
    ]
    return (
        f"{head}\n\n<channel>\n\t<title>{escape(title)}</title>\n\t<link>{site}</link>\n"
        "\t<description>Svetainė bandymams</description>\n"
        "\t<pubDate>Sun, 22 Nov 2026 00:18:57 +0000</pubDate>\n\t<language>lt-LT</language>\n"
        f"\t<wp:wxr_version>{version}</wp:wxr_version>\n\t<wp:base_site_url>{site}</wp:base_site_url>\n"
        f"\t<wp:base_blog_url>{site}</wp:base_blog_url>\n\n\t{''.join(body)}\t</channel>\n</rss>\n\t"
    )


def uploads_folder(folder, files):
    """Put files ({path below uploads/: octets}) into `folder`/uploads. Returns that folder."""
    for path, content in files.items():
        file = folder / "uploads" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder / "uploads"


def picture(form="JPEG", size=(40, 30), colour="green", **how):
    """The octets of a picture of one colour; pictures of another colour or size are other files."""
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, form, **how)
    return made.getvalue()


GREETING = (
    "<!-- This is a WordPress eXtended RSS file generated by WordPress as an export of your site. -->\n\n"
    '\t<!-- generator="WordPress/6.1.9" created="2026-11-22 00:18" -->\n'
)


def rss(version="1.2"):
    """The opening tag with its namespaces."""
    return (
        f'<rss version="2.0"\n\txmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"\n'
        '\txmlns:content="http://purl.org/rss/1.0/modules/content/"\n'
        '\txmlns:wfw="http://wellformedweb.org/CommentAPI/"\n\txmlns:dc="http://purl.org/dc/elements/1.1/"\n'
        f'\txmlns:wp="http://wordpress.org/export/{version}/"\n>'
    )


def cdata(text):
    """As WordPress's `wxr_cdata`: what would end the section is parted between two."""
    return f"<![CDATA[{str(text).replace(']]>', ']]]]><![CDATA[>')}]]>"


def php(value):
    """A value as PHP's `serialize` writes it: dicts (lists as dicts of 0, 1, …), str, int, float, bool, None."""
    if value is None:
        return "N;"
    if isinstance(value, bool):
        return f"b:{value:d};"
    if isinstance(value, int):
        return f"i:{value};"
    if isinstance(value, float):
        return f"d:{value!r};"
    if isinstance(value, str):
        return f's:{len(value.encode())}:"{value}";'
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    return f"a:{len(value)}:{{{''.join(php(key) + php(one) for key, one in pairs)}}}"


def item_text(item, addresses=None, site=SITE):
    """One `<item>`. addresses: those of the other items, by number."""
    said = _filled_in(item, (addresses or {}), site)
    without = set(item.get("without", ()))
    elements = [(name, text) for name, text in _elements(said) if name.partition(" ")[0] not in without]
    lines = [f"\t\t<{name}>{text}</{name.partition(' ')[0]}>\n" for name, text in elements]
    lines += [
        f"\t\t<category domain={quoteattr(taxonomy)} nicename={quoteattr(slug)}>{cdata(name)}</category>\n"
        for taxonomy, slug, name in said["terms"]
    ]
    for key, values in said["meta"].items():
        lines += [
            f"\t\t<wp:postmeta>\n\t\t<wp:meta_key>{cdata(key)}</wp:meta_key>\n"
            f"\t\t<wp:meta_value>{cdata(value)}</wp:meta_value>\n\t\t</wp:postmeta>\n"
            for value in ([values] if isinstance(values, str) else values)
        ]
    lines += [_comment(number) for number in range(1, said["comments"] + 1)]
    return f"\t\t<item>\n{''.join(lines)}\t\t</item>\n"


def _addresses(items, site):
    """The address of every item that is published, as WordPress makes it: pages below their parents."""
    by_number = {item["number"]: item for item in items}

    def path(item, seen=()):
        above = by_number.get(item.get("parent")) if item["kind"] == "page" else None
        before = path(above, (*seen, item["number"])) if above and item["number"] not in seen else "/"
        return f"{before}{_slug(item)}/"

    return {number: f"{site}{path(item)}" for number, item in by_number.items()}


def _slug(item):
    return item["slug"] if "slug" in item else slugify(fold(item["title"])) or str(item["number"])


def _filled_in(item, addresses, site):
    number = item.get("number", FIRST_NUMBER)
    plain = f"{site}/?p={number}" if item["kind"] == "post" else f"{site}/?page_id={number}"
    unborn = item.get("status") in ("draft", "pending", "auto-draft")
    date = item.get("date", "2019-05-24 11:00:00")
    modified = item.get("modified", date)
    return {
        "number": number,
        "status": "publish",
        "slug": "" if unborn else _slug({"number": number, **item}),
        "link": plain if unborn else addresses.get(number, f"{site}/{_slug({'number': number, **item})}/"),
        "guid": plain,
        "date": date,
        "date_gmt": NEVER if unborn else _in_greenwich(date),
        "modified": modified,
        "modified_gmt": NEVER if unborn else _in_greenwich(modified),
        "parent": 0,
        "order": 0,
        "password": "",
        "sticky": False,
        "author": "redakcija",
        "excerpt": "",
        "terms": [],
        "meta": {},
        "comments": 0,
        "attachment_url": None,
    } | item


def _elements(said):
    yield "title", cdata(said["title"])
    yield "link", escape(said["link"])
    yield "pubDate", "" if said["date_gmt"] == NEVER else _rss_date(said["date_gmt"])
    yield "dc:creator", cdata(said["author"])
    yield 'guid isPermaLink="false"', escape(said["guid"])
    yield "description", ""
    yield "content:encoded", cdata(said["content"])
    yield "excerpt:encoded", cdata(said["excerpt"])
    yield "wp:post_id", said["number"]
    yield "wp:post_date", cdata(said["date"])
    yield "wp:post_date_gmt", cdata(said["date_gmt"])
    yield "wp:post_modified", cdata(said["modified"])
    yield "wp:post_modified_gmt", cdata(said["modified_gmt"])
    yield "wp:comment_status", cdata("open")
    yield "wp:ping_status", cdata("closed")
    yield "wp:post_name", cdata(said["slug"])
    yield "wp:status", cdata(said["status"])
    yield "wp:post_parent", said["parent"]
    yield "wp:menu_order", said["order"]
    yield "wp:post_type", cdata(said["kind"])
    yield "wp:post_password", cdata(said["password"])
    yield "wp:is_sticky", int(said["sticky"])
    if said["attachment_url"]:
        yield "wp:attachment_url", cdata(said["attachment_url"])


def _in_greenwich(local):
    """WordPress's own reckoning of the site's time; what is no time stays as it is."""
    try:
        moment = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Vilnius"))
    except ValueError:
        return local
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S}"


def _rss_date(greenwich):
    try:
        return format_datetime(datetime.fromisoformat(greenwich).replace(tzinfo=UTC))
    except ValueError:
        return "Wed, 30 Nov -0001 00:00:00 +0000"


def _comment(number):
    said = {
        "comment_id": number,
        "comment_author": cdata("Lankytojas"),
        "comment_author_email": cdata("lankytojas@senoji.example"),
        "comment_author_url": "",
        "comment_author_IP": cdata("192.0.2.10"),
        "comment_date": cdata("2019-05-24 19:00:00"),
        "comment_date_gmt": cdata("2019-05-24 16:00:00"),
        "comment_content": cdata("Labai laukiame!"),
        "comment_approved": cdata("1"),
        "comment_type": cdata("comment"),
        "comment_parent": 0,
        "comment_user_id": 0,
    }
    lines = "".join(f"\t\t\t<wp:{name}>{text}</wp:{name}>\n" for name, text in said.items())
    return f"\t\t<wp:comment>\n{lines}\t\t</wp:comment>\n"


def _author(one, number):
    return (
        f"\t<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>{cdata(one['login'])}</wp:author_login>"
        f"<wp:author_email>{cdata(one['email'])}</wp:author_email>"
        f"<wp:author_display_name>{cdata(one['name'])}</wp:author_display_name>"
        "<wp:author_first_name><![CDATA[]]></wp:author_first_name>"
        "<wp:author_last_name><![CDATA[]]></wp:author_last_name></wp:author>\n"
    )


def _term(one, number):
    number = one["number"] or number
    if one["taxonomy"] == "category":
        return (
            f"\t<wp:category>\n\t\t<wp:term_id>{number}</wp:term_id>\n"
            f"\t\t<wp:category_nicename>{cdata(one['slug'])}</wp:category_nicename>\n"
            f"\t\t<wp:category_parent>{cdata(one['parent'])}</wp:category_parent>\n"
            f"\t\t<wp:cat_name>{cdata(one['name'])}</wp:cat_name>\n\t</wp:category>\n"
        )
    if one["taxonomy"] == "post_tag":
        return (
            f"\t<wp:tag>\n\t\t<wp:term_id>{number}</wp:term_id>\n\t\t<wp:tag_slug>{cdata(one['slug'])}</wp:tag_slug>\n"
            f"\t\t<wp:tag_name>{cdata(one['name'])}</wp:tag_name>\n\t</wp:tag>\n"
        )
    return (
        f"\t<wp:term>\n\t\t<wp:term_id>{number}</wp:term_id>\n"
        f"\t\t<wp:term_taxonomy>{cdata(one['taxonomy'])}</wp:term_taxonomy>\n"
        f"\t\t<wp:term_slug>{cdata(one['slug'])}</wp:term_slug>\n"
        f"\t\t<wp:term_parent>{cdata(one['parent'])}</wp:term_parent>\n"
        f"\t\t<wp:term_name>{cdata(one['name'])}</wp:term_name>\n\t</wp:term>\n"
    )
