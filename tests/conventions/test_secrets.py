"""No secret is in the tree: keys and passwords come from the environment, or are made once in var/."""

import re

import pytest

from tests.conventions.tree import at_the_root, files, name

# fmt: off
SECRETS = {
    "private key":  re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
    "cloud key":    re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b"),
    "token":        re.compile(r"\b(?:gh[pousr]_\w{36}|glpat-[\w-]{20}|xox[abpr]-[\w-]{10,}|sk-\w{32,})"),
    "signed token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}"),
    "given value":  re.compile(r"""(?i)\b(?:secret_key|api_key|auth_token|\w*_password)\b\s*[:=]\s*["'][^"'\s]{8,}["']"""),
    "in a URL":     re.compile(r"\b\w+://[^\s:/@{%]+:(?!password@|mật-khẩu@|secret@|mat-khau@)[^\s:/@{%$]{3,}@"),
}
# fmt: on
TESTS = "tests/"


def secrets_in(text: str) -> list[str]:
    """Return what kinds of secret `text` holds."""
    return [kind for kind, pattern in SECRETS.items() if pattern.search(text)]


def test_no_file_of_the_program_holds_a_secret() -> None:
    ours = [path for path in [*at_the_root(), *files()] if not name(path).startswith(TESTS)]

    assert {name(path): found for path in ours if (found := secrets_in(path.read_text()))} == {}


def test_no_file_that_keeps_secrets_is_in_the_tree() -> None:
    keepers = [path for path in files(".pem", ".key", ".p12", ".pfx", ".env", ".jks")]

    assert [name(path) for path in keepers] == []
    assert [name(path) for path in at_the_root() if path.name.startswith(".env")] == []


@pytest.mark.parametrize(
    "text, kind",
    [
        ("-----BEGIN RSA PRIVATE " + "KEY-----", "private key"),
        ("AKIA" + "ABCDEFGHIJKLMNOP", "cloud key"),
        ("ghp_" + "a" * 36, "token"),
        ("SECRET_KEY = 'django-insecure-" + "0123456789'", "given value"),
        ('EMAIL_HOST_PASSWORD="' + 'mailpass123"', "given value"),
        ("postgresql://motcua:" + "huế2026@db.vidu.vn/motcua", "in a URL"),
    ],
)
def test_a_secret_would_be_found(text: str, kind: str) -> None:
    assert secrets_in(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        'SECRET_KEY = os.environ.get("MOTCUA_SECRET_KEY") or local_secret(VAR)',
        'EMAIL_HOST_PASSWORD = os.environ.get("MOTCUA_SMTP_PASSWORD", "")',
        "postgresql://user:" + "password@host:port/name",
    ],
)
def test_what_names_a_secret_without_telling_it_is_left_alone(text: str) -> None:
    assert secrets_in(text) == []
