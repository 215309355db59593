"""Addresses of the procedure workshop, below those of the desk."""

from django.urls import URLPattern, path

from motcua.web.desk.procedures import beginning, editing, listing, page, publishing

DRAFT = "thu-tuc/<str:code>/<int:number>"
patterns: list[URLPattern] = [
    path("thu-tuc/", listing.procedures, name="procedures"),
    path("thu-tuc/moi/", beginning.new, name="procedure_new"),
    path("thu-tuc/<str:code>/", page.procedure, name="procedure"),
    path("thu-tuc/<str:code>/ten-goi/", page.calling, name="procedure_calling"),
    path("thu-tuc/<str:code>/soan/", page.draft, name="procedure_draft"),
    path(f"{DRAFT}/", page.version, name="version"),
    path(f"{DRAFT}/bo/", page.drop, name="version_drop"),
    path(f"{DRAFT}/cong-bo/", publishing.publish, name="version_publish"),
    path(f"{DRAFT}/huy-hen/", publishing.unschedule, name="version_unschedule"),
    path(f"{DRAFT}/quy-trinh/", beginning.process, name="version_process"),
    path(f"{DRAFT}/muc/<slug:kind>/", editing.new_part, name="version_new_part"),
    path(f"{DRAFT}/muc/<slug:kind>/<str:key>/", editing.part, name="version_part"),
    path(f"{DRAFT}/muc/<slug:kind>/<str:key>/<slug:act>/", editing.rearrange, name="version_rearrange"),
]
