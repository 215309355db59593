"""Tables of the catalogue: fields, procedures, their versions, what a version asks for, and the processes.

Rules that the program computes with (cases, papers, fees) are rows; what is only shown (steps in words, results,
legal bases, channels) is JSON in the shape its docstring gives. A version is edited as a draft and frozen once
published: a trigger in the database refuses any later change to it or to its rows (docs/rules.md, Catalogue). The same
holds of the editions of a process, and a published process is only ever added.
"""

from motcua.catalogue.models.contents import Case, FeeRule, PaperGroup, PaperRequirement
from motcua.catalogue.models.defaults import no_list as _no_list  # noqa: F401 - the name the first migration knows
from motcua.catalogue.models.defaults import no_object as _no_object  # noqa: F401 - the same
from motcua.catalogue.models.procedures import Field, Procedure, ProcedureVersion
from motcua.catalogue.models.processes import (
    ProcessEdition,
    ProcessTemplate,
    ProcessTrial,
    ProcessUse,
    PublishedProcess,
)

__all__ = [
    "Case",
    "FeeRule",
    "Field",
    "PaperGroup",
    "PaperRequirement",
    "Procedure",
    "ProcedureVersion",
    "ProcessEdition",
    "ProcessTemplate",
    "ProcessTrial",
    "ProcessUse",
    "PublishedProcess",
]
