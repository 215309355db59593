"""Every address of the program."""

from django.contrib import admin
from django.urls import include, path

admin.site.site_header = admin.site.site_title = "Quản trị một cửa"
admin.site.index_title = "Cơ quan, cán bộ, lịch làm việc, danh mục thủ tục"

urlpatterns = [
    path("", include("motcua.web.shared.urls")),
    path("", include("motcua.web.portal.urls")),
    path("ban-lam-viec/", include("motcua.web.desk.urls")),
    path("quan-tri/", admin.site.urls),
]
