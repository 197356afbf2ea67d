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

# A county with a class, points and an earlier run has something for every kind.
make_workspace full
printf 'commendation:\n  - {name: honours, year_end: 2013-12, class: "*", by: %s}\n' \
    'sex_ratio_at_birth, quota: 1, ties: share, better: low' >>full/workspace.yaml
cat >full/units.csv <<'END'
code,name,parent,class
C,测试县,,
C1,东镇,C,towns
C2,西镇,C,towns
C4,南镇,C,towns
C5,北镇,C,towns
END
sed '/^C3,/d' full/monthly.csv >rows
cp rows full/monthly.csv
sed -n 's/^C1,/C4,/p; s/^C2,/C5,/p' rows >>full/monthly.csv
cat >full/targets.csv <<'END'
id,year_end,unit,indicator,direction,value,decimals,points
births,2013-12,*,births,at_most,previous_year,,50
ratio,2013-12,*,sex_ratio_at_birth,at_most,112.5,1,50
END
run project full --as-of 2013-06 --draws 100
run project full --as-of 2013-07 --draws 100 --since last
expect plot/full_run 0
full=$(ls full/runs/2013-07*.h5)
run plot "$full" --kind all --out all
expect plot/all_kinds 0
for chart in verdict-2013-12 fan-2013-12-births-C caterpillar-2013-12-ratio \
    trend-2013-12-ratio-C pace-2013-12-births-C ranks-2013-12-honours-towns \
    funnel-sex_ratio_at_birth-level1 seasonal-births-C tornado-2013-12-C \
    changes-2013-12-ratio-C; do
    if grep -q '</svg>' "all/$chart.svg" && grep -qxF "all/$chart.svg" out; then
        pass "plot/kind_${chart%%-*}"
    else
        fail "plot/kind_${chart%%-*}" "$(cat out err)"
    fi
done
run plot "$full" --kind trend --indicator births --format pdf --out pages
has plot/pdf out pages/trend-2013-12-births-C.pdf
if [ "$(head -c 5 pages/trend-2013-12-births-C.pdf)" = %PDF- ]; then
    pass plot/pdf_is_one
else
    fail plot/pdf_is_one "$(head -c 20 pages/trend-2013-12-births-C.pdf)"
fi
run plot "$full" --kind seasonal --indicator births --format emf --out pages --lang zh
has plot/emf out pages/seasonal-births-C.emf
run plot "$full" --kind doughnut
expect plot/an_unknown_kind 64
run plot "$full" --kind ranks --target ratio
expect plot/nothing_of_this_kind 64

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
