"""Pages of a stored file as pictures, for the viewer beside the checklist: nothing a citizen sent runs there."""

from io import BytesIO

from django.core.files.storage import default_storage

from motcua.documents.drawing import draw, opened, page_count
from motcua.documents.models import StoredFile

NARROWEST, WIDEST = 80, 2400  # pixels a caller may ask for


class PageNotThere(Exception):
    """The file has no page of this number."""


def page_picture(stored_file: StoredFile, page: int, width: int) -> bytes:
    """Draw one page (counted from 1) as a PNG of about `width` pixels.

    Raises PageNotThere, and PdfNotReadable when the stored file no longer opens.
    """
    with default_storage.open(stored_file.storage_name) as file, opened(file) as document:
        if not 1 <= page <= page_count(document):
            raise PageNotThere(page)
        picture = draw(document, page, min(max(width, NARROWEST), WIDEST))
    png = BytesIO()
    picture.save(png, "PNG", compress_level=1)  # level 6 takes four times as long and saves nothing on scans
    return png.getvalue()
