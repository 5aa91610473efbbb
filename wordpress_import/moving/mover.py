"""The steps of the move, item by item: each in a transaction of its own, none stopped by another."""

import logging
from collections import Counter
from contextlib import contextmanager
from pathlib import PurePosixPath

from django.db import reset_queries, transaction

from core.models import CustomDocument, CustomImage
from lithuanian.folding import fold
from news.models import Topic
from wordpress_import.addresses import folded_path
from wordpress_import.export import BrokenItem
from wordpress_import.media import PICTURE_NAMES, described
from wordpress_import.models import ImportedItem, Verdict
from wordpress_import.moving.indexing import Indexing
from wordpress_import.moving.memory import Memory, is_touched, page_of, remark, thing_of, was_deleted
from wordpress_import.moving.places import Places
from wordpress_import.moving.registers import read_registers
from wordpress_import.moving.states import State
from wordpress_import.moving.survey import survey
from wordpress_import.moving.texts import Texts
from wordpress_import.moving.tree import Tree
from wordpress_import.rules import Becomes

logger = logging.getLogger(__name__)


class _Undone(Exception):
    """Ends a rehearsal."""


def nothing_to_tell(label, done, total):
    """A progress that nobody watches."""


class Mover:
    """
    One run of the import.

    export: an `export.Export`; rules: `rules.Rules`; media: `media.Media`. is_rehearsal: everything is done, and undone
    at the end, files too. progress: called with what goes on, how many are done, how many there are. before_undoing:
    called at the end, while what a rehearsal would leave can still be read.
    """

    def __init__(self, export, rules, media, is_rehearsal=False, progress=nothing_to_tell, before_undoing=None):
        self.export, self.rules, self.media = export, rules, media
        self.is_rehearsal, self.progress = is_rehearsal, progress
        self._before_undoing = before_undoing or (lambda mover: None)
        self.indexing = Indexing()
        self.source = export.host or export.digest[:16]
        # What happened in this run: how many rows were written, and how many items came to which verdict.
        self.done = Counter()

    def run(self):
        """Bring everything that is new."""
        try:
            with self._rehearsed():
                self._run()
                self._before_undoing(self)
                if self.is_rehearsal:
                    raise _Undone
        except _Undone:
            pass

    @contextmanager
    def _rehearsed(self):
        if self.is_rehearsal:
            with transaction.atomic():
                yield
        else:
            yield

    def _run(self):
        self.progress("Skaitomas eksportas", 0, self.export.count)
        self.survey = survey(self.export, self.rules)
        self.memory = Memory(self.source)
        self.tree = Tree(self.export, self.survey, self.memory)
        self.tree.prepare()
        self.topics = self._bring_terms()
        with self.indexing.instead_of_signals():
            self._bring_media()
            self._make_shells()
            places = Places(self.export, self.rules, self.survey, self.tree, self.memory)
            self.texts = Texts(self.survey, self.tree, self.memory, places, self.topics)
            self._bring_texts()

    # --- Categories and tags ---

    def _bring_terms(self):
        """Topics of the categories and tags that news are filed under: a dict of (taxonomy, slug) and topic."""
        topics, by_name = {}, {fold(topic.name): topic for topic in Topic.objects.all()}
        parents = {(term.taxonomy, term.slug): term.parent_slug for term in self.export.terms}
        for term in self.export.terms:
            if term.taxonomy not in ("category", "post_tag") or term.number is None:
                continue
            with transaction.atomic():
                topic = self._bring_term(term, by_name, _path_of_term(term, parents))
            if topic is not None:
                topics[term.taxonomy, term.slug] = topic
        return topics

    def _bring_term(self, term, by_name, path):
        row = self.memory.row(term.taxonomy, term.number)
        if row is None:
            row = ImportedItem(source=self.source, kind=term.taxonomy, number=term.number)
        row.title, row.old_path = term.name, folded_path(path)
        row.old_address = f"{self.export.site_url}/{path}/"
        is_used = (term.taxonomy, term.slug) in self.survey.terms and self.rules.makes_topic(term.slug, term.name)
        topic = thing_of(row)
        if is_used and topic is None and not was_deleted(row):
            topic = by_name.get(fold(term.name)) or self._new_topic(term)
            by_name[fold(term.name)] = topic
        if topic is not None:
            row.thing = topic
        row.verdict = Verdict.IMPORTED if row.object_id else Verdict.LEFT
        self._enter(row)
        return topic

    @staticmethod
    def _new_topic(term):
        topic = Topic(name=(term.name[:1].upper() + term.name[1:])[:255])
        topic.save()
        topic.save_revision()
        return topic

    # --- Pictures and documents ---

    def _bring_media(self):
        attachments = [noted for noted in self.survey.items.values() if noted.kind == "attachment"]
        self.brought_media = False
        done = 0
        for item in self.export.items() if attachments else ():
            if isinstance(item, BrokenItem) or item.kind != "attachment":
                continue
            done += 1
            self.progress("Paveikslėliai ir dokumentai", done, len(attachments))
            self._alone(item, self._bring_attachment)

    def _bring_attachment(self, item):
        row = self.memory.row(item.kind, item.number)
        noted = self.survey.items[item.number]
        if row is not None and row.object_id is not None:
            # What came is the editors' now: whatever they have done with it stays.
            row = self.memory.of_item(item)
            row.file_path = folded_path(item.file)
            self._enter(row)
            return
        row = self.memory.of_item(item)
        row.file_path = folded_path(item.file)
        if self.is_rehearsal:
            told = self.media.trouble(item)
            thing = None if told else _stand_in(item)
        else:
            brought = self.media.bring(item, closed=item.number in self.survey.closed_files)
            thing, told = brought.thing, brought.remark
        row.remarks = [remark(told.code, told.text)] if told else []
        row.digest = noted.digest
        if thing is not None:
            row.thing, row.verdict = thing, Verdict.IMPORTED
            self.brought_media = True
        else:
            row.verdict = Verdict.FAILED
        self._enter(row)

    # --- Pages ---

    def _make_shells(self):
        order = self.tree.order()
        for done, number in enumerate(order, 1):
            self.progress("Puslapių vietos", done, len(order))
            noted = self.survey.items[number]
            self._alone(noted, self._make_shell)

    def _make_shell(self, noted):
        self.tree.shell(noted.number)
        self.indexing.forget()

    def _bring_texts(self):
        broken = 0
        for done, item in enumerate(self.export.items(), 1):
            self.progress("Tekstai", done, self.export.count)
            if isinstance(item, BrokenItem):
                broken += 1
                self._enter_broken(item, broken)
            elif item.kind != "attachment":
                self._alone(item, self._bring_text)

    def _bring_text(self, item):
        noted = self.survey.items[item.number]
        row = self.memory.of_item(item)
        if (
            row.verdict == Verdict.FAILED
            and row.object_id is None
            and self.memory.row(item.kind, item.number)
            and (item.number not in self.tree.shells)
            and noted.state is not State.LEFT
            and noted.becomes is not Becomes.LEAVE
        ):
            return  # its shell could not be made, which has been told
        if noted.state is State.LEFT or noted.becomes is Becomes.LEAVE:
            self._leave(item, noted, row)
        elif was_deleted(row):
            if row.digest != noted.digest or row.verdict != Verdict.KEPT:
                row.verdict, row.digest = Verdict.KEPT, noted.digest
                row.remarks = [remark("deleted", "Puslapį čia kažkas ištrynė: iš naujo nekeliamas.")]
            self._enter(row)
        elif self._is_unchanged(row, noted):
            row.comments = item.comments
            self._enter(row)
        else:
            self._change(item, row)

    def _is_unchanged(self, row, noted):
        if row.digest != noted.digest or row.verdict not in (Verdict.IMPORTED, Verdict.KEPT):
            return False
        lacked_files = any(one["code"] == "missing-media" for one in row.remarks)
        return not (lacked_files and self.brought_media and row.verdict == Verdict.IMPORTED)

    def _change(self, item, row):
        shell = self.tree.shells[item.number]
        page = page_of(row)
        if is_touched(page, row):
            self.texts.keep(item, page, row)
        else:
            remarks, said = read_registers(self.survey.items[item.number], item, self.export, self.tree)
            self.texts.bring(said, shell, row)
            row.remarks += remarks
        self._enter(row)

    def _leave(self, item, noted, row):
        """What stays behind; a page that came earlier is withdrawn, unless an editor has made it theirs."""
        page = page_of(row)
        if page is not None and row.digest != noted.digest:
            if is_touched(page, row):
                row.verdict = Verdict.KEPT
                row.remarks = [
                    remark("kept", "Senojoje svetainėje įrašas pašalintas, o čia jį pataisė redaktorius: liko.")
                ]
            else:
                page.unpublish(log_action=False)
                row.left_as = {**row.left_as, "live": False, "scheduled": False}
                row.verdict = Verdict.LEFT
                row.remarks = [remark("withdrawn", "Senojoje svetainėje įrašas pašalintas: čia jis nebeskelbiamas.")]
        elif page is None:
            row.verdict = Verdict.LEFT
        row.digest, row.comments = noted.digest, item.comments
        self._enter(row)

    def _enter_broken(self, item, place):
        """What cannot even be read: known by its number, or by its place among its like."""
        title = item.title[:200]
        row = self.memory.row("broken", item.number or place)
        row = row or ImportedItem(source=self.source, kind="broken", number=item.number or place)
        row.title, row.verdict, row.remarks = title, Verdict.FAILED, [remark("broken", item.reason)]
        with transaction.atomic():
            self._enter(row)

    # --- Each by itself ---

    def _alone(self, item, step):
        """Do one step in a transaction; if it fails the item is remembered as failed, and the rest goes on."""
        try:
            with transaction.atomic():
                step(item)
                self.indexing.catch_up()
        except Exception as error:  # whatever it is: one item must not stop the others
            logger.debug("An item was not brought", exc_info=True)
            told = f"Perkelti nepavyko ({type(error).__name__}: {str(error)[:300]}). Kiti įrašai perkelti toliau."
            self.memory.fail(item, remark("failed", told))
            self.tree.shells.pop(item.number, None)
            self.done[Verdict.FAILED] += 1
        reset_queries()  # with DEBUG Django keeps every question, texts and all

    def _enter(self, row):
        if self.memory.keep(row):
            self.done[row.verdict] += 1


def _stand_in(item):
    """In a rehearsal: a row without a file in the place of a picture or document, undone with everything else."""
    kind = PurePosixPath(item.file).suffix.lstrip(".").lower()
    if kind in PICTURE_NAMES:
        image = CustomImage(title=item.title[:255], description=described(item), width=1, height=1)
        image.file.name = f"bandymas/{item.number}.{kind}"
        image.save()
        return image
    document = CustomDocument(title=item.title[:255])
    document.file.name = f"bandymas/{item.number}.{kind}"
    document.save()
    return document


def _path_of_term(term, parents):
    """The path of a category's or tag's page at the old site: categories stand below each other."""
    base = "category" if term.taxonomy == "category" else "tag"
    parts, slug = [], term.slug
    while slug and slug not in parts and len(parts) < 20:
        parts.insert(0, slug)
        slug = parents.get((term.taxonomy, slug), "")
    return "/".join([base, *parts])
