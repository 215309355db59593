"""Liên thông as the page of a dossier shows it: what it sent where, and of a part what it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from motcua.base import words
from motcua.dossiers.legs import OPEN_LEG
from motcua.dossiers.models import Leg
from motcua.dossiers.queries import visible_to_officer
from motcua.web.desk.access import Opened
from motcua.web.desk.act_forms.legs import stated_groups_of
from motcua.web.desk.acts.legs import IN_THE_BOX
from motcua.web.desk.papers import leg_key

Button = Mapping[str, Any]


@dataclass(frozen=True)
class Shown:
    """One leg as drawn. `state`: words, `kind`: how they are coloured; `facts`: label and words."""

    number: int
    to_name: str
    state: str
    kind: str
    facts: list[tuple[str, str]]
    papers: list[str]
    stated: list[str]
    part_code: str
    result_key: str
    acts: list[dict[str, str]]


@dataclass(frozen=True)
class Above:
    """What a part belongs to; `url` is empty where the reader does not take part in it."""

    code: str
    url: str
    root_code: str
    facts: list[tuple[str, str]]
    papers: int


def legs_of(opened: Opened, buttons: Mapping[str, Button]) -> list[Shown]:
    """Return every leg, the first sent first; one query. `buttons`: the acts open to the reader, by name."""
    if not opened.dossier.has_legs:
        return []
    legs = opened.dossier.legs.select_related("child", "to_unit", "from_unit", "sent_by", "received_by", "refused_by")
    at = opened.sitting.at
    return [_shown(leg, at, _acts(leg, buttons), _stated(opened, leg)) for leg in legs.order_by("number")]


def held_back_words(opened: Opened) -> str:
    """Say which required leg keeps the running step from being completed; "" when none does."""
    leg = opened.held_back
    if leg is None:
        return ""
    return _("Chưa xong bước này được: %(unit)s đang giữ phần liên thông số %(number)s từ %(since)s.") % {
        "unit": leg.to_name, "number": leg.number, "since": words.moment(leg.received_at or leg.sent_at),
    }  # fmt: skip


def above(opened: Opened) -> Above | None:
    """Return what the dossier is a part of; None for a root."""
    dossier = opened.dossier
    if dossier.parent_id is None:
        return None
    leg = Leg.objects.select_related("dossier", "from_unit", "sent_by").get(child=dossier)
    parent = leg.dossier
    reads = visible_to_officer(opened.sitting.posts, among=[parent.pk]).exists()
    sent = _("%(who)s, %(unit)s, %(at)s")
    facts = [
        (_("Nhờ làm"), leg.request),
        (_("Gửi"), sent % {"who": leg.sent_by.full_name, "unit": leg.from_unit.name, "at": words.moment(leg.sent_at)}),
    ]
    if leg.due_at:
        facts.append((_("Trả về"), words.moment(leg.due_at)))
    root = opened.stated.root
    facts.insert(0, (_("Trong hồ sơ"), " – ".join(part for part in (root.version.title, root.subject) if part)))
    return Above(
        code=parent.code or "",
        url=reverse("desk:dossier", args=[parent.code]) if reads else "",
        root_code=(root.code or "") if root.pk != parent.pk else "",
        facts=facts,
        papers=len(leg.manifest),
    )


def _acts(leg: Leg, buttons: Mapping[str, Button]) -> list[dict[str, str]]:
    """Return the acts about this leg that are open now."""
    if not leg.is_open:
        return []
    wanted = IN_THE_BOX if leg.to_system == Leg.System.CENTRAL else IN_THE_BOX - {"central_reply"}
    found = (buttons[name] for name in sorted(wanted) if name in buttons)
    return [{"label": button["label"], "url": f"{button['url']}?leg={leg.pk}"} for button in found]


def _stated(opened: Opened, leg: Leg) -> list[str]:
    """Name the groups of the form that went along."""
    if not leg.form_fields:
        return []
    return [title for title, names in stated_groups_of(opened.stated) if names & set(leg.form_fields)]


def _shown(leg: Leg, at: datetime, acts: list[dict[str, str]], stated: list[str]) -> Shown:
    state, kind = _state(leg, at)
    return Shown(
        number=leg.number,
        to_name=leg.to_name,
        state=state,
        kind=kind,
        facts=_facts(leg),
        papers=[_paper(line) for line in leg.manifest],
        stated=stated,
        part_code=(leg.child.code or "") if leg.child else "",
        result_key=leg_key(leg) if leg.document_id else "",
        acts=acts,
    )


def _paper(line: Mapping[str, Any]) -> str:
    return _("%(name)s (%(n)d bản)") % {"name": line["name"], "n": line["count"]}


def _state(leg: Leg, at: datetime) -> tuple[str, str]:
    if leg.refused_at is not None:
        return _("Không nhận"), "late"
    if leg.returned_at is not None:
        done = leg.outcome == Leg.Outcome.DONE
        return (_("Có kết quả"), "good") if done else (_("Dừng, không có kết quả"), "soon")
    if leg.dropped_at is not None:
        return _("Thôi chờ"), "plain"
    if leg.due_at is not None and leg.due_at < at:
        return _("Quá hạn trả về"), "late"
    if leg.to_system == Leg.System.CENTRAL:
        return _("Chờ trung ương"), "action"
    return (_("Đang làm"), "action") if leg.received_at else (_("Chờ nơi nhận xem"), "action")


def _facts(leg: Leg) -> list[tuple[str, str]]:
    """Return who did what when, in the order it happened."""
    sent = {"who": leg.sent_by.full_name, "at": words.moment_short(leg.sent_at), "number": leg.sent_number}
    lines = [
        (_("Nhờ làm"), leg.request),
        (_("Gửi"), (_("%(at)s · %(who)s, văn bản số %(number)s") if leg.sent_number else "%(at)s · %(who)s") % sent),
        *_until(leg),
        (_("Cần để"), _("xong bước đang làm") if leg.is_required else _("tham khảo, không phải chờ")),
    ]
    for label, moment, officer in (
        (_("Nhận"), leg.received_at, leg.received_by),
        (_("Không nhận"), leg.refused_at, leg.refused_by),
        (_("Trả về"), leg.returned_at, None),
        (_("Thôi chờ"), leg.dropped_at, None),
        (_("Ghi trễ"), leg.late_at, None),
        (_("Nhắc gần nhất"), leg.reminded_at, None),
    ):
        if moment:
            who = f" · {officer.full_name}" if officer else ""
            lines.append((label, f"{words.moment_short(moment)}{who}"))
    answered = " · ".join(
        part for part in (leg.result_number and _("số %(n)s") % {"n": leg.result_number}, leg.words) if part
    )
    return [*lines, (_("Trả lời"), answered)] if answered else lines


def _until(leg: Leg) -> list[tuple[str, str]]:
    if leg.due_at is None:
        return [(_("Hạn trả về"), _("chưa biết: %(why)s") % {"why": leg.unknown_why})]
    label = _("Dự kiến") if leg.to_system == Leg.System.CENTRAL else _("Hạn trả về")
    return [(label, words.moment(leg.due_at))]


def count_open(opened: Opened) -> int:
    """Return how many legs are still with others."""
    return opened.dossier.legs.filter(OPEN_LEG).count() if opened.dossier.has_legs else 0
