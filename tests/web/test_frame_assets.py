import re
from pathlib import Path

import pytest
from django.conf import settings

from motcua.web.templatetags.motcua import STATE_ICONS

WEB = Path(settings.PROJECT) / "motcua" / "web"
BUILT = WEB / "assets" / "built"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


def drawn_icons() -> set[str]:
    return set(re.findall(r'<symbol id="([a-z0-9-]+)"', (BUILT / "icons.svg").read_text()))


def named_icons() -> set[str]:
    in_templates = {
        name
        for t in TEMPLATES
        for name in re.findall(r'\bicon(?:_name)?(?:[ =]|\|default:)"([a-z0-9-]+)"', t.read_text())
    }
    return in_templates | set(STATE_ICONS.values())


def test_every_icon_that_is_named_is_in_the_sprite() -> None:
    assert named_icons() - drawn_icons() == set()


def test_the_style_sheet_and_its_fonts_are_built() -> None:
    fonts = set(re.findall(r"fonts/[\w-]+\.woff2", (BUILT / "site.css").read_text()))

    assert len(fonts) == 9
    assert all((BUILT / font).is_file() for font in fonts)


@pytest.mark.parametrize("style", ["400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"])
def test_the_print_fonts_are_built(style: str) -> None:
    assert (BUILT / "fonts" / f"Tinos_{style}.ttf").is_file()
