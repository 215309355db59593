"""What a procedure and a field are called; what a procedure says is in its versions."""

from datetime import datetime

from motcua.catalogue.models import Field, Procedure


def keep_procedure(*, procedure: Procedure, at: datetime) -> Procedure:
    """Save a procedure as an administrator filled it in, and let the search see the new names."""
    procedure.changed_at = at
    procedure.save()
    return procedure


def keep_field(*, field: Field) -> Field:
    """Save a field's code and name."""
    field.save()
    return field
