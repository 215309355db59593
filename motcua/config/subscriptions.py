"""Who is told of what: topic → (task, queue) pairs. A job is deferred for each in the publisher's own transaction."""

from collections.abc import Mapping

SUBSCRIPTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "dossier.moved": (("notices.tell", "notices"),),
    "notice.queued": (("notices.send", "sendings"),),
}
