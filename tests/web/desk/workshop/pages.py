"""Making processes for the pages of the workshop, and where they stand."""

from datetime import datetime

from django.utils import timezone

from motcua.catalogue import actions
from motcua.catalogue.models import ProcessEdition
from tests.web.desk.pages import DESK
from tests.world import World

SHOP = f"{DESK}quy-trinh/"
CODE = "1-013225"
PAGE = f"{SHOP}{CODE}/"


def drafted(world: World, at: datetime | None = None) -> ProcessEdition:
    """Begin the template of the world's procedure as the editor does."""
    version, editor = world.version, world.posts["editor"].officer.user
    return actions.begin_template(
        name=version.title, content=version.process, procedure=version.procedure, at=at or timezone.now(), actor=editor
    )


def steps(edition: ProcessEdition) -> dict[str, dict[str, object]]:
    """Return the rows of a draft as they stand in the database, by code."""
    return {row["code"]: row for row in ProcessEdition.objects.get(pk=edition.pk).content["steps"]}
