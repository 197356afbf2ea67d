#!/bin/sh
# A run file in other people's tools: h5dump, ncdump, xarray; Chinese names intact, and in every
# kept draw the parts add up.
# shellcheck disable=SC1091,SC2154 # support.sh sets what seems unset here
. "${0%/*}/support.sh"

cp -r "$source_tree/datasets/example-county" county
run project county --as-of 2013-07 --draws 400 --keep 100 --quiet
expect open_elsewhere/a_run 0
file=$(ls county/runs/*.h5)

if command -v h5dump >/dev/null 2>&1; then
    h5dump -d /constant_data/unit_name "$file" >dump 2>&1
    # h5dump writes the bytes E7 A4 BA of the first character as octal numbers of 32 bits.
    has open_elsewhere/h5dump_keeps_chinese dump '"\37777777747\37777777644\37777777672'
else
    skip open_elsewhere/h5dump_keeps_chinese "no h5dump"
fi

if command -v ncdump >/dev/null 2>&1; then
    ncdump -h "$file" >dump 2>&1
    has open_elsewhere/ncdump_sees_the_groups dump 'group: assessment'
    has open_elsewhere/ncdump_sees_dimensions dump 'int births(draw, unit, month)'
    has open_elsewhere/ncdump_keeps_chinese dump '测算结果'
else
    skip open_elsewhere/ncdump_sees_the_groups "no ncdump"
fi

cat >check.py <<'EOF'
import sys
import numpy as np
import xarray as xr

def group(name):
    return xr.open_dataset(sys.argv[1], engine="h5netcdf", group=name)

for name in ("observed_data", "targets", "assessment", "sample_stats", "posterior/fit_0"):
    assert group(name).sizes
constant, draws = group("constant_data"), group("predictions")
assert constant.unit_name.values[0] == "示例县"
assert str(draws.month.values[0])[:7] == "2013-08"
parent = constant.unit_parent.values
for event in ("births", "births_male", "births_female", "deaths"):
    counts = draws[event].values
    for unit in range(len(parent)):
        below = np.flatnonzero(parent == unit)
        if len(below):
            assert (counts[:, below, :].sum(axis=1) == counts[:, unit, :]).all()
assert (draws.births == draws.births_male + draws.births_female).all()
EOF
python=$(for p in /usr/bin/python3 python3; do
    "$p" -c 'import xarray, h5netcdf' 2>/dev/null && echo "$p" && break
done)
if [ -n "$python" ]; then
    if "$python" check.py "$file" >out 2>err; then
        pass open_elsewhere/xarray
    else
        fail open_elsewhere/xarray "$(tail -n 3 err)"
    fi
else
    skip open_elsewhere/xarray "no python3-xarray with python3-h5netcdf"
fi
finish
