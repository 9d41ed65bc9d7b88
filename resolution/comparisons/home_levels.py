"""Where a person lives and where it was born, as one comparison: what the two parts can say."""

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons import fields

POSTCODES = ("untold", "other", "area", "alike", "common", "same")
STREETS = {fields.PLACE_BUSY: 6, fields.PLACE_NEAR: 7, fields.PLACE_DOOR: 8}
HOMES = (*POSTCODES, "busy", "near", "door")
BIRTHS = ("untold", "other", "", "alike", "common", "same")
DOOR_MIN = STREETS[fields.PLACE_NEAR] * len(BIRTHS)  # From here on the two live behind one door.
POSTCODE_AREA = 3  # Characters in front of a postcode that tell a district.
RARE_BITS = 7.0  # A value that fewer than one in 128 share.
RARE_POSTCODE_BITS = 11.0  # One in 2,048: a street or a village, not a town.
PLACE_ALIKE = POSTCODES.index("alike")


def is_place_shared(places: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether home or birth place agree in a pair, by the combined level of both; not where it cannot be compared."""
    home, birth = np.divmod(places, len(BIRTHS))
    return np.asarray((home >= PLACE_ALIKE) | (birth >= BIRTHS.index("alike")), dtype=np.bool_)
