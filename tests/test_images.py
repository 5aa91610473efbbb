"""The drawn pictures that other services fetch."""

import pytest
from django.conf import settings
from PIL import Image

from scripts.draw_images import polygons

IMAGES = settings.BASE_DIR / "static" / "img"


@pytest.mark.parametrize(
    ("name", "size"), [("og.png", (1200, 630)), ("logo.png", (512, 512)), ("apple-touch-icon.png", (180, 180))]
)
def test_a_picture_has_its_size_and_is_light(name, size):
    with Image.open(IMAGES / name) as picture:
        assert picture.size == size
    assert (IMAGES / name).stat().st_size < 40_000


def test_path_data_becomes_points():
    assert polygons("M1 2L3 4h2V8l-1-1z") == [[(1, 2), (3, 4), (5, 4), (5, 8), (4, 7)]]
    # A smooth curve goes on in the direction of the one before it.
    (smooth,), (spelt_out,) = polygons("M0 0C0 4 4 4 4 0S8-4 8 0"), polygons("M0 0C0 4 4 4 4 0C4-4 8-4 8 0")
    assert smooth == spelt_out
