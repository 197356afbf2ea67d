#!/bin/sh
# Registered and resident population: one of them, or both side by side; never a mixture.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

# Two years of one town; residents have half the births of the registered.
mkdir town
printf 'name: 东镇\nlanguage: en\nbasis: both\n' >town/workspace.yaml
printf 'code,name\nA,东镇\n' >town/units.csv
printf 'id,year_end,unit,indicator,direction,value\nb,2013-12,A,births,at_most,300\n' \
    >town/targets.csv
{
    echo "unit,month,basis,births,population"
    for month in 2011-01 2011-02 2011-03 2011-04 2011-05 2011-06 2011-07 2011-08 2011-09 \
        2011-10 2011-11 2011-12 2012-01 2012-02 2012-03 2012-04 2012-05 2012-06 2012-07 \
        2012-08 2012-09 2012-10 2012-11 2012-12 2013-01 2013-02 2013-03 2013-04 2013-05; do
        echo "A,$month,registered,40,40000"
        echo "A,$month,resident,20,30000"
    done
} >town/monthly.csv

run project town --quiet --draws 1000
expect bases/both_run 0
has bases/names_the_registered out "Basis: registered population"
has bases/names_the_resident out "Basis: resident population"
has bases/side_by_side out "Side by side: registered population (left), resident population (right)"
if [ "$(find town/runs -name '*.h5' | wc -l)" = 2 ]; then
    pass bases/two_runs_are_stored
else
    fail bases/two_runs_are_stored "$(ls town/runs)"
fi
# Five months of 40 and of 20.
if grep -E '^东镇 +births +200 .* 100 ' out >/dev/null; then
    pass bases/figures_of_both
else
    fail bases/figures_of_both "$(cat out)"
fi

run project town --quiet --draws 1000 --basis resident --store one
expect bases/one_by_option 0
lacks bases/one_is_not_beside_another out "Side by side"
lacks bases/one_is_the_resident out "registered population"

run project town --quiet --draws 1000 --json --store both
if command -v python3 >/dev/null; then
    if python3 -c '
import json
print(*[b["basis"] for b in json.load(open("out"))["bases"]])' >bases 2>err &&
        [ "$(cat bases)" = "registered resident" ]; then
        pass bases/json_has_both
    else
        fail bases/json_has_both "$(cat bases err)"
    fi
else
    skip bases/json_has_both "no python3"
fi

run fit town --quiet --lang zh
expect bases/fit_of_both 0
has bases/fit_names_them out "口径：常住人口"

run project town --basis village
expect bases/no_such_basis 64
sed -i '/resident/d' town/monthly.csv
run check town
expect bases/one_is_not_both 2
has bases/one_is_not_both_says_why out "not of both bases"
finish
