"""Every write of the catalogue."""

from motcua.catalogue.actions.loading import Outcome, StarterNotPublishable, load_starter, write_contents
from motcua.catalogue.actions.procedures import keep_field, keep_procedure
from motcua.catalogue.actions.processes import publish_process
from motcua.catalogue.actions.versions import (
    NotADraft,
    NotPublishable,
    NotPublished,
    draft_next,
    draft_version,
    drop_draft,
    faults_before_publishing,
    keep_draft,
    publish_version,
    retire_version,
)

__all__ = [
    "NotADraft",
    "NotPublishable",
    "NotPublished",
    "Outcome",
    "StarterNotPublishable",
    "draft_next",
    "draft_version",
    "drop_draft",
    "faults_before_publishing",
    "keep_draft",
    "keep_field",
    "keep_procedure",
    "load_starter",
    "publish_process",
    "publish_version",
    "retire_version",
    "write_contents",
]
