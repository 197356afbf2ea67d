#!/bin/sh
# Run files open in h5dump, ncdump and xarray, with names and numbers as they were read; in every
# kept draw the parts add up.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

example_county county
run project county --as-of 2013-07 --draws 400 --keep 100 --quiet
expect open_elsewhere/project 0
file=$(ls county/runs/*.h5)
names=$(sed -n '2,4p' county/units.csv | cut -d, -f2)

# h5dump writes a byte above 127 as an octal number of four bytes: \37777777747 for 347.
plain() {
    LC_ALL=C awk '{
        while ((at = match($0, /\\37777777[67][0-7][0-7]/))) {
            digits = substr($0, at + 9, 3)
            byte = substr(digits, 1, 1) * 64 + substr(digits, 2, 1) * 8 + substr(digits, 3, 1)
            $0 = substr($0, 1, at - 1) sprintf("%c", byte % 256) substr($0, at + 12)
        }
        print
    }'
}

if command -v h5dump >/dev/null; then
    h5dump "$file" >dump 2>err
    code=$?
    expect open_elsewhere/h5dump 0
    h5dump -d /constant_data/unit_name "$file" 2>err | plain >dump
    for name in $names; do has open_elsewhere/h5dump_keeps_chinese dump "): \"$name\""; done
else
    skip open_elsewhere/h5dump "no h5dump (package hdf5-tools)"
fi

# Every name inside the file stands in the documentation, a number at its end as <n>.
if command -v h5ls >/dev/null; then
    h5ls -r "$file" | sed -n 's|^.*/\([^/ ]*\) .*|\1|p' | sed 's/_[0-9][0-9]*$/_<n>/; s/_[0-9][0-9]*_/_<n>_/' |
        grep . | sort -u >inside
    grep -oE '[a-z0-9_]+(<n>)?[a-z0-9_]*' "$source_tree/docs/FILE_FORMATS.md" | sort -u >documented
    comm -23 inside documented >missing
    empty open_elsewhere/every_name_is_documented missing
    has open_elsewhere/names_were_found inside progress_'<n>'_numerator
else
    skip open_elsewhere/every_name_is_documented "no h5ls (package hdf5-tools)"
fi

# So does every member of the JSON.
run show "$file" --json
grep -oE '"[a-z0-9_]+":' out | tr -d '":' | sort -u >inside
cat "$source_tree/docs/FILE_FORMATS.md" "$source_tree/docs/CLI.md" | grep -oE '[a-z0-9_]+' | sort -u >documented
comm -23 inside documented >missing
empty open_elsewhere/every_member_is_documented missing
has open_elsewhere/members_were_found inside monte_carlo_se

if command -v ncdump >/dev/null; then
    ncdump "$file" >dump 2>err
    code=$?
    expect open_elsewhere/ncdump 0
    for name in $names; do has open_elsewhere/ncdump_keeps_chinese dump "\"$name\""; done
    has open_elsewhere/ncdump_sees_dimensions dump 'int births(draw, unit, month)'
    has open_elsewhere/ncdump_sees_the_notice dump '本结果用于研判形势和改进服务'
    has open_elsewhere/ncdump_sees_what_is_synthetic dump ':synthetic = 1'
    ncdump -t -v month -g observed_data "$file" >dump 2>err
    has open_elsewhere/ncdump_sees_the_first_month dump '"2008-01-01"'
    has open_elsewhere/ncdump_sees_the_last_month dump '"2013-07-01" ;'
else
    skip open_elsewhere/ncdump "no ncdump (package netcdf-bin)"
fi

cat >check.py <<'END'
import csv
import sys
import h5py
import numpy as np
import xarray as xr

file, units, table = sys.argv[1:]
groups = ["/"]
with h5py.File(file, "r") as f:
    f.visititems(lambda name, o: groups.append(name) if isinstance(o, h5py.Group) else None)
sets = {g: xr.open_dataset(file, engine="h5netcdf", group=g).load() for g in groups}
print("groups", sorted(g for g in groups if "/" not in g))

constant, observed, draws = (sets[g] for g in ("constant_data", "observed_data", "predictions"))
want = {r["code"]: r["name"] for r in csv.DictReader(open(units, encoding="utf-8"))}
got = dict(zip(constant.unit_code.values, constant.unit_name.values))
print("names", "same" if want == got else "different", len(got))
print("Chinese", draws.births.attrs["long_name_zh"])

rows = list(csv.DictReader(open(table, encoding="utf-8")))
same = all(float(observed[e].sel(unit=r["unit"], month=r["month"] + "-01")) == float(r[e])
           for r in rows[::97] for e in ("births_male", "births_female"))
print("counts", "same" if same and len(rows) > 5000 else "different", observed.births.dims)
print("predicted", str(draws.month.values[0])[:7], draws.births.dims, draws.sizes["draw"])

parent = constant.unit_parent.values
adds = (draws.births == draws.births_male + draws.births_female).all()
for event in ("births", "births_male", "births_female", "deaths"):
    counts = draws[event].values
    for unit in set(parent) - {-1}:
        below = np.flatnonzero(parent == unit)
        adds = adds and (counts[:, below, :].sum(axis=1) == counts[:, unit, :]).all()
print("sums", "same" if adds else "different", len(set(parent)) - 1)

results = sets["assessment"]
p = results.p_met.values
print("p_met", "sound" if (np.isnan(p) | ((p >= 0) & (p <= 1))).all() else p)
print("labels", all(got[c] == n for c, n in zip(results.unit_code.values, results.unit_name.values)))
END
python=$(for p in /usr/bin/python3 python3; do
    "$p" -c 'import xarray, h5netcdf' 2>/dev/null && echo "$p" && break
done)
if [ -n "$python" ]; then
    "$python" check.py "$file" county/units.csv county/monthly.csv >dump 2>err
    code=$?
    cp dump out
    expect open_elsewhere/xarray 0
    has open_elsewhere/xarray_sees_the_groups dump "groups ['assessment', \
'constant_data', 'observed_data', 'posterior', 'predictions', 'sample_stats', 'targets']"
    has open_elsewhere/xarray_keeps_names dump "names same 118"
    has open_elsewhere/xarray_keeps_chinese dump "Chinese 出生人数"
    has open_elsewhere/xarray_keeps_counts dump "counts same ('unit', 'month')"
    has open_elsewhere/xarray_sees_months dump "predicted 2013-08 ('draw', 'unit', 'month') 100"
    has open_elsewhere/parts_add_up_in_every_draw dump "sums same 14"
    has open_elsewhere/xarray_sees_probabilities dump "p_met sound"
    has open_elsewhere/results_are_labelled dump "labels True"
else
    skip open_elsewhere/xarray "no xarray with h5netcdf (python3-xarray, python3-h5netcdf)"
fi
finish
