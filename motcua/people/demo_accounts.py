"""Whom a visitor of the demo may sign in as. The people are invented; they exist only where the demo was loaded."""

DOMAIN = "demo.motcua.vn"
PASSWORD = "motcua-demo-2026"  # noqa: S105  # shown on the demo's sign-in page; no such account exists elsewhere

FEATURED = tuple(
    f"{name}@{DOMAIN}"
    for name in (
        "an",
        "nhu",
        "tiepnhan.vyda",
        "kinhte1.vyda",
        "truongkinhte.vyda",
        "kyduyet.vyda",
        "vanthu.vyda",
        "traketqua.vyda",
        "giamdoc.vyda",
        "tiepnhan.phuxuan",
        "chuyenvien1.soxaydung",
        "giamsat.thanhpho",
        "danhmuc.thanhpho",
        "kiemsoat.thanhpho",
        "donvi.vyda",
        "quantri.thanhpho",
    )
)
"""In the order of a dossier's way: who files, who receives, appraises, signs, numbers, returns; then who watches
and who administers."""
