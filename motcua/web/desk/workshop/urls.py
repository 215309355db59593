"""Addresses of the process workshop, below those of the desk."""

from django.urls import URLPattern, path

from motcua.web.desk.workshop import (
    beginning,
    dossiers,
    editing,
    exchange,
    listing,
    moving,
    page,
    publishing,
    trying,
    uses,
)

patterns: list[URLPattern] = [
    path("quy-trinh/", listing.processes, name="processes"),
    path("quy-trinh/moi/", beginning.new, name="process_new"),
    path("quy-trinh/tai-len/", exchange.upload, name="process_upload"),
    path("quy-trinh/thu-tuc/<str:code>/", page.own_process, name="own_process"),
    path("quy-trinh/thu-tuc/<str:code>/soan/", page.begin, name="process_begin"),
    path("quy-trinh/thu-tuc/<str:code>/ho-so/", dossiers.own_dossiers, name="own_process_dossiers"),
    path("quy-trinh/thu-tuc/<str:code>/bpmn/", exchange.own_download, name="own_process_bpmn"),
    path("quy-trinh/<slug:code>/", page.process, name="process"),
    path("quy-trinh/<slug:code>/ho-so/", dossiers.dossiers, name="process_dossiers"),
    path("quy-trinh/<slug:code>/soan/", page.draft, name="process_draft"),
    path("quy-trinh/<slug:code>/bo-ban-thao/", page.drop, name="process_drop"),
    path("quy-trinh/<slug:code>/bpmn/", exchange.download, name="process_bpmn"),
    path("quy-trinh/<slug:code>/tai-len/", exchange.upload, name="process_upload_into"),
    path("quy-trinh/<slug:code>/nguoi-lam/", exchange.posts, name="process_posts"),
    path("quy-trinh/<slug:code>/noi-dung/", uses.uses, name="process_uses"),
    path("quy-trinh/<slug:code>/noi-dung/<int:use_id>/", uses.own, name="process_use"),
    path("quy-trinh/<slug:code>/noi-dung/<int:use_id>/ban-hanh/", uses.publish, name="process_use_publish"),
    path("quy-trinh/<slug:code>/noi-dung/<int:use_id>/bo/", uses.drop, name="process_use_drop"),
    path("quy-trinh/<slug:code>/chay-thu/", trying.trial, name="process_trial"),
    path("quy-trinh/<slug:code>/gui-duyet/", publishing.propose, name="process_propose"),
    path("quy-trinh/<slug:code>/ban-hanh/", publishing.publish, name="process_publish"),
    path("quy-trinh/<slug:code>/doi-ho-so/", moving.move, name="process_move"),
    path("quy-trinh/<slug:code>/buoc/", editing.new_step, name="process_new_step"),
    path("quy-trinh/<slug:code>/buoc/<str:step_code>/", editing.step, name="process_step"),
    path("quy-trinh/<slug:code>/buoc/<str:step_code>/cung-luc/", editing.new_beside, name="process_new_beside"),
    path("quy-trinh/<slug:code>/buoc/<str:step_code>/<slug:act>/", editing.rearrange, name="process_rearrange"),
]
