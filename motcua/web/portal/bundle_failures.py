"""What a bundle's page says where a part of it came to nothing: which, why, what goes on, and what to do about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from motcua.catalogue.bundles import Bundle, bundles
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import BundleMember, Dossier
from motcua.web.portal.timeline import REASONS_TOLD

# fmt: off
ENDED: Mapping[str, tuple[str, str]] = {  # how it ended → what is said of it, what to do
    Status.REFUSED:   (gettext_noop("%(title)s không được tiếp nhận."),
                       gettext_noop("Xem lý do, chuẩn bị lại rồi nộp hồ sơ mới; còn điều chưa rõ thì hỏi %(unit)s.")),
    Status.STOPPED:   (gettext_noop("%(title)s đã dừng xử lý, không có kết quả."),
                       gettext_noop("Xem lý do và hỏi %(unit)s; khi đã đủ điều kiện thì nộp hồ sơ mới.")),
    Status.WITHDRAWN: (gettext_noop("Bạn đã rút %(title)s."),
                       gettext_noop("Khi cần, bạn nộp hồ sơ mới.")),
}
# fmt: on


@dataclass(frozen=True)
class Failure:
    """One dossier of the bundle that ended without a result: what is said, the reason told, and the ways on."""

    title: str
    reason: str
    advice: str
    ways: Sequence[tuple[str, str]]  # address, words


def failures_of(bundle: Bundle, members: Sequence[BundleMember], found: Mapping[int, Dossier]) -> list[Failure]:
    """Return what came to nothing, in the bundle's order; `found`: its filed dossiers by their ids."""
    return [
        _failure(bundle, one, found[one.dossier_id], members)
        for one in members
        if one.dossier_id in found and is_over_without(found[one.dossier_id])
    ]


def is_over_without(dossier: Dossier) -> bool:
    """Return whether a filed dossier ended and no result of it comes."""
    return dossier.status in ENDED


def never_comes(bundle: Bundle, member: BundleMember, members: Iterable[BundleMember]) -> bool:
    """Return whether what a stopped member waited for will not be there; else something of its own kept it back."""
    after = bundle.member(member.key).after
    return any(is_over_without(one.dossier) for one in members if one.key in after)


def _failure(bundle: Bundle, member: BundleMember, dossier: Dossier, members: Sequence[BundleMember]) -> Failure:
    said, advice = ENDED[dossier.status]
    unit = dossier.receiving_unit.name if dossier.receiving_unit else _("nơi tiếp nhận")
    facts = {"title": f"«{dossier.version.title}»", "unit": unit}
    url = reverse("portal:filing", args=[dossier.version.procedure.code])
    ways = [(url, _("Nộp lại %(title)s") % facts)]
    held = _held_by(bundle, member, members)
    if held:
        ways.append((reverse("portal:bundle_start", args=[bundle.code]), _("Làm lại cả bộ từ đầu")))
    effect = _effect(bundle, member, held)
    return Failure(gettext(said) % facts, _reason(dossier), f"{gettext(advice) % facts} {effect}".strip(), ways)


def held_back_by(dossier: Dossier) -> list[str]:
    """Return the names of what would not go if this dossier ended without a result; none outside a bundle."""
    row = BundleMember.objects.select_related("bundle").filter(dossier=dossier).first()
    bundle = bundles().get(row.bundle.kind) if row else None
    if row is None or bundle is None:
        return []
    members = row.bundle.members.select_related("dossier__version").order_by("position")
    return [one.dossier.version.title for one in _held_by(bundle, row, members)]


def _held_by(bundle: Bundle, member: BundleMember, members: Iterable[BundleMember]) -> list[BundleMember]:
    """Return what did not go because of it and is still the citizen's draft."""
    return [
        one
        for one in members
        if member.key in bundle.member(one.key).after and not one.dossier.code and one.released_at is None
    ]


def _effect(bundle: Bundle, member: BundleMember, held: Sequence[BundleMember]) -> str:
    if not held:
        return _("Các hồ sơ khác của bộ không bị ảnh hưởng.")
    titles = ", ".join(f"«{one.dossier.version.title}»" for one in held)
    said = _("Có %(output)s rồi thì làm tiếp %(titles)s ở dưới: những gì đã khai vẫn còn, không phải khai lại.")
    return said % {"output": bundle.member(member.key).output, "titles": titles}


def _reason(dossier: Dossier) -> str:
    """Return the reason as it was written to the citizen; "" where none was."""
    last = dossier.events.order_by("-seq").first()
    return last.reason if last and last.move in REASONS_TOLD else ""
