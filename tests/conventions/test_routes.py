from tests.conventions.routes import routes
from tests.conventions.tree import ROOT


def test_no_address_appears_or_disappears_unseen() -> None:
    """A change here is a promise to people's bookmarks and printed QR codes; routes.py says how to write it down."""
    written = (ROOT / "tests/conventions/routes.txt").read_text().split("\n")

    assert [*routes(), ""] == written
