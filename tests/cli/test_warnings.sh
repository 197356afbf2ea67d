#!/bin/sh
# Warnings with memory: what earlier runs of the same store said counts, and only they.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

county=county
example_county $county
for month in 2013-03 2013-05; do
    run project "$county" --quiet --draws 1000 --as-of $month --store all
    expect warnings/run_$month 0
done
run project "$county" --quiet --draws 1000 --as-of 2013-07 --store all
run project "$county" --quiet --draws 1000 --as-of 2013-07 --store alone
july=$(basename "$(find all -name '2013-07-*.h5')" .h5)

run show "$july" --store alone --lang en
expect warnings/show_without_memory 0
has warnings/one_run out "Warnings (runs of this year behind them, this one included: 1)"
has warnings/the_first out "first run"
run show "$july" --store all --lang en
has warnings/three_runs out "Warnings (runs of this year behind them, this one included: 3)"
has warnings/stands_since_march out "2013-03"
has warnings/as_before out "as before"
run show "$july" --store all --lang zh
has warnings/chinese out "预警（依据本年度 3 次测算，含本次）"

# A run of another workspace in the same store tells nothing about this one.
cp -r "$county" other
sed -i 's/^name: .*/name: elsewhere/' other/workspace.yaml
run project other --quiet --draws 1000 --as-of 2013-06 --store all
run show "$july" --store all --lang en
has warnings/others_do_not_count out "Warnings (runs of this year behind them, this one included: 3)"

cp -r "$county" bad
cat >>bad/workspace.yaml <<'END'
warnings: {yellow: 0.3, orange: 0.4, red: 80, months: 2}
END
run check bad --lang en
expect warnings/bad_rules 2
has warnings/order out "warnings: orange (0.4) must be below yellow (0.3)"
has warnings/no_percent out "80"
has warnings/unknown_key out "months"

finish
