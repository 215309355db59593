"""What a proof of filing says of what comes next and of what is to be paid; for the portal and the counter's paper."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base import words
from motcua.dossiers import clock, deadlines
from motcua.dossiers.actions.reception import start_clock
from motcua.dossiers.lifecycle import Status
from motcua.dossiers.models import Charge, Dossier


@dataclass(frozen=True)
class NextThing:
    """What comes next, who does it, and by when."""

    title: str
    text: str


def total_of(charges: Iterable[Charge]) -> int | None:
    """Return what the charges come to where more than one is paid; None where one is not known, or nothing is added up."""
    amounts = [charge.amount_vnd for charge in charges]
    known = [amount for amount in amounts if amount]
    return sum(known) if len(known) > 1 and None not in amounts else None


def next_things(dossier: Dossier) -> list[NextThing]:
    """Return what comes next for a dossier filed online and not yet accepted; nothing once it was answered."""
    if dossier.status != Status.SUBMITTED or dossier.reception_due_at is None or dossier.receiving_unit is None:
        return []
    term = deadlines.term_of(dossier.version, dossier.case, dossier.channel)
    result = dossier.version.results[0]["name"] if dossier.version.results else _("kết quả")
    return [
        NextThing(
            _("%(unit)s kiểm tra hồ sơ") % {"unit": dossier.receiving_unit.name},
            _joined(
                _("Chậm nhất %(due)s.") % {"due": words.moment(dossier.reception_due_at)},
                _counted_later(dossier),
                _("Nếu thiếu, họ báo bạn một lần cho đủ."),
            ),
        ),
        NextThing(
            _("Bạn nhận Giấy tiếp nhận và hẹn trả"),
            _("Giấy này ghi ngày trả kết quả. Thời hạn %(term)s tính từ lúc đó.") % {"term": clock.term_words(term)}
            if term
            else _("Luật không định thời hạn cho việc này; chúng tôi báo ngay khi có kết quả."),
        ),
        NextThing(_("Bạn nhận %(result)s") % {"result": result[:1].lower() + result[1:]}, _expected(dossier)),
    ]


def amount_words(charge: Charge) -> str:
    """Return an amount in words, empty while it is not known."""
    if charge.amount_vnd is None:
        return ""
    return words.vnd(charge.amount_vnd) if charge.amount_vnd else _("không thu")


def _counted_later(dossier: Dossier) -> str:
    """Say from when the reception's hours count, where that is not the moment of filing; else empty."""
    filed_at = dossier.submitted_at
    if filed_at is None:
        return ""
    begins = deadlines.calendar(dossier).add(filed_at, 0)
    if begins == words.local(filed_at).replace(second=0, microsecond=0):
        return ""
    return _("Bạn nộp ngoài giờ làm việc, nên tính từ lúc mở cửa tiếp theo: %(begins)s.") % {
        "begins": words.moment(begins)
    }


def _expected(dossier: Dossier) -> str:
    """Say when the result would be due if the dossier is accepted at the last moment the counter has, and why then."""
    accepted_at = dossier.reception_due_at
    assert accepted_at is not None  # noqa: S101  # next_things asked
    entry = replace(start_clock(dossier, accepted_at), article="")
    reckoning = clock.reckon([entry], deadlines.calendar(dossier), deadlines.policy_of(dossier.version))
    if reckoning.due_at is None:
        return _("Chúng tôi báo bạn ngay khi có.")
    said = _("Nếu được tiếp nhận lúc %(accepted)s: chậm nhất %(due)s.") % {
        "accepted": words.moment(accepted_at),
        "due": words.moment(reckoning.due_at),
    }
    return _joined(said, *_why(reckoning, accepted_at))


def _why(reckoning: clock.Reckoning, accepted_at: datetime) -> Iterator[str]:
    """Say in the ledger's own words why «trong ngày» is not the day of acceptance; nothing where it is, or is not said."""
    entry, due_at = reckoning.turns[0].entry, reckoning.due_at
    is_same_day = entry.term is not None and entry.term.unit is clock.Unit.SAME_DAY
    if not is_same_day or due_at is None or words.local_day(due_at) == words.local_day(accepted_at):
        return
    for line in clock.explain(reckoning):
        if line.kind is clock.LineKind.START:
            yield from (f"{said}." for said in (entry.note, line.detail) if said)
        elif line.kind is clock.LineKind.SKIPPED:
            yield f"{line.title}{f' ({line.detail})' if line.detail else ''}."


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
