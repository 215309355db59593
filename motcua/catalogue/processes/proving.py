"""The proofs of a process with what the database knows of the procedures, units and people it concerns."""

from collections.abc import Iterable
from datetime import date

from motcua.catalogue.models import ProcedureVersion, ProcessUse
from motcua.catalogue.processes.parameters import Content
from motcua.catalogue.processes.proofs import Proof, evidence_of, proofs_of
from motcua.catalogue.processes.rows import rows_of
from motcua.catalogue.processes.staffing import Directory, doubles_of, held_posts, places_of, seats_of, vacancies_of


def prove(
    content: Content,
    versions: list[ProcedureVersion],
    uses: Iterable[ProcessUse],
    on: date,
    *,
    has_fee_account: bool = True,
) -> list[Proof]:
    """Return the proofs of a process for the procedures and units that use it, with the posts held on a day.

    Three statements beside what the caller read.
    """
    directory = Directory(on)
    places = places_of(uses, versions, directory)
    seats = seats_of(rows_of(content), places, directory)
    evidence = evidence_of(
        content,
        versions,
        places=len(places),
        vacancies=vacancies_of(seats, held_posts(seats, on)),
        doubles=doubles_of(seats, on),
        has_fee_account=has_fee_account,
    )
    return proofs_of(evidence)
