#!/bin/sh
# plot: which charts are drawn, and where to.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

make_workspace county
run project county --as-of 2013-07 --draws 100
run_file=$(ls county/runs/*.h5)

if ! command -v gnuplot >/dev/null; then
    skip plot/draws "no gnuplot"
    finish
fi
run plot "$run_file"
expect plot/draws 0
for chart in fan-2013-12-births-C fan-2013-12-growth-C fan-2013-12-ratio-C verdict-2013-12; do
    has "plot/names_$chart" out "charts/$chart.svg"
    if [ -s "charts/$chart.svg" ]; then
        pass "plot/draws_$chart"
    else
        fail "plot/draws_$chart" "$(ls charts 2>&1)"
    fi
done
run plot "$run_file" --unit C1 --indicator births --format png --out deep/er --json
expect plot/one_fan 0
has plot/one_fan_as_json out '"deep/er/fan-2013-12-births-C1.png"'
if [ "$(ls deep/er)" = fan-2013-12-births-C1.png ]; then
    pass plot/one_fan_only
else
    fail plot/one_fan_only "$(ls deep/er)"
fi
run plot "$run_file" --kind verdict --out heat
if [ "$(ls heat)" = verdict-2013-12.svg ]; then pass plot/one_kind; else fail plot/one_kind "$(ls heat)"; fi

run plot "$run_file" --unit C9
expect plot/an_unknown_unit 64
run plot "$run_file" --indicator marriages
expect plot/an_unknown_indicator 64
run plot "$run_file" --target none
expect plot/an_unknown_target 64
run plot "$run_file" --year-end 2012-12
expect plot/an_unknown_year_end 64

run plot "$run_file" --unit C3 --target births --out small
expect plot/a_small_unit 0
has plot/a_small_unit_is_not_drawn err "too small to be drawn"
empty plot/a_small_unit_names_no_chart out

# Codes and ids from the tables never choose a folder.
make_workspace odd
sed -i 's/^births,/..\/..\/births;x,/' odd/targets.csv
run project odd --draws 100
run plot odd/runs/*.h5 --target '../../births;x' --out safe
expect plot/odd_id 0
if ls safe/fan-2013-12-* >/dev/null 2>&1 && [ "$(find . -name '*births_x*' | wc -l)" = 1 ]; then
    pass plot/odd_id_stays_in_its_folder
else
    fail plot/odd_id_stays_in_its_folder "$(find . -name '*births*')"
fi

# Without gnuplot the run stays, and the message says what to install.
PATH=/nonexistent "$vitalcast" plot "$run_file" --kind verdict --out none >out 2>err
code=$?
expect plot/no_gnuplot 4
has plot/no_gnuplot_says_what_to_install err "gnuplot"
finish
