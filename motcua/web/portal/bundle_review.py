"""The last screen of a bundle: everything once more with its papers, what it costs together, where each part goes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from motcua.base.words import local_day
from motcua.catalogue.bundles import Bundle, bundles
from motcua.catalogue.cases import case_for
from motcua.catalogue.fees import ChargeLine, charges_for, total
from motcua.dossiers import clock
from motcua.dossiers.actions import Units
from motcua.dossiers.actions.filing import Problem
from motcua.dossiers.deadlines import term_of
from motcua.dossiers.models import BundleMember, Channel, FiledBundle
from motcua.dossiers.steps import facts_of
from motcua.web.portal.bundle_screens import Stop, brought, way_of
from motcua.web.portal.filing import Place
from motcua.web.portal.papers import Card, cards_of
from motcua.web.portal.review import parts_of
from motcua.web.portal.screens import PAPERS
from motcua.web.portal.units import communes_served


@dataclass(frozen=True)
class Reviewed:
    """One member on the review: what was said, its papers, where it goes, how long and how much, what it waits for.

    `brought`: the papers that come from another member, with what brings each.
    """

    title: str
    parts: list[dict[str, object]]
    cards: Sequence[Card]
    brought: Sequence[tuple[str, str]]
    papers_url: str
    units: Units | None
    term: str
    charges: Sequence[ChargeLine]
    waits_for: str


def review_page(
    request: HttpRequest, row: FiledBundle, places: Mapping[BundleMember, Place | None],
    units: Mapping[str, Units], problems: Iterable[Problem],
) -> HttpResponse:  # fmt: skip
    """Show the whole bundle; `places`: the first screen of each member, None where it asks nothing."""
    bundle = bundles()[row.kind]
    members = [_reviewed(bundle, member, place, units.get(member.key)) for member, place in places.items()]
    way = way_of(row, communes_served(local_day(timezone.now())))
    charges = [line for member in members for line in member.charges]
    context = {
        "row": row,
        "bundle": bundle,
        "members": members,
        "charges": charges,
        "total": total(charges),
        "problems": [{"text": one.text, "url": _url_of(way.stops, one)} for one in problems],
        "steps": way.bar,
        "counted": way.words,
        "back_url": way.before.url if way.before else "",
    }
    return render(request, "portal/bundle_review.html", context)


def _reviewed(bundle: Bundle, member: BundleMember, place: Place | None, units: Units | None) -> Reviewed:
    draft, facts = member.dossier, facts_of(member.dossier)
    term = term_of(draft.version, case_for(draft.version.cases.all(), facts), Channel.ONLINE)
    fed, cards = brought(member), cards_of(draft, {})
    asks_papers = place is not None and any(screen.key == PAPERS for screen in place.screens)
    on = local_day(timezone.now())
    return Reviewed(
        title=draft.version.title,
        parts=parts_of(place) if place else [],
        cards=[card for card in cards if not card.key.isdecimal() or int(card.key) not in fed],
        brought=[(card.name, fed[int(card.key)]) for card in cards if card.key.isdecimal() and int(card.key) in fed],
        papers_url=_papers_url(place) if place and asks_papers else "",
        units=units,
        term=clock.term_words(term) if term else "",
        charges=charges_for(draft.version.fees.all(), facts=facts, channel=Channel.ONLINE, on=on),
        waits_for=bundle.waits_for(member.key),
    )


def _papers_url(place: Place) -> str:
    return place.url(next(screen for screen in place.screens if screen.key == PAPERS))


def _url_of(stops: Sequence[Stop], problem: Problem) -> str:
    """Return the screen where a fault is mended; its member's first, or the very first, where none asks it."""
    key, _colon, where = problem.where.partition(":")
    of_member = [stop for stop in stops if stop.row.key == key] or list(stops[:1])
    asking = (
        stop
        for stop in of_member
        if (where.startswith("paper:") and stop.screen.key == PAPERS)
        or where.removeprefix("form_data.") in stop.screen.mirrors
        or any(question.name == where for question in stop.screen.questions)
    )
    stop = next(asking, of_member[0] if of_member else None)
    if stop is None:
        return ""
    return stop.url if stop.screen.key == PAPERS else f"{stop.url}?sua"
