#!/bin/sh
# The example county from workbooks: imported and accepted unread, it gives the same run, byte by byte.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

if ! command -v xlsx2csv >/dev/null || ! command -v python3 >/dev/null; then
    skip rebuilt/county "no xlsx2csv"
    finish
fi
example_county county
mkdir rebuilt
fixed_models rebuilt
cp county/units.csv county/targets.csv county/progress.csv county/workspace.yaml county/scenario.yaml rebuilt
python3 "$source_tree/tests/cli/import/county_books.py" county books || exit 1
run import books/*.xlsx --into rebuilt --accept --quiet
expect rebuilt/accepted_unread 0
run check rebuilt
expect rebuilt/sound 0
for dir in county rebuilt; do
    run project $dir --as-of 2013-07 --draws 100 --quiet
    expect "rebuilt/${dir}_projected" 0
done
if cmp -s county/runs/2013-07-*.h5 rebuilt/runs/2013-07-*.h5; then
    pass rebuilt/same_run
else
    fail rebuilt/same_run "$(ls county/runs rebuilt/runs)"
fi
# Every figure of the tables stands in the record, with its cell.
figures=$(tail -n +2 rebuilt/monthly.csv | wc -l)
if [ "$(grep -c ',births_male,' rebuilt/import-record.csv)" -ge "$figures" ]; then
    pass rebuilt/record_has_every_row
else
    fail rebuilt/record_has_every_row "$figures rows"
fi
finish
