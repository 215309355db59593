"""Which bundles of a life event the counter offers: by the procedure that leads one, or by the words typed."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from motcua.base.text import fold
from motcua.base.words import vnd
from motcua.catalogue.bundles import Bundle, Member, bundles
from motcua.catalogue.conditions import holds, may_hold
from motcua.catalogue.fees import charges_for, total
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import published_version
from motcua.dossiers.models import Channel


@dataclass(frozen=True)
class Ahead:
    """A member before it is keyed in: what it waits for ("" when it is taken in at once) and what it costs, in words."""

    title: str
    waits_for: str
    fee: str


def versions_of(bundle: Bundle) -> dict[str, ProcedureVersion] | None:
    """Return the version in force of each member; None while one of them takes no dossiers here."""
    found = {member.key: published_version(member.procedure) for member in bundle.members}
    versions = {key: version for key, version in found.items() if version is not None and version.is_fileable}
    return versions if len(versions) == len(bundle.members) else None


def led_by(version: ProcedureVersion) -> list[Bundle]:
    """Return the bundles that a dossier of this procedure can be the first of."""
    code = version.procedure.code
    return [one for one in bundles().values() if one.members[0].procedure == code and versions_of(one)]


def bundles_for(text: str) -> list[Bundle]:
    """Return the bundles whose name or occasion has every word typed; with or without diacritics."""
    words = fold(text).split()
    if not words:
        return []
    meant = (one for one in bundles().values() if all(word in _content(one) for word in words))
    return [one for one in meant if versions_of(one)]


def after_the_first(bundle: Bundle, on: date) -> list[Ahead]:
    """Return the members keyed in after the first, in their order, as far as nothing was answered about them."""
    versions = versions_of(bundle) or {}
    return [
        Ahead(versions[member.key].title, bundle.waits_for(member.key), _fee(versions[member.key], member, on))
        for member in bundle.members[1:]
        if member.key in versions
    ]


def _fee(version: ProcedureVersion, member: Member, on: date) -> str:
    rules, facts = list(version.fees.all()), {**member.answers, **member.values}
    if any(may_hold(rule.condition, facts) and not holds(rule.condition, facts) for rule in rules):
        return _("phí tùy trường hợp")
    sum_of = total(charges_for(rules, facts=facts, channel=Channel.COUNTER, on=on))
    if sum_of.has_unknown:
        return _("phí chưa xác định")
    return _("phí %(amount)s") % {"amount": vnd(sum_of.known_vnd)} if sum_of.known_vnd else _("không thu phí")


def _content(bundle: Bundle) -> str:
    return fold(f"{bundle.name} {bundle.summary} {bundle.life_event.replace('-', ' ')}")
