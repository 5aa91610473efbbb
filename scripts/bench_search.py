"""
How long a search takes over few pages and over many, in one run: `scripts/bench_search.py [--few 200] [--many 20000]`.

Each search is asked for as a browser does, in turn, a number of times; what counts is the quickest answer. On
PostgreSQL the database is that of DATABASE_URL with "_bench" behind its name, made anew.
"""

import argparse
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from throw_away import prepare

# A word of nearly every page, of a few, of one; several; in quotation marks; mistyped; what nobody wrote.
SEARCHES = (
    "bendruomenė",
    "seniūnijos",
    "strategija sutartys",
    "projektų atrankos komitetas",
    "zolines svente",
    "„bendruomenių šventė“",
    "nr 17",
    "VVG",
    "bendrumenes",
    "sutartsi mokymai",
    "kvadratinis skritulys",
    "zzzzzzzz",
)
_TEXT = """
    bendruomenė bendruomenių šventė strategija sutartis sutartys mokymai seniūnija seniūnijos kaimas žmonės parama
    paraiška paraiškos kvietimas projektas projektų atrankos komitetas taryba posėdis nariai savivaldybė ūkis
    ūkininkai verslas jaunimas kultūra muziejus ežeras miškas kelias mokykla biblioteka ansamblis mugė Žolinės
    Joninės talka pavasaris ruduo konkursas partneriai Lenkija Latvija Suomija kelionė susitikimas patirtis lėšos
    fondas įranga patalpos salė stadionas parkas paplūdimys dviračiai žygis žvejai amatai duona medus sveikata
"""
WORDS = _TEXT.split()
# The first is in nearly every text, the last in few.
WEIGHTS = [1 / place for place in range(1, len(WORDS) + 1)]
TIMES = 7


def main():
    """Make the pages, ask, tell; the exit code is 1 where many cost more than allowed."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--few", type=int, default=200)
    asked.add_argument("--many", type=int, default=20_000)
    asked.add_argument("--ratio", type=float, default=3.0, help="how many times longer over many it may take")
    asked.add_argument("--queries", type=int, default=20, help="how many questions a search may ask the database")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), "bench")
        sys.exit(not is_good(told))


def is_good(told):
    """Whether many pages cost no more than allowed; every search is told with its figures."""
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    from news.models import NewsIndexPage

    setup_test_environment()  # so that an answer has its context
    call_command("load_content", verbosity=0)
    browser, news = Client(), NewsIndexPage.objects.get()
    make(news, 0, told.few)
    few = measured(browser, told.few)
    make(news, told.few, told.many)
    many = measured(browser, told.many)
    print(f"{'paieška':32} {'radinių':>8} {told.few:>8} {told.many:>8} {'kartai':>7} {'užklausų':>9}")
    for search in SEARCHES:
        (short, *_), (long, queries, hits) = few[search], many[search]
        print(f"{search:32} {hits:8} {short:6.0f}ms {long:6.0f}ms {long / short:7.1f} {queries:9}")
    ratio = sum(took for took, *_ in many.values()) / sum(took for took, *_ in few.values())
    queries = max(queries for _, queries, _ in many.values())
    print(f"Iš viso: {ratio:.1f} karto, daugiausia {queries} užklausų į duomenų bazę")
    return ratio <= told.ratio and queries <= told.queries


def make(news, start, end):
    """News items past the models, then their entries by the command that makes them."""
    from django.core.management import call_command
    from django.db import connection
    from wagtail.models import Page

    from lithuanian.folding import fold
    from news.models import NewsPage

    chance = random.Random(start)  # noqa: S311
    pages = []
    for number in range(start, end):
        title = f"{' '.join(chance.sample(WORDS, 5)).capitalize()}, Nr. {number}"
        body = " ".join(chance.choices(WORDS, WEIGHTS, k=150))
        day = date(2026, 11, 1) - timedelta(days=number % 4000)
        page = NewsPage(title=title, draft_title=title, slug=f"bandymas-{number}", date=day.isoformat(), live=True)
        page.summary, page.body = body[:150], [("text", f"<p>{body}</p>")]
        page.folded, page.locale, page.content_type = fold(title), news.locale, NewsPage().content_type
        page.depth, page.path = news.depth + 1, Page._get_path(news.path, news.depth + 1, 1000 + number)
        page.url_path = f"{news.url_path}{page.slug}/"
        page.date_earliest = page.date_latest = day
        pages.append(page)
    shared = [field for field in Page._meta.concrete_fields if not field.primary_key]
    rows = Page.objects.bulk_create(
        Page(**{one.attname: getattr(page, one.attname) for one in shared}) for page in pages
    )
    for page, row in zip(pages, rows, strict=True):
        page.page_ptr_id = page.pk = row.pk
    for first in range(0, len(pages), 500):
        NewsPage._base_manager._insert(
            pages[first : first + 500], fields=NewsPage._meta.local_concrete_fields, using="default"
        )
    Page.objects.filter(pk=news.pk).update(numchild=1000 + end)
    began = time.monotonic()
    call_command("rebuild_search")
    print(f"Įrašai {end} puslapių: {time.monotonic() - began:.0f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measured(browser, number):
    """For each search: the quickest answer in milliseconds, how many questions to the database, how many hits."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = {}
    for search in SEARCHES:
        took = []
        for _ in range(TIMES):
            began = time.perf_counter()
            answer = browser.get("/paieska/", {"q": search})
            took.append((time.perf_counter() - began) * 1000)
        with CaptureQueriesContext(connection) as asked:
            browser.get("/paieska/", {"q": search})
        found[search] = min(took), len(asked), answer.context["answer"].total
    return found


if __name__ == "__main__":
    main()
