"""Compile one translation catalogue (.po) into the form programs read (.mo), so that gettext's own tools are not needed."""

import sys

import polib

source, target = sys.argv[1:]
polib.pofile(source).save_as_mofile(target)
