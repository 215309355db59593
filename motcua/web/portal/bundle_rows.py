"""Bundles among one's dossiers: each one row that leads to its page, with its dossiers under it, those that wait too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.catalogue.bundles import Bundle, bundles
from motcua.dossiers.actions.bundling_at_counter import is_keyed_in
from motcua.dossiers.models import BundleMember, Channel, Dossier, FiledBundle
from motcua.people.models import Citizen
from motcua.web.portal.bundle_failures import never_comes
from motcua.web.portal.standing import standing_of, with_standing
from motcua.web.shared.bundle_paper import title_of
from motcua.web.shared.tracking import tracking_path

MOST = 20


@dataclass(frozen=True)
class Line:
    """One dossier of the bundle: `state` and `kind` as drawn beside it, a sentence, and where it leads.

    `discard_url`: where a draft that goes on by itself can be thrown away.
    """

    title: str
    state: str
    kind: str
    text: str
    url: str
    url_text: str
    discard_url: str = ""


@dataclass(frozen=True)
class Group:
    """One bundle in the list. `discard_url`: where one that is not filed yet is thrown away."""

    row: FiledBundle
    name: str
    url: str
    state: str
    kind: str
    lines: Sequence[Line]
    discard_url: str = ""


def bundles_listed(citizen: Citizen, *, closed: bool) -> QuerySet[FiledBundle]:
    """Return the bundles of a citizen that are begun or have an open dossier, or the others; newest first."""
    going_on = BundleMember.objects.filter(bundle=OuterRef("pk"), dossier__closed_at__isnull=True)
    found = FiledBundle.objects.filter(citizen=citizen).filter(~Exists(going_on) if closed else Exists(going_on))
    return found.order_by("-created_at")[:MOST]


def groups_of(rows: Iterable[FiledBundle], now: datetime) -> list[Group]:
    """Return the bundles as listed, in a fixed number of queries."""
    listed = [row for row in rows if row.kind in bundles()]
    members = BundleMember.objects.filter(bundle__in=listed).select_related("dossier__version").order_by("position")
    found = standing_in([one for one in members if one.dossier.code])
    return [_group(row, [one for one in members if one.bundle_id == row.pk], found, now) for row in listed]


def standing_in(members: Iterable[BundleMember]) -> dict[int, Dossier]:
    """Return the filed dossiers of the members with where they stand, by their ids."""
    filed = [one.dossier_id for one in members]
    return {one.pk: one for one in with_standing(Dossier.objects.filter(pk__in=filed))} if filed else {}


def lines_of(
    bundle: Bundle, members: Iterable[BundleMember], found: Mapping[int, Dossier], now: datetime
) -> list[Line]:
    """Return a line for each member of a filed bundle; `found`: its filed dossiers with where they stand."""
    rows = list(members)
    return [_line(bundle, one, found.get(one.dossier_id), rows, now) for one in rows]


def public_lines(lines: Iterable[Line]) -> list[Line]:
    """Return the lines for whoever looks the bundle up without signing in: each code leads to its own such page."""
    rows = list(lines)
    public = [tracking_path(one.url_text) if one.url and not one.discard_url else "" for one in rows]
    return [replace(one, url=url, discard_url="") for one, url in zip(rows, public, strict=True)]


def _group(row: FiledBundle, members: Sequence[BundleMember], found: Mapping[int, Dossier], now: datetime) -> Group:
    bundle = bundles()[row.kind]
    if row.filed_at is None:
        url = reverse("portal:bundle_step", args=[row.pk, bundle.members[0].key])
        discard = reverse("portal:discard", args=[members[0].dossier_id])
        return Group(row, title_of(row), url, _("Bản nháp"), "plain", [], discard)
    state, kind = _state(members, found, now)
    url = reverse("portal:bundle", args=[row.code])
    return Group(row, title_of(row), url, state, kind, lines_of(bundle, members, found, now))


def _state(members: Iterable[BundleMember], found: Mapping[int, Dossier], now: datetime) -> tuple[str, str]:
    """Return what most needs to be known of the bundle, and how it is coloured."""
    standings = [standing_of(one, now) for one in found.values()]
    if any(one.stopped_at and not one.dossier.code for one in members):
        return _("Một phần không chuyển đi"), "late"
    if any(one.needs_you for one in standings):
        return _("Chờ bạn"), "soon"
    if all(one.dossier.closed_at for one in members):
        return _("Đã kết thúc"), "plain"
    return _("Đang được giải quyết"), "action"


def _line(
    bundle: Bundle, member: BundleMember, dossier: Dossier | None, members: Sequence[BundleMember], now: datetime
) -> Line:
    title = member.dossier.version.title
    if dossier is not None:
        standing = standing_of(dossier, now)
        said = [
            f"{standing.title}.",
            standing.text if standing.needs_you else "",
            standing.left and f"{standing.left}.",
            _("Cán bộ có hẹn gặp bạn tại chỗ: mở hồ sơ để xem giờ.") if standing.visit else "",  # others read it too
        ]
        url = reverse("portal:dossier", args=[dossier.code])
        return Line(title, standing.short, standing.kind, " ".join(filter(None, said)), url, dossier.code or "")
    if member.stopped_at and member.dossier.channel == Channel.COUNTER:
        text = f"{member.stopped_why} {_('Những gì đã khai vẫn còn ở quầy; bạn đến nơi đã nộp để làm tiếp hồ sơ này.')}"
        return Line(title, _("Không chuyển đi"), "late", text, "", "")
    if member.stopped_at:
        url = reverse("portal:screen", args=[member.dossier_id, "nguoi-nop"])
        discard = reverse("portal:discard", args=[member.dossier_id])
        text = f"{member.stopped_why} {_what_to_do(bundle, member, members)}"
        return Line(title, _("Không chuyển đi"), "late", text, url, _("Làm tiếp riêng hồ sơ này"), discard)
    if member.dossier.channel == Channel.COUNTER and not is_keyed_in(member.dossier):
        words = _("Chưa khai xong ở quầy. Bạn đến nơi đã nộp khai nốt, trước khi có %(output)s.")
        return Line(title, _("Chờ bạn"), "soon", words % {"output": bundle.waits_for(member.key)}, "", "")
    words = _("Chờ %(output)s. Chưa tính hạn; có là chuyển đi ngay, bạn không phải làm gì.")
    return Line(title, _("Đang chờ"), "plain", words % {"output": bundle.waits_for(member.key)}, "", "")


def _what_to_do(bundle: Bundle, member: BundleMember, members: Sequence[BundleMember]) -> str:
    if never_comes(bundle, member, members):
        return _("Khi có giấy ấy, bạn nộp tiếp hồ sơ này; những gì đã khai vẫn còn.")
    return _("Bạn mở ra, sửa chỗ đó rồi nộp riêng hồ sơ này; những gì đã khai vẫn còn.")
