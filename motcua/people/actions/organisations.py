"""What is kept about an enterprise or another organisation."""

import re
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from motcua.people.identity import phone_number
from motcua.people.models import TAX_CODE, Citizen, Organisation


class OrganisationFields(TypedDict, total=False):
    """What may be said about an organisation; empty text and None mean «not said»."""

    representative: Citizen | None
    address: str
    phone: str
    email: str


class BadTaxCode(ValueError):
    """What was typed cannot be a tax code; its words say why."""


def normal_tax_code(text: str) -> str:
    """Return the tax code written in `text` as it is kept, of a branch with the hyphen; raise BadTaxCode."""
    code = text.replace(" ", "").replace(".", "")
    if re.fullmatch(r"[0-9]{13}", code):
        code = f"{code[:10]}-{code[10:]}"
    if not re.fullmatch(TAX_CODE, code):
        raise BadTaxCode(
            _(
                "Mã số thuế có 10 chữ số, chi nhánh thêm gạch nối và 3 chữ số, hộ kinh doanh có 12. Bạn xem lại số đã nhập."
            )
        )
    return code


@transaction.atomic
def register_organisation(
    *, name: str, tax_code: str, at: datetime, **details: Unpack[OrganisationFields]
) -> Organisation:
    """Return the organisation of a tax code, made if unknown; of a known one only empty columns are filled.

    Raise BadTaxCode, BadPhone.
    """
    code = normal_tax_code(tax_code)
    said = {key: value for key, value in details.items() if value}
    if "phone" in said:
        said["phone"] = phone_number(str(said["phone"]))
    organisation, is_new = Organisation.objects.select_for_update(of=("self",)).get_or_create(
        tax_code=code, defaults={"name": " ".join(name.split()), "met_at": at, **said}
    )
    empty = [] if is_new else [key for key in said if not getattr(organisation, key)]
    for key in empty:
        setattr(organisation, key, said[key])
    if empty:
        organisation.save(update_fields=empty)
    return organisation
