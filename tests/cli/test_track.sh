#!/bin/sh
# The track record: a back-test stores it, show finds it beside the run and says what has changed.
# shellcheck disable=SC1091,SC1111,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

make_workspace county
mkdir plain
cp county/units.csv county/workspace.yaml plain/
awk -F, -v OFS=, 'NR == 1 { print "unit,month,births,population"; next }
    { print $1, $2, $3 + $4, $6 }' county/monthly.csv >plain/monthly.csv
printf 'id,year_end,unit,indicator,direction,value\nfew,2013-12,*,births,at_most,previous_year\n' \
    >plain/targets.csv
record=plain/runs/backtest/track.json

# show_last OPTION...: the run of the last project
project() {
    run project plain --quiet --draws 500 --json
    id=$(sed -n 's/^ "run": "\(.*\)",/\1/p' out)
}
show() { run show "plain/runs/$id.h5" --quiet "$@"; }
backtest() { run backtest plain --months 7 --years 2012 --draws 300 --quiet "$@"; }

project
expect track/project 0
show --lang en
has track/says_that_there_is_none out "no back-test of this workspace yet; run vitalcast backtest"
show --lang zh
has track/says_so_in_chinese out "尚未作历史回溯检验"
show --json
has track/none_in_json out '"state": "missing"'

backtest
expect track/backtest 0
show --lang en
expect track/show 0
has track/names_the_years out "How right we have been. Back-test, years: 1 (2012 to 2012)."
has track/against_the_straight_line out "that of “straight line”"
has track/worth_of_alarms out "Warning level “red”, in past years an alarm below 20%: "
lacks track/nothing_has_changed out "changed since"
show --lang zh
has track/chinese out "以往预测的准确程度。历史回溯检验：共1个年度（2012至2012）。"
has track/alarms_in_chinese out "“红色”预警在以往年度（以低于20%为界）"
show --json
for member in '"state": "there"' '"last": "2012-12"' '"data_changed": false' \
    '"models_changed": false' '"version_changed": false' '"years": [2012]' \
    '{"indicator": "births", "level": 1, "years": 1, "n": 3,' '"model": "pace"' \
    '{"level": "red", "below": 0.2, "p_below": 0.2, "met": '; do
    has "track/json_$(echo "$member" | tr -cd 'a-z0-9_')" out "$member"
done

# Equal records have equal bytes; forecasts of years ahead are not the reports'.
cp "$record" first.json
backtest --lang zh
if cmp -s "$record" first.json; then pass track/same_bytes; else fail track/same_bytes other; fi
backtest --ahead 1
expect track/a_year_ahead 0
if cmp -s "$record" first.json; then pass track/ahead_leaves_it; else fail track/ahead_leaves_it other; fi

# A record that was touched is not believed, and the run is shown all the same.
printf ' ' >>"$record"
show --lang en
expect track/damaged_is_no_failure_of_show 0
has track/says_that_it_is_damaged out "the stored record of the back-test cannot be read"
show --json
has track/damaged_in_json out '"state": "damaged"'
echo '{"scores": []}' >"$record"
show --json
expect track/foreign_is_no_failure_of_show 0
has track/foreign_in_json out '"state": "damaged"'
backtest
if cmp -s "$record" first.json; then pass track/made_again; else fail track/made_again other; fi

# Months after the years that were scored are no change of them; a month within is one.
cp plain/monthly.csv monthly.csv
awk -F, -v OFS=, '$1 == "C1" && $2 == "2013-05" { $3 = $3 + 3 } { print }' monthly.csv \
    >plain/monthly.csv
project
show --json
has track/later_months_are_no_change out '"data_changed": false'
awk -F, -v OFS=, '$1 == "C1" && $2 == "2012-05" { $3 = $3 + 3 } { print }' monthly.csv \
    >plain/monthly.csv
project
show --lang en
has track/changed_data_are_said out "The data up to 2012-12 have changed since that back-test"
show --json
has track/changed_data_in_json out '"data_changed": true'
cp monthly.csv plain/monthly.csv

mkdir plain/models
cp "$source_tree/models/births.yaml" plain/models/
echo '# a note' >>plain/models/births.yaml
project
show --lang en
has track/changed_models_are_said out "The models have changed since that back-test"
lacks track/data_are_the_same out "The data up to"
rm -r plain/models

# An older run does not know all that was scored.
run project plain --quiet --draws 500 --as-of 2012-10 --json
id=$(sed -n 's/^ "run": "\(.*\)",/\1/p' out)
show --json
has track/an_older_run_does_not_know out '"data_changed": null'

sed -i 's/^name: .*/name: elsewhere/' plain/workspace.yaml
project
show --json
has track/another_workspace_has_none out '"state": "missing"'
finish
