"""What may be done with several dossiers at once: one line each, what it calls for one of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from motcua.dossiers import actions
from motcua.dossiers.actions.returning import Receiver
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.papers import are_examined_at, unseen_papers
from motcua.people.models import Officer
from motcua.people.roles import Permission
from motcua.web.desk.access import Opened, Sitting
from motcua.web.desk.act_forms.straight import ReturnForm
from motcua.web.desk.acts.kinds import facts
from motcua.web.desk.giving import may_hold


@dataclass(frozen=True)
class Batch:
    """An act made on many.

    `asks`: shown once more before it is done; `gives`: a colleague is named for it; `to_one`: somebody takes all of it.
    """

    label: Promise
    key: str
    for_whom: frozenset[Permission]
    make: Callable[[Opened, QueryDict], object]
    done: str  # a key of _DONE
    asks: bool = False
    gives: bool = False
    to_one: bool = False

    def is_open_to(self, sitting: Sitting) -> bool:
        """Return whether a post of the officer lets them do it."""
        return any(sitting.may(permission) for permission in self.for_whom)


def _take(opened: Opened, _said: QueryDict) -> object:
    me = opened.sitting.officer
    given = facts(opened, "assign")
    _require_holder(opened, me)
    return actions.assign(**given, to=me)


def _give(opened: Opened, said: QueryDict) -> object:
    """Give the step to the colleague named, taking it from whoever held it when the list was shown."""
    given = facts(opened, "assign")
    to = Officer.objects.get(pk=int(said.get("to", "0")))
    _require_holder(opened, to)
    holder = said.get(f"holder.{opened.dossier.code}", "")
    return actions.assign(**given, to=to, seen_holder=int(holder) if holder.isdecimal() else None)


def _require_holder(opened: Opened, officer: Officer) -> None:
    if officer not in may_hold(opened):
        raise MoveNotAllowed(
            _("%(name)s không giữ vị trí làm bước «%(step)s» nên chưa giao được. Chưa có gì thay đổi.")
            % {"name": officer.full_name, "step": opened.step.name if opened.step else ""}
        )


def _accept(opened: Opened, _said: QueryDict) -> object:
    """Accept one whose papers were all looked at; whoever leaves some unseen says so on its own page."""
    given = facts(opened, "accept")
    unseen = unseen_papers(opened.dossier) if opened.step and are_examined_at(opened.step, opened.dossier) else []
    if unseen:
        left = ngettext("Còn %(n)d giấy tờ chưa ai xem.", "Còn %(n)d giấy tờ chưa ai xem.", len(unseen))
        then = _("Mở hồ sơ, xem giấy tờ rồi tiếp nhận. Chưa có gì thay đổi.")
        raise MoveNotAllowed(f"{left % {'n': len(unseen)}} {then}")
    return actions.accept(**given)


def _hand_over(opened: Opened, _said: QueryDict) -> object:
    return actions.hand_over(**facts(opened, "hand_over"))


def _sign_off(opened: Opened, _said: QueryDict) -> object:
    return actions.sign_off(**facts(opened, "sign_off"))


def _return(opened: Opened, said: QueryDict) -> object:
    """Hand the result to who came for all of them, by the rules of one: the form of that act judges each dossier."""
    given = facts(opened, "return_result")
    form = ReturnForm(opened, {name: said.get(name, "") for name in RECEIVER})
    if not form.is_valid():
        why = " ".join(str(fault) for faults in form.errors.values() for fault in faults)
        raise MoveNotAllowed(_("%(why)s Chưa có gì thay đổi.") % {"why": why})
    return actions.return_result(**given, receiver=Receiver(**{name: form.cleaned_data[name] for name in RECEIVER}))


RECEIVER = ("name", "identity", "relation")
"""What is said of who takes the results of a batch."""
T, P = gettext_lazy, Permission
# fmt: off
BATCHES: Mapping[str, Batch] = {
    "accept":    Batch(T("Tiếp nhận"),  "t", frozenset({P.RECEIVE}), _accept, "accept", asks=True),
    "hand_over": Batch(T("Bàn giao"),   "b", frozenset({P.RECEIVE}), _hand_over, "hand_over"),
    "assign":    Batch(T("Nhận xử lý"), "a", frozenset({P.PROCESS, P.SIGN, P.ISSUE}), _take, "assign"),
    "give":      Batch(T("Giao cho…"),  "g", frozenset({P.ASSIGN}), _give, "give", asks=True, gives=True),
    "sign_off":  Batch(T("Ký duyệt"),   "s", frozenset({P.SIGN}), _sign_off, "sign_off", asks=True),
    "return_result": Batch(T("Trả kết quả"), "r", frozenset({P.RETURN_RESULT}), _return, "return_result", asks=True, to_one=True),
}
_DONE = {
    "accept":    ngettext_lazy("Đã tiếp nhận %(n)d hồ sơ.", "Đã tiếp nhận %(n)d hồ sơ.", "n"),
    "hand_over": ngettext_lazy("Đã bàn giao %(n)d hồ sơ.", "Đã bàn giao %(n)d hồ sơ.", "n"),
    "assign":    ngettext_lazy("Bạn đã nhận %(n)d hồ sơ.", "Bạn đã nhận %(n)d hồ sơ.", "n"),
    "give":      ngettext_lazy("Đã giao %(n)d hồ sơ.", "Đã giao %(n)d hồ sơ.", "n"),
    "return_result": ngettext_lazy("Đã trả kết quả %(n)d hồ sơ.", "Đã trả kết quả %(n)d hồ sơ.", "n"),
    "sign_off":  ngettext_lazy("Đã ký %(n)d hồ sơ.", "Đã ký %(n)d hồ sơ.", "n"),
}
# fmt: on


def done_words(name: str, number: int) -> str:
    """Return how many dossiers a batch was done on: «Đã bàn giao 5 hồ sơ.»"""
    return _DONE[name] % {"n": number}


def bar(sitting: Sitting) -> list[dict[str, str]]:
    """Return the buttons under the inbox that the officer's posts open."""
    return [
        {"move": name, "label": str(batch.label), "key": batch.key}
        for name, batch in BATCHES.items()
        if batch.is_open_to(sitting)
    ]
