"""
The pictures of the editors' guide, taken from the running site: `make guide` makes all of them again, each time alike.

The site runs in this process on a database in a folder that is thrown away, with the content it comes with, at a
standing hour (`NOW`). A screen is a function below `SCREENS`: it walks there and says what to show.
"""

import io
import os
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

HOUSE = Path(__file__).resolve().parents[1]
PICTURES = HOUSE / "docs" / "img"
NOW = "2026-11-23T09:00:00+02:00"  # a Monday
LARGEST = 80 * 1024
SCREENS = {}


def screen(name):
    """A picture of this name."""

    def keep(function):
        SCREENS[name] = function
        return function

    return keep


def window(height, left=200):
    """The upper part of the window, without the menu."""
    return {"x": left, "y": 0, "width": 1200 - left, "height": height}


def to_the_middle(element):
    """Have an element in the middle of the window."""
    element.evaluate("element => element.scrollIntoView({block: 'center', inline: 'nearest'})")


def menu_of_the_page(page):
    """What can be done with the page, at the bottom of the editor."""
    page.locator("footer [data-w-dropdown-target=toggle]").last.click()
    page.get_by_role("button", name="Publikuoti").first.wait_for()
    return {"x": 200, "y": 480, "width": 640, "height": 320}


# --- The screens ------------------------------------------------------------------------------------------------------


@screen("stalas")
def desk(page):
    page.goto("/admin/")
    return window(760, left=0)


@screen("naujiena")
def news(page):
    page.goto(f"/admin/pages/add/news/newspage/{number_of('naujienos')}/")
    return window(800)


@screen("blokai")
def blocks(page):
    page.goto(f"/admin/pages/add/news/newspage/{number_of('naujienos')}/")
    add = page.locator(".c-sf-add-button").first
    to_the_middle(add)
    add.click()
    page.get_by_text("Citata").first.wait_for()
    return window(800)


@screen("patikra")
def checks(page):
    page.goto(f"/admin/pages/{number_of('naujienos', child=True)}/edit/")
    page.locator("[data-side-panel-toggle=checks]").first.click()
    page.wait_for_timeout(1500)  # the panel slides in
    return window(800)


@screen("skelbti")
def publish(page):
    page.goto(f"/admin/pages/{number_of('apie-vvg')}/edit/")
    return menu_of_the_page(page)


@screen("renginio-datos")
def dates(page):
    page.goto(f"/admin/pages/{number_of('renginiai', child=True)}/edit/")
    to_the_middle(page.get_by_text("Kartoti datas").first)
    return window(800)


@screen("registracijos")
def registrations(page):
    page.goto(f"/admin/registracijos/{ASIDE['event']}/")
    return window(700)


@screen("registracija")
def registration_of_an_event(page):
    page.goto(f"/admin/pages/{ASIDE['event']}/edit/")
    page.get_by_role("tab", name="Registracija").click()
    return window(800)


@screen("paveikslelis")
def picture(page):
    page.goto(f"/admin/images/{ASIDE['image']}/")
    page.add_style_tag(content="[type=file], label[for=id_file] + * { visibility: hidden }")  # the browser's own words
    return window(700)


@screen("organizacijos")
def organisations(page):
    page.goto("/admin/snippets/partners/organisation/")
    return window(640)


@screen("importas")
def table_to_import(page):
    page.goto("/admin/snippets/partners/organisation/")
    page.get_by_role("link", name="Importuoti").click()
    page.wait_for_load_state()
    page.locator("[type=file]").set_input_files(
        {
            "name": "organizacijos.csv",
            "mimeType": "text/csv",
            "buffer": (
                "Pavadinimas;Rūšis;Įmonės kodas\r\n"
                "Nauja bendruomenė (pavyzdys);Bendruomeninė organizacija;\r\n"
                "Kita bendruomenė (pavyzdys);Nežinia kas;\r\n"
            ).encode(),
        }
    )
    page.locator("main form button[type=submit], .content form button[type=submit]").first.click()
    page.wait_for_load_state()
    return window(700)


@screen("narys")
def member(page):
    page.goto("/admin/snippets/members/member/add/")
    return window(800)


@screen("atstovai")
def delegates(page):
    page.goto("/admin/delegates/")
    return window(250)


@screen("siulomas-pakeitimas")
def proposal(page):
    page.goto(f"/admin/member_proposals/edit/{ASIDE['proposal']}/")
    return window(640)


@screen("laiskai")
def letters(page):
    page.goto("/admin/letters/")
    return window(250)


@screen("tvirtinti")
def approve(page):
    page.goto(f"/admin/pages/{ASIDE['submitted']}/edit/")
    return menu_of_the_page(page)


@screen("istorija")
def history(page):
    page.goto(f"/admin/pages/{number_of('apie-vvg')}/history/")
    return window(340)


@screen("siuksline")
def trash(page):
    page.goto("/admin/siuksline/")
    return window(340)


@screen("vaidmenys")
def roles_of_somebody(page):
    page.goto("/admin/users/new/#tab-roles")
    return window(560)


@screen("perkelta")
def moved(page):
    page.goto("/admin/perkelimas/")
    return window(800)


# What `fill` makes, by what it is: its number.
ASIDE = {}


def number_of(slug, child=False):
    """The number of a page, or of the newest one below it."""
    from wagtail.models import Page

    page = Page.objects.get(slug=slug)
    return page.get_children().order_by("-pk").first().pk if child else page.pk


def fill():
    """What goes on at a LAG: something waits for approval, somebody comes, a letter did not go."""
    from django.core.files.images import ImageFile
    from django.utils import timezone
    from wagtail.log_actions import LogContext

    from core.models import CustomImage, User
    from core.trash import put_away
    from core.trash_pages import put_page_away
    from desk.roles import CONTRIBUTOR
    from events.models import EventPage, Registration, RegistrationMode
    from home.models import StandardPage
    from members.models import Delegate, Member, MemberProposal
    from news.models import NewsIndexPage, NewsPage, Topic
    from outbox.models import Letter, LetterKind
    from wordpress_import.models import ImportedItem

    author = User.objects.create_user("rengeja", "rengeja@example.lt", first_name="Rengėja")
    author.groups.add(CONTRIBUTOR.group())
    page = NewsPage(title="Talka prie Nemuno: dirbome kartu (pavyzdys)", summary="Sutvarkytas krantas.", live=False)
    page.owner, page.date = author, "2026-11-21"
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision(user=author)
    page.get_workflow().start(page, author)

    about = StandardPage.objects.get(slug="apie-vvg")
    about.save_revision(user=author, log_action=True)
    about.save_revision(user=author, log_action=True).publish()

    event = EventPage.objects.exclude(registration=RegistrationMode.NONE).order_by("-pk").first()
    for organisation in ("Bendruomenė (pavyzdys)", "Seniūnija (pavyzdys)", ""):
        Registration.objects.create(
            event=event,
            date=event.ordered_dates[0] if event.registration == RegistrationMode.DATE else None,
            name="Vardas Pavardė",
            organisation=organisation,
            email=f"dalyvis{Registration.objects.count()}@example.lt",
            state="registered",
        )
    member = Member.objects.in_order().first()
    person = User.objects.create_user("atstovas@example.lt", "atstovas@example.lt", first_name="Vardas")
    Delegate.objects.create(user=person, member=member)
    proposal = MemberProposal.objects.create(
        member=member, user=person, before={"phone": member.phone}, after={"phone": "+370 600 00000"}
    )
    Letter.objects.create(
        kind=LetterKind.INVITATION,
        to="atstovas@exmaple.lt",
        subject="Kvietimas prisijungti",
        text="Laba diena",
        attempts=7,
        gave_up_at=timezone.now(),
        last_error="550 No such mailbox",
    )
    with LogContext(user=author):
        put_page_away(NewsPage.objects.exclude(pk=page.pk).order_by("pk").first())
        put_away([Topic.objects.create(name="Nebereikalinga tema (pavyzdys)", slug="nebereikalinga")])
    with (HOUSE / "static" / "img" / "og.png").open("rb") as file:
        image = CustomImage.objects.create(title="Piliakalnis", file=ImageFile(file, name="piliakalnis.png"))
    for number, (verdict, title, thing, remarks, lost) in enumerate(
        [
            ("failed", "Logotipas (pavyzdys)", None, ["Failo senosios svetainės aplanke nėra."], []),
            (
                "imported",
                "Talka prie Nemuno (pavyzdys)",
                page,
                ["Nežinomas trumpasis kodas [zemelapis]."],
                ["zemelapis"],
            ),
            ("imported", "Apie VVG (pavyzdys)", about, [], []),
        ],
        1,
    ):
        ImportedItem.objects.create(
            source="senoji.example.lt", kind="page" if thing is about else "post" if thing else "attachment",
            number=number, status="publish" if thing else "", title=title, verdict=verdict, thing=thing,
            old_address=f"https://senoji.example.lt/pavyzdys-{number}/",
            remarks=[{"code": "sample", "text": text} for text in remarks],
            words={"before": 180, "after": 180 - len(lost), "lost": lost} if thing else {},
        )  # fmt: skip
    ASIDE.update(event=event.pk, submitted=page.pk, proposal=proposal.pk, image=image.pk)


# --- The site and the browser -----------------------------------------------------------------------------------------


@contextmanager
def running_site(folder):
    """The site's address, while it runs in a thread of this process."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "lag_site.settings",
        "SECRET_KEY": "only-for-pictures",
        "DEBUG": "True",  # so that a password is enough
        "HTTPS": "False",
        "SITE_URL": "http://127.0.0.1:8199",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "EMAIL_URL": "dummymail://",
    }
    sys.path.insert(0, str(HOUSE))
    import django

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.management import call_command
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver
    from django.utils import translation

    # Names that the admin keeps are made now: `migrate` speaks no Lithuanian.
    translation.activate("lt")
    get_resolver().url_patterns  # noqa: B018
    for command in ("migrate", "set_up_roles", "load_content"):
        call_command(command, verbosity=0)
    with mock.patch.object(WSGIRequestHandler, "log_message"):
        server = ThreadedWSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
        server.daemon_threads = True
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def signed_in():
    """The cookie of somebody of the staff, with the name that the pictures show."""
    from django.conf import settings
    from django.test import Client

    from core.models import User

    person = User.objects.create_superuser("redaktore", "redaktore@example.lt", first_name="Redaktorė")
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value


def take(page, name):
    """One picture, as small as it can be without harm."""
    from PIL import Image

    clip = SCREENS[name](page)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    shot = page.screenshot(clip=clip, animations="disabled", caret="hide")
    with Image.open(io.BytesIO(shot)) as picture:
        for quality in (85, 75, 65, 50):
            kept = io.BytesIO()
            picture.convert("RGB").save(kept, "WEBP", quality=quality, method=6)
            if kept.tell() <= LARGEST:
                break
    (PICTURES / f"{name}.webp").write_bytes(kept.getvalue())
    print(f"{name}.webp: {picture.width}×{picture.height}, {kept.tell() // 1024} KB")


def main(names):
    """Take the pictures of these names, or all."""
    import time_machine
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's library runs a loop of its own
    PICTURES.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        time_machine.travel(NOW, tick=False),
        running_site(folder) as address,
        sync_playwright() as player,
    ):
        fill()
        name, value = signed_in()
        browser = player.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--lang=lt"],
            env={**os.environ, "LANGUAGE": "lt"},
        )
        for picture in names or SCREENS:
            # A context each: what is left open in one is not open in the next.
            context = browser.new_context(
                base_url=address,
                viewport={"width": 1200, "height": 800},
                device_scale_factor=1.5,
                locale="lt-LT",
                timezone_id="Europe/Vilnius",
                reduced_motion="reduce",
            )
            context.add_cookies([{"name": name, "value": value, "url": address}])
            page = context.new_page()
            page.clock.set_fixed_time(NOW)
            take(page, picture)
            context.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
