"""Every write of the catalogue."""

from motcua.catalogue.actions.loading import Outcome, StarterNotPublishable, load_starter, write_contents
from motcua.catalogue.actions.versions import (
    NotADraft,
    NotPublishable,
    NotPublished,
    draft_from_published,
    draft_version,
    publish_version,
    retire_version,
)

__all__ = [
    "NotADraft",
    "NotPublishable",
    "NotPublished",
    "Outcome",
    "StarterNotPublishable",
    "draft_from_published",
    "draft_version",
    "load_starter",
    "publish_version",
    "retire_version",
    "write_contents",
]
