"""Addresses of the process workshop, below those of the desk."""

from django.urls import URLPattern, path

from motcua.web.desk.workshop import editing, listing, page

patterns: list[URLPattern] = [
    path("quy-trinh/", listing.processes, name="processes"),
    path("quy-trinh/thu-tuc/<str:code>/", page.own_process, name="own_process"),
    path("quy-trinh/thu-tuc/<str:code>/soan/", page.begin, name="process_begin"),
    path("quy-trinh/<slug:code>/", page.process, name="process"),
    path("quy-trinh/<slug:code>/soan/", page.draft, name="process_draft"),
    path("quy-trinh/<slug:code>/bo-ban-thao/", page.drop, name="process_drop"),
    path("quy-trinh/<slug:code>/buoc/", editing.new_step, name="process_new_step"),
    path("quy-trinh/<slug:code>/buoc/<str:step_code>/", editing.step, name="process_step"),
    path("quy-trinh/<slug:code>/buoc/<str:step_code>/<slug:act>/", editing.rearrange, name="process_rearrange"),
]
