"""allauth's pages under Vietnamese addresses. The names are the ones allauth looks for."""

from allauth.account import views
from django.urls import path, re_path

from motcua.web.shared.sign_in_views import ResetPassword, SignIn, SignUp, after_sign_in

urlpatterns = [
    path("dang-nhap/", SignIn.as_view(), name="account_login"),
    path("sau-dang-nhap/", after_sign_in, name="after_sign_in"),
    path("dang-ky/", SignUp.as_view(), name="account_signup"),
    path("dang-xuat/", views.logout, name="account_logout"),
    path("tai-khoan/da-khoa/", views.account_inactive, name="account_inactive"),
    path("tai-khoan/mat-khau/", views.password_change, name="account_change_password"),
    path("tai-khoan/xac-nhan/", views.reauthenticate, name="account_reauthenticate"),
    path("quen-mat-khau/", ResetPassword.as_view(), name="account_reset_password"),
    path("quen-mat-khau/da-gui/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^quen-mat-khau/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("quen-mat-khau/xong/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
