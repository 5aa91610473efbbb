"""
Make a large WordPress export, to measure the import by: `scripts/big_export.py FILE POSTS MEGABYTES`.

Its posts are of Lithuanian paragraphs, headings, lists and tables, with categories and links to one another; nothing in
it is anybody's.
"""

import sys
from pathlib import Path

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Didelė svetainė (pavyzdys)</title><link>http://didele.example</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>http://didele.example</wp:base_site_url>
"""
ITEM = """<item><title><![CDATA[Įrašas Nr. {n}: bendruomenių žinios]]></title>
<link>http://didele.example/irasas-{n}/</link><dc:creator><![CDATA[redakcija]]></dc:creator>
<content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{n}</wp:post_id><wp:post_date><![CDATA[2019-05-{day:02} 11:00:00]]></wp:post_date>
<wp:post_date_gmt><![CDATA[2019-05-{day:02} 08:00:00]]></wp:post_date_gmt>
<wp:post_name><![CDATA[irasas-{n}]]></wp:post_name><wp:status><![CDATA[publish]]></wp:status>
<wp:post_parent>0</wp:post_parent><wp:post_type><![CDATA[post]]></wp:post_type>
<category domain="category" nicename="tema-{topic}"><![CDATA[Tema {topic}]]></category></item>
"""
PIECES = (
    "<h2>Ką nuveikėme</h2>\n\n<p>Žiemą ir pavasarį bendruomenės susitiko Dauguose, Simne ir Butrimonyse: "
    '<strong>aptarė</strong> strategiją, <a href="/irasas-{other}/">ankstesnius darbus</a> ir mugę.</p>\n\n',
    "<ul><li>patalpoms sutvarkyti,</li><li>įrangai įsigyti,</li><li>„Žolinės“ šventei – iki 500 Eur.</li></ul>\n\n",
    "<p>Gražių švenčių, gerų darbų ir ūkiškos nuotaikos linki šių žinių rengėjai. Ačiū visiems!</p>\n\n",
)


def main(path, posts, megabytes):
    """Write the export: `posts` posts that together make about as many megabytes."""
    size = megabytes * 1024 * 1024 // posts
    with Path(path).open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for n in range(1, posts + 1):
            round_of_pieces = "".join(PIECES).format(other=n % posts + 1)
            text = round_of_pieces * max(1, size // len(round_of_pieces.encode()))
            file.write(ITEM.format(n=n, day=n % 28 + 1, topic=n % 12 + 1, text=text))
        file.write("</channel></rss>\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
