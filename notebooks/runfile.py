"""Run files of vitalcast as tables: what the notebooks share.

A run file is HDF5 in the netCDF-4 way (docs/FILE_FORMATS.md, "Run file"); each group opens as
one xarray data set. Nothing here writes.
"""

import os
import pathlib

import h5py
import matplotlib
import xarray

# Colours that readers with any colour vision tell apart (Okabe and Ito).
BLACK, GREY, BLUE, SKY, ORANGE = "#222222", "#999999", "#0072B2", "#56B4E9", "#D55E00"


def store():
    """The folder of the runs: $VITALCAST_RUNS, else where `make notebooks` puts them."""
    here = pathlib.Path(__file__).resolve().parent.parent / "build/notebooks/county/runs"
    return pathlib.Path(os.environ.get("VITALCAST_RUNS", here))


def runs():
    """All run files, the earliest as-of first: a run's name begins with it."""
    found = sorted(store().glob("*.h5"))
    if not found:
        raise FileNotFoundError(f"no runs in {store()}: run `make notebooks` first")
    return found


def replays():
    """Runs that the back-test made: what would have been said in past years."""
    return sorted((store() / "backtest").glob("*.h5"))


def newest():
    """The run with the latest data."""
    return runs()[-1]


def read(path, group):
    """One group of a run file, in memory."""
    with xarray.open_dataset(path, engine="h5netcdf", group=group) as data:
        return data.load()


def about(path):
    """Attributes of the file: workspace, as_of, seed, draws, notice and the others."""
    with h5py.File(path) as file:
        return {
            name: value.decode() if isinstance(value, bytes) else value
            for name, value in file.attrs.items()
        }


def period(number, frequency=12):
    """A period as a text: 24162 months since year 0 are 2013-07."""
    year, place = divmod(int(number), frequency)
    return f"{year}-{place + 1:02d}"


def percent(p):
    """A simulated probability, never 0 or 1: the draws say no more than one in a thousand."""
    if p < 0.001:
        return "< 0.1 %"
    return "> 99.9 %" if p > 0.999 else f"{100 * p:.1f} %"


def root(path):
    """Code of the top unit."""
    units = read(path, "constant_data")
    return units.unit_code.values[units.unit_parent.values == -1][0]


def prepare_figures():
    """Fonts with Chinese characters, and frames without what says nothing."""
    known = {font.name for font in matplotlib.font_manager.fontManager.ttflist}
    chinese = [name for name in sorted(known) if name.startswith("Noto Sans CJK")]
    matplotlib.rcParams.update(
        {
            "font.family": chinese + ["DejaVu Sans"],
            "axes.unicode_minus": False,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlelocation": "left",
            "figure.figsize": (8, 4),
            "figure.dpi": 100,
        }
    )
