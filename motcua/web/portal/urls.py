"""Addresses of the portal."""

from django.urls import path

from motcua.web.portal import (
    adding,
    bundle_page,
    bundle_proof,
    bundles,
    dossier,
    filing,
    home,
    my_dossiers,
    papers,
    preview,
    procedure,
    procedures,
    proof,
    review,
    starting,
    supplement,
    tracking,
    visiting,
    withdrawing,
)
from motcua.web.portal.screens import PAPERS, REVIEW

app_name = "portal"

# fmt: off
urlpatterns = [
    path("",                                              home.home,               name="home"),
    path("thu-tuc/",                                      procedures.procedures,   name="procedures"),
    path("thu-tuc/<str:code>/",                           procedure.procedure,     name="procedure"),
    path("thu-tuc/<str:code>/xem-truoc/<int:number>/",    preview.preview,         name="preview"),
    path("thu-tuc/<str:code>/xem-truoc/<int:number>/<slug:screen>/", preview.preview_screen, name="preview_screen"),
    path("nop-ho-so/<str:code>/",                         starting.start,          name="filing"),
    path("tra-cuu/",                                      tracking.track,          name="track"),
    path("tra-cuu/<str:token>/",                          tracking.track_signed,   name="track_signed"),
    path("bo-ho-so/nop/<slug:kind>/",                     bundles.start,           name="bundle_start"),
    path("bo-ho-so/nhap/<int:bundle_id>/xem-lai/",        bundles.review,          name="bundle_review"),
    path("bo-ho-so/nhap/<int:bundle_id>/<slug:key>/",     bundles.step,            name="bundle_step"),
    path("bo-ho-so/<str:code>/",                          bundle_page.show,        name="bundle"),
    path("bo-ho-so/<str:code>/da-nop/",                   bundle_proof.proof,      name="bundle_proof"),
    path("bo-ho-so/<str:code>/xac-nhan.pdf",              bundle_proof.proof_pdf,  name="bundle_proof_pdf"),
    path("ho-so-cua-toi/",                                my_dossiers.my_dossiers, name="my_dossiers"),
    path("thong-bao/",                                    my_dossiers.notices,     name="notices"),
    # a draft
    path(f"ho-so/nhap/<int:draft_id>/{PAPERS}/",          papers.show_papers,      name="papers"),
    path(f"ho-so/nhap/<int:draft_id>/{PAPERS}/<str:key>/gui/", papers.send_paper,  name="send_paper"),
    path(f"ho-so/nhap/<int:draft_id>/{PAPERS}/<int:paper_id>/bo/", papers.remove_paper, name="remove_paper"),
    path(f"ho-so/nhap/<int:draft_id>/{REVIEW}/",          review.review,           name="review"),
    path("ho-so/nhap/<int:draft_id>/bo/",                 filing.discard,          name="discard"),
    path("ho-so/nhap/<int:draft_id>/<slug:screen>/",      filing.show_screen,      name="screen"),
    path("ho-so/nhap/<int:draft_id>/<slug:screen>/luu/",  filing.save_screen,      name="save_screen"),
    # papers of drafts and dossiers
    path("giay-to/<int:paper_id>.pdf",                    papers.paper_file,       name="paper_file"),
    path("giay-to/<int:paper_id>.png",                    papers.paper_picture,    name="paper_picture"),
    # a dossier
    path("ho-so/<str:code>/",                             dossier.show_dossier,    name="dossier"),
    path("ho-so/<str:code>/da-nop/",                      proof.proof,             name="proof"),
    path("ho-so/<str:code>/xac-nhan.pdf",                 proof.proof_pdf,         name="proof_pdf"),
    path("ho-so/<str:code>/phieu/<int:slip_id>.pdf",      dossier.slip,            name="slip"),
    path("ho-so/<str:code>/bo-sung/",                     supplement.supply,       name="supply"),
    path("ho-so/<str:code>/bo-sung/<int:paper_id>/",      supplement.send_again,   name="send_again"),
    path("ho-so/<str:code>/nop-them/",                    adding.add,              name="add"),
    path("ho-so/<str:code>/hen-gap/",                     visiting.visit,          name="visit"),
    path("ho-so/<str:code>/rut/",                         withdrawing.withdraw,    name="withdraw"),
]
# fmt: on
