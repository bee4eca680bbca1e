import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gdviz.core.scaling import Scaling

numbers = st.floats(-1e3, 1e3)


@given(numbers, st.floats(0.01, 100), numbers)
def test_what_rounding_leaves_of_an_intercept_is_no_intercept(shift, scale, slope):
    scaling = Scaling(np.array([shift]), np.array([scale]))
    through_the_origin = scaling.from_user(np.array([0.0, slope]))
    assert scaling.to_user(through_the_origin)[0] == 0.0


@given(numbers, numbers, st.floats(0.01, 100), numbers)
def test_there_and_back_is_where_it_was(intercept, shift, scale, slope):
    scaling = Scaling(np.array([shift]), np.array([scale]))
    theta = np.array([[intercept, slope]] * 3)
    back = scaling.to_user(scaling.from_user(theta))
    size = abs(intercept) + abs(slope * shift) + 1e-300
    np.testing.assert_allclose(back[:, 0], intercept, atol=1e-14 * size)
    np.testing.assert_allclose(back[:, 1], slope, rtol=1e-14)
