"""The lessons themselves: nothing in them is broken, every number holds, every page is light."""

import re

import pytest

from adexplain.lessons import entries, load, terms
from adexplain.lessons.checking import faults, glossary_faults
from adexplain.lessons.claims import claims_of
from adexplain.lessons.fences import Trace
from adexplain.lessons.lesson import slugs
from adexplain.lessons.running import run_code
from tests.lessons import claims

LIMIT = 200_000
every_lesson = pytest.mark.parametrize("slug", slugs())


@every_lesson
def test_nothing_is_broken(client, slug):
    def leads(address: str) -> bool:
        return client.get(address).status_code == 200

    assert [str(fault) for fault in faults(slug, leads)] == []


def test_nothing_is_broken_in_the_glossary(client):
    def leads(address: str) -> bool:
        return client.get(address).status_code == 200

    assert [str(fault) for fault in glossary_faults(leads)] == []


@every_lesson
@pytest.mark.slow
def test_every_block_of_code_runs(slug):
    assert run_code(load(slug)) is None


@every_lesson
def test_every_claim_holds(slug):
    for claim in claims_of(load(slug)):
        if claim.check:
            getattr(claims, claim.check)()


@every_lesson
def test_the_page_is_light_and_whole(client, slug):
    page = client.get(f"/lessons/{slug}")
    assert page.status_code == 200
    assert len(page.content) < LIMIT
    lesson = load(slug)
    assert lesson.front.title in page.text
    shown = [part for part in lesson.parts if isinstance(part, Trace) and not part.hidden]
    assert page.text.count('<figure class="live') == len(shown)
    assert page.text.count('class="answer-details"') >= len(lesson.questions)
    assert "<code>\\" not in page.text  # a formula that could not be set stands there as it is
    assert "[[" not in re.sub(r"<pre.*?</pre>", "", page.text, flags=re.DOTALL)


@every_lesson
def test_it_has_the_rhythm_of_a_lesson(slug):
    lesson = load(slug)
    minutes = lesson.front.minutes  # a page takes one and a half to three
    fewest = 8 if minutes >= 20 else minutes / 3
    assert fewest <= len(lesson.slides) <= min(14, minutes / 1.5)
    assert lesson.questions
    assert lesson.front.sources
    assert all(slide.notes for slide in lesson.slides), "every page has notes"


def test_the_order_is_one_that_can_be_followed():
    seen: set[str] = set()
    for entry in entries():
        assert set(entry.front.needs) <= seen
        seen.add(entry.slug)


def test_every_term_of_the_glossary_stands_once():
    anchors = [term.anchor for term in terms().values()]
    assert len(anchors) == len(set(anchors)) > 20
