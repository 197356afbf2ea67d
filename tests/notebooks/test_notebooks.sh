#!/bin/sh
# The notebooks run from beginning to end on runs that the built program makes, and their pictures
# have every character that they need.
set -u
cd "${VCT_SOURCE:-.}" || exit 1
build=${VCT_BUILD:-build}
log=$(mktemp "${TMPDIR:-/tmp}/vitalcast-test-XXXXXX") || exit 1
trap 'rm -f "$log"' EXIT
status=0

# check NAME: the last command's status is in $got, what it said in $log.
check() {
    if [ "$got" = 0 ]; then
        echo "ok notebooks/$1"
    else
        echo "not ok notebooks/$1: $(tail -5 "$log" | tr '\n' '|' | cut -c1-400)"
        status=1
    fi
}

if ! /usr/bin/python3 -c 'import h5netcdf, h5py, ipykernel, matplotlib, nbconvert, xarray' 2>/dev/null; then
    echo "skipped notebooks/run: no Python packages (make deps-notebook)"
    exit 0
fi
tools/run-notebooks "$build" >"$log" 2>&1
got=$?
check run
for notebook in notebooks/*.ipynb; do
    made=$build/notebooks/${notebook##*/}
    name=$(basename "$notebook" .ipynb)
    [ "$(grep -c '"image/png"' "$made")" -ge 3 ]
    got=$?
    echo "fewer than three pictures in $made" >"$log"
    check "$name/has_pictures"
    grep -nE 'Glyph|missing from current font|Warning' "$made" >"$log"
    [ $? = 1 ]
    got=$?
    check "$name/has_no_warnings"
done
exit $status
