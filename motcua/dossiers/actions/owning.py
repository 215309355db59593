"""Finding whose a dossier is, when an officer accepts it: never before, so that nobody learns who a number belongs to."""

from datetime import datetime

from django.utils.translation import gettext as _

from motcua.base.text import fold
from motcua.dossiers.lifecycle import MoveNotAllowed
from motcua.dossiers.models import Dossier
from motcua.dossiers.owners import ORGANISATION, Declared, declared_name
from motcua.people.actions import meet_citizen
from motcua.people.actions.organisations import register_organisation
from motcua.people.models import Citizen, Organisation


class OwnerMismatch(MoveNotAllowed):
    """The number declared of the owner is known under another name; worded for the officer, without that name."""


def link_owner(dossier: Dossier, at: datetime) -> None:
    """Set the owner that was declared, made if unknown; the caller saves. Of somebody known nothing is filled in or changed.

    Raises OwnerMismatch, and what `meet_citizen` and `register_organisation` raise about numbers.
    """
    declared = dossier.declared_owner
    if not declared:
        return
    if declared["kind"] == ORGANISATION:
        dossier.owner_organisation = _organisation(dossier, declared, at)
    else:
        dossier.owner = _person(dossier, declared, at)


def _person(dossier: Dossier, declared: Declared, at: datetime) -> Citizen:
    number = declared["identity_number"]
    known = Citizen.objects.filter(identity_number=number).first()
    if known is None:
        phone, address = _reached(declared)
        return meet_citizen(
            full_name=declared["full_name"], identity_number=number, at=at, phone=phone, address=address
        )
    if known.folded_name != fold(declared["full_name"]):
        raise OwnerMismatch(_sentence(_("Số định danh"), _("thẻ căn cước"), dossier))
    return known


def _organisation(dossier: Dossier, declared: Declared, at: datetime) -> Organisation:
    code = declared["tax_code"]
    known = Organisation.objects.filter(tax_code=code).first()
    if known is None:
        phone, address = _reached(declared)
        return register_organisation(name=declared["name"], tax_code=code, at=at, phone=phone, address=address)
    if fold(known.name) != fold(declared["name"]):
        raise OwnerMismatch(_sentence(_("Mã số thuế"), _("giấy đăng ký doanh nghiệp"), dossier))
    return known


def _reached(declared: Declared) -> tuple[str, str]:
    """Return the phone and address declared, empty where none was."""
    return declared.get("phone") or "", declared.get("address") or ""


def _sentence(number: str, paper: str, dossier: Dossier) -> str:
    return _(
        "%(number)s khai cho chủ hồ sơ «%(name)s» đã có trong hệ thống với tên khác, nên chưa tiếp nhận được; chưa có gì "
        "thay đổi. Bạn đối chiếu %(paper)s của chủ hồ sơ: khai nhầm thì yêu cầu bổ sung bản chụp giấy ấy, hoặc từ chối "
        "để người dân nộp lại cho đúng; khai đúng thì nhờ quản trị xem lại dữ liệu đang có."
    ) % {"number": number, "name": declared_name(dossier), "paper": paper}
