"""What the rules are checked against: every file that we wrote."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("motcua", "tests", "docs", "bench", "tools", ".ci")
LOCKS = ("requirements.txt", "requirements-dev.txt", "package-lock.json")
WRITTEN = (
    ".py",
    ".html",
    ".txt",
    ".typ",
    ".js",
    ".mjs",
    ".css",
    ".scss",
    ".sh",
    ".md",
    ".json",
    ".toml",
    ".po",
    ".svg",
)
MADE = {"built", "collected", "__pycache__", "node_modules"}


def files(*suffixes: str, under: str = "") -> Iterator[Path]:
    """Yield the files we wrote with one of these endings, below one folder or below all of them."""
    for folder in [under] if under else FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in (suffixes or WRITTEN) and not MADE.intersection(path.parts):
                yield path


def at_the_root() -> Iterator[Path]:
    """Yield the files we wrote at the root of the tree, locks apart."""
    for path in sorted(ROOT.iterdir()):
        if path.is_file() and path.name not in LOCKS and not path.name.startswith(".git"):
            yield path


def name(path: Path) -> str:
    """Return the path as people write it."""
    return path.relative_to(ROOT).as_posix()
