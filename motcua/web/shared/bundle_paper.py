"""The proof of a whole bundle: the codes there are, what waits and for what, what comes next; for the portal and the counter."""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base import words
from motcua.catalogue.bundles import bundles
from motcua.catalogue.cases import case_for
from motcua.catalogue.fees import charges_for, total
from motcua.documents.codes import qr_svg
from motcua.dossiers import clock, deadlines
from motcua.dossiers.actions.bundling_at_counter import is_keyed_in
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import BundleMember, Channel, Charge, Dossier, FiledBundle
from motcua.dossiers.steps import facts_of
from motcua.web.shared.proving import NextThing, amount_words, next_things
from motcua.web.shared.slips import with_lookup
from motcua.web.shared.tracking import tracking_url

WITH = ("version__procedure", "case", "calendar", "filed_by", "receiving_unit", "competent_unit", "resolving_unit")


@dataclass(frozen=True)
class Proved:
    """One dossier of the bundle: its code, or what it waits for and in which dossier that is made."""

    dossier: Dossier
    code: str
    qr: str
    waits_for: str
    unit: str


def proved_of(row: FiledBundle) -> list[Proved]:
    """Return every dossier of the bundle in its order, as it stands now."""
    members = row.members.select_related(*(f"dossier__{name}" for name in WITH)).order_by("position")
    return [_proved(row, member) for member in members]


def title_of(row: FiledBundle) -> str:
    """Return what people call the bundle."""
    return bundles()[row.kind].name if row.kind in bundles() else _("Bộ hồ sơ")


def next_of(proved: Sequence[Proved]) -> list[NextThing]:
    """Return what comes next: for those that went what each office does, for those that wait when they go and where."""
    gone = [one for one in proved if one.code]
    things = [
        NextThing(f"{one.dossier.version.title}: {thing.title}" if len(gone) > 1 else thing.title, thing.text)
        for one in gone
        for thing in next_things(one.dossier) or _answered(one.dossier)
    ]
    return things + [_later(one) for one in proved if one.waits_for]


def confirmation(row: FiledBundle) -> dict[str, object]:
    """Return what the paper with all codes says, worded; `row` was filed."""
    proved, filed_at = proved_of(row), _filed_at(row)
    first = proved[0].dossier
    data = {
        "title": _("Xác nhận đã nộp bộ hồ sơ"),
        "issued_at": filed_at.isoformat(),
        "head": {"agency": first.receiving_unit.name if first.receiving_unit else ""},
        "bundle": {"code": row.code or "", "name": title_of(row)},
        "applicant": first.applicant.get("full_name") or row.citizen.full_name,
        "filed": words.moment(filed_at),
        "members": [_on_paper(one) for one in proved],
        "charges": [_charged(charge) for charge in charges_of(proved)],
        "next": [{"title": thing.title, "text": thing.text} for thing in next_of(proved)],
        "tracking": {"code": row.code or "", "lookup_url": "", "lookup_shown": "", "hotline": ""},
    }
    return with_lookup(data, next((one.code for one in proved if one.code), ""))


def _proved(row: FiledBundle, member: BundleMember) -> Proved:
    dossier, code = member.dossier, member.dossier.code or ""
    waits = not code and member.stopped_at is None
    return Proved(
        dossier=dossier,
        code=code,
        qr=b64encode(qr_svg(tracking_url(code)).encode()).decode() if code else "",
        waits_for=bundles()[row.kind].waits_for(member.key) if waits else "",
        unit=dossier.competent_unit.name if dossier.competent_unit else "",
    )


def _charged(charge: Charge) -> dict[str, str]:
    paid = _("đã thu") if charge.paid_at else _("chưa thu") if charge.amount_vnd else ""
    return {"name": charge.name, "amount": amount_words(charge), "paid": f" ({paid})" if paid else ""}


def _answered(dossier: Dossier) -> list[NextThing]:
    """Say of a dossier the counter has answered when its result comes, or which papers it waits for."""
    if dossier.status == Status.INCOMPLETE and (asked := dossier.supplements.first()) is not None:
        said = _("%(reason)s Chậm nhất %(due)s.") % {"reason": asked.reason, "due": words.moment(asked.due_at)}
        return [NextThing(_("Bạn bổ sung giấy tờ"), said)]
    if dossier.finished_at is not None or dossier.closed_at is not None or dossier.received_at is None:
        return []
    name = dossier.version.results[0]["name"] if dossier.version.results else _("kết quả")
    due = _("Hẹn trả %(due)s.") % {"due": words.moment(dossier.due_at)} if dossier.due_at else ""
    title = _("Bạn nhận %(result)s") % {"result": name[:1].lower() + name[1:]}
    return [NextThing(title, due or _("Luật không định thời hạn cho việc này; chúng tôi báo ngay khi có kết quả."))]


def _later(one: Proved) -> NextThing:
    """Say of a member that waits when it goes, where, how long it takes from there, and what it will cost."""
    draft = one.dossier
    if draft.channel == Channel.COUNTER and not is_keyed_in(draft):
        said = _("Chưa khai xong. Bạn đến nơi đã nộp khai nốt trước khi có %(output)s, hồ sơ mới tự chuyển đi được.")
        return NextThing(draft.version.title, said % {"output": one.waits_for})
    case = case_for(draft.version.cases.all(), facts_of(draft))
    term = deadlines.term_of(draft.version, case, draft.channel)
    said = _("Tự chuyển đến %(unit)s ngay khi có %(output)s; bạn được báo và có mã riêng.")
    takes = _("Thời hạn %(term)s tính từ lúc nơi ấy tiếp nhận.") % {"term": clock.term_words(term)} if term else ""
    parts = (said % {"unit": one.unit, "output": one.waits_for}, takes, fee_words(draft))
    return NextThing(draft.version.title, " ".join(part for part in parts if part))


def fee_words(draft: Dossier) -> str:
    """Say what a member that waits will cost; online the citizen is told when it goes."""
    if draft.channel != Channel.COUNTER:
        return ""
    day = words.local_day(draft.changed_at)
    sum_of = total(charges_for(draft.version.fees.all(), facts=facts_of(draft), channel=draft.channel, on=day))
    if sum_of.has_unknown:
        return _("Phí: nơi tiếp nhận báo trước khi thu.")
    return (
        _("Phí %(amount)s, thu sau.") % {"amount": words.vnd(sum_of.known_vnd)}
        if sum_of.known_vnd
        else _("Không thu phí.")
    )


def charges_of(proved: Sequence[Proved]) -> list[Charge]:
    """Return what those that went cost; what a member that waits costs is told when it goes."""
    return [charge for one in proved if one.code for charge in one.dossier.charges.all()]


def _on_paper(one: Proved) -> dict[str, str]:
    return {
        "title": one.dossier.version.title,
        "unit": one.unit,
        "code": one.code,
        "waits": one.waits_for,
        "qr": qr_svg(tracking_url(one.code)) if one.code else "",
    }


def _filed_at(row: FiledBundle) -> datetime:
    assert row.filed_at is not None  # noqa: S101  # _filed found only those with one
    return row.filed_at
