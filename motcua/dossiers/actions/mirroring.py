"""Keeping the mirror of what another system runs."""

from collections import Counter

from django.db import transaction

from motcua.dossiers.mirroring import Mirror
from motcua.dossiers.models import Mirrored
from motcua.people.models import Agency

SAID = (
    "procedure_code", "procedure_name", "unit_name", "status", "received_at", "due_at", "finished_at",
)  # fmt: skip


@transaction.atomic
def mirror(*, said: Mirror) -> Counter[str]:
    """Keep what a system said; return how many were new, changed and left: what is older than what is kept is left.

    Nothing of ours moves: no status, no step, no clock, no count.
    """
    units = dict(Agency.objects.filter(code__in={one.unit for one in said.dossiers}).values_list("code", "pk"))
    codes = [one.code for one in said.dossiers]
    kept = {row.code: row for row in Mirrored.objects.select_for_update().filter(system=said.system, code__in=codes)}
    done: Counter[str] = Counter()
    for one in said.dossiers:
        row = kept.get(one.code)
        if row is not None and row.read_at > said.read_at:
            done["left"] += 1
            continue
        done["new" if row is None else "changed"] += 1
        row = row or Mirrored(system=said.system, code=one.code)
        for name in SAID:
            setattr(row, name, getattr(one, name))
        row.unit_id, row.read_at = units.get(one.unit), said.read_at
        row.save()
    return done
