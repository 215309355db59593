"""Addresses of the officers' desk."""

from django.urls import URLPattern, path

from motcua.web.desk import (
    absence,
    batch,
    charges,
    comparing,
    consultations,
    dossier,
    inbox,
    judging,
    mirror,
    obligations,
    papers,
    prints,
    taken_over,
    visits,
)
from motcua.web.desk.acts import views
from motcua.web.desk.counter import bundle_page, taken
from motcua.web.desk.counter import page as counter
from motcua.web.desk.procedures import urls as procedures
from motcua.web.desk.workshop import urls as workshop

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", inbox.inbox, name="inbox"),
    path("vang-mat/", absence.absence, name="absence"),
    path("vang-mat/<int:loan_id>/ket-thuc/", absence.end_loan, name="end_loan"),
    path("nhan-tu-don-vi-cu/", taken_over.taken, name="taken_over"),
    path("nhan-tu-don-vi-cu/bang.csv", taken_over.table, name="taken_over_table"),
    path("ban-chieu/", mirror.mirrored, name="mirrored"),
    path("hang-loat/ket-qua/", batch.report, name="batch_report"),
    path("phieu-ban-giao.pdf", prints.hand_over_slip, name="hand_over_slip"),
    path("hang-loat/<slug:move>/", batch.batch, name="batch"),
    path("so-theo-doi.pdf", prints.register_slip, name="register"),
    path("quay/", counter.counter, name="counter"),
    path("quay/thu-tuc/", counter.procedures, name="counter_procedures"),
    path("quay/xong/<str:code>/", taken.taken, name="counter_taken"),
    path("quay/xong/<str:code>/to-khai/", taken.declaration, name="counter_declaration"),
    path("quay/bo/<str:code>/", bundle_page.show, name="counter_bundle"),
    path("quay/bo/<str:code>/giay.pdf", bundle_page.paper, name="counter_bundle_paper"),
    path("quay/to-khai/<str:number>/", bundle_page.declaration, name="counter_member_declaration"),
    path("ho-so/<str:code>/", dossier.dossier, name="dossier"),
    path("ho-so/<str:code>/giay-to/<slug:key>/<int:page>.png", papers.picture, name="picture"),
    path("ho-so/<str:code>/giay-to/<slug:key>/tep/", papers.file, name="file"),
    path("ho-so/<str:code>/giay-to/<int:paper_id>/danh-gia/", judging.judge, name="judge"),
    path("ho-so/<str:code>/giay-to/<int:paper_id>/so-sanh/", comparing.compare, name="compare"),
    path("ho-so/<str:code>/khoan-thu/<int:charge_id>/", charges.collect, name="collect"),
    path("ho-so/<str:code>/tra-loi/<int:consultation_id>/", consultations.document, name="answer_document"),
    path("ho-so/<str:code>/bien-ban/<int:visit_id>/", visits.document, name="visit_document"),
    path("ho-so/<str:code>/chung-tu/<int:obligation_id>/", obligations.proof, name="proof"),
    path("ho-so/<str:code>/phieu/<int:slip_id>.pdf", prints.slip, name="slip"),
    path("ho-so/<str:code>/phieu-kiem-soat.pdf", prints.control_slip, name="control_slip"),
    path("ho-so/<str:code>/<slug:name>/", views.act, name="act"),
    *workshop.patterns,
    *procedures.patterns,
]
