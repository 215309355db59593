"""Headers every answer carries. nosniff, Referrer-Policy and HSTS are Django's own SecurityMiddleware's."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

# fmt: off
POLICY = {
    "default-src":     "'self'",
    "script-src":      "'self'",
    "style-src":       "'self'",
    "img-src":         "'self' data: blob:",  # data: the QR codes; blob: a photograph just taken, before it is sent
    "font-src":        "'self'",
    "connect-src":     "'self'",
    "frame-src":       "'self'",
    "object-src":      "'none'",
    "frame-ancestors": "'none'",              # papers, which the desk shows in a frame, bring a policy of their own
    "form-action":     "'self'",
    "base-uri":        "'none'",
}
# fmt: on
CONTENT_SECURITY_POLICY = "; ".join(f"{directive} {sources}" for directive, sources in POLICY.items())
PERMISSIONS_POLICY = "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"


def content_security_policy(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: add the policy to every answer that has not set a stricter one itself."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

    return middleware
