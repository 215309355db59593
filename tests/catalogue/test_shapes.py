"""What is kept as JSON has the shape pages rely on."""

import json

import pytest

from motcua.catalogue import starter
from motcua.catalogue.shapes import EXAMPLES, SHAPES, faults_in_shape


@pytest.mark.parametrize("column", SHAPES)
def test_every_shape_has_an_example_which_fits(column):
    assert list(faults_in_shape(column, json.loads(EXAMPLES[column]))) == []


def test_the_starter_catalogue_is_in_shape():
    faults = [
        (content.code, column, fault)
        for content in starter.contents()
        for column in SHAPES
        if content.version.get(column)
        for fault in faults_in_shape(column, content.version[column])
    ]

    assert faults == []
