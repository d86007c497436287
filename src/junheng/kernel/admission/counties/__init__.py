"""Admissions of whole provinces, county by county: Parquet in, an explained outcome out, never all of it in memory.

No child is admitted across a county's line, so each county is a market of its own. The result is that of ``matching``,
byte for byte; with Numba it is computed by compiled code, without it by ``matching`` itself.
"""

from junheng.kernel.admission.counties.problem import County, Seats, Settled
from junheng.kernel.admission.counties.reading import counties_in, seats_in
from junheng.kernel.admission.counties.run import Draw, Totals, run
from junheng.kernel.admission.counties.solve import settle
from junheng.kernel.admission.counties.verify import faults

__all__ = [
    "County",
    "Draw",
    "Seats",
    "Settled",
    "Totals",
    "counties_in",
    "faults",
    "run",
    "seats_in",
    "settle",
]
