#!/bin/sh
# vitalcast backtest: the same answer resumed, in other order, by other threads, after a kill;
# nothing of later months leaks into an origin; wrong words are refused.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

make_workspace county

whole() { run backtest "$1" --months 3,7 --years 2012 --draws 300 --quiet --json; }

# A single origin is enough where only its run matters.
one() { run backtest "$1" --months 7 --years 2012 --draws 300 --quiet --json; }

whole county
expect backtest/runs 0
cp out whole.json
for member in scores ranks by_size reliability skill uniformity alarms; do
    has "backtest/has_$member" whole.json "\"$member\": ["
done
has backtest/scores_ours whole.json \
    '"model": "vitalcast", "indicator": "births", "level": 1, "year": 2012, "months_observed": 7, "n": 3'
has backtest/scores_rules_of_thumb whole.json \
    '"model": "seasonal_naive", "indicator": "sex_ratio_at_birth", "level": 0, "year": "all"'
has backtest/scores_ranks whole.json \
    '"figure": "rank", "level": 1, "p_value"'
has backtest/scores_places whole.json \
    '"indicator": "births", "target": "top_30_percent", "level": 1, "bin"'
has backtest/scores_natural_increase whole.json '"indicator": "natural_increase"'
has backtest/replays_declared_targets whole.json '"target": "ratio"'
if [ "$(find county/runs/backtest -name '*.h5' | wc -l)" -eq 2 ]; then
    pass backtest/each_origin_is_a_stored_run
else
    fail backtest/each_origin_is_a_stored_run "$(ls county/runs/backtest)"
fi
run runs verify county/runs/backtest
expect backtest/stored_runs_verify 0

# same NAME: the last answer is the first one.
same() { if cmp -s out whole.json; then pass "$1"; else fail "$1" "another answer"; fi; }

whole county
same backtest/resumed_answer_is_the_same
rm county/runs/backtest/2012-03-*
whole county
same backtest/half_resumed_answer_is_the_same

# One fit an origin is enough for what follows: births of both sexes together.
mkdir plain
cp county/units.csv county/workspace.yaml plain/
awk -F, -v OFS=, 'NR == 1 { print "unit,month,births,population"; next }
    { print $1, $2, $3 + $4, $6 }' county/monthly.csv >plain/monthly.csv
printf 'id,year_end,unit,indicator,direction,value\nfew,2013-12,*,births,at_most,previous_year\n' \
    >plain/targets.csv
whole plain
expect backtest/births_alone 0
cp out whole.json

mkdir other && cp plain/*.csv plain/workspace.yaml other/
"$vitalcast" backtest other --months 3,7 --years 2012 --draws 300 --quiet --json --threads 1 \
    >out 2>err &
child=$!
# Killed when the first origin is there, whenever that is.
while [ -z "$(find other -name '*.h5' 2>/dev/null)" ] && kill -0 "$child" 2>/dev/null; do
    sleep 0.05
done
kill -9 "$child" 2>/dev/null
wait "$child" 2>/dev/null
whole other
same backtest/answer_after_a_kill_is_the_same

# Months after an origin: another future leaves its run as it is, to the last byte.
mkdir later && cp plain/*.csv plain/workspace.yaml later/
awk -F, -v OFS=, 'NR > 1 && $2 > "2012-07" { $3 = $3 + 7 } { print }' plain/monthly.csv \
    >later/monthly.csv
one plain
cp out one.json
one later
expect backtest/another_future_runs 0
if cmp -s out one.json; then
    fail backtest/another_future_scores_otherwise "the same scores"
else
    pass backtest/another_future_scores_otherwise
fi
names() { (cd "$1/runs/backtest" && ls ./2012-07-*.h5); }
if [ "$(names later)" = "$(names plain)" ]; then
    pass backtest/an_origin_does_not_know_its_future
else
    fail backtest/an_origin_does_not_know_its_future "$(names plain) $(names later)"
fi

# What was reported later than usual is not known then.
mkdir vintage && cp plain/*.csv plain/workspace.yaml vintage/
awk -F, -v OFS=, 'NR == 1 { print $0, "reported"; next }
    { year = substr($2, 1, 4); month = substr($2, 6) + 1
      if (month > 12) { month = 1; year++ }
      print $0, sprintf("%d-%02d", year, month)
      if ($1 == "C1" && $2 == "2012-06") { $3 = $3 + 20; print $0, "2012-11" } }' \
    plain/monthly.csv >vintage/monthly.csv
one vintage
expect backtest/vintages_run 0
if [ "$(names vintage)" = "$(names plain)" ]; then
    pass backtest/a_later_correction_is_not_known_then
else
    fail backtest/a_later_correction_is_not_known_then "$(names plain) $(names vintage)"
fi

run backtest county --months 3,7 --years 2012 --draws 300 --lang zh
expect backtest/chinese 0
has backtest/says_how_many_years out '共1个年度'
has backtest/names_rules_of_thumb out '按进度直线推算'
has backtest/says_the_boundary out '不作为下达生育数量'
run backtest county --months 3,7 --years 2012 --draws 300 --lang en
has backtest/says_ranks out 'Ranks among units of one class or parent (6): off by'
has backtest/explains_coverage out '80% interval'

run backtest plain --months 7 --years 2012 --ahead 1 --draws 300 --quiet --json
expect backtest/a_year_ahead 0
has backtest/counts_months_before_the_year out '"months_observed": -5'

run backtest county --years 2050
expect backtest/unknown_year 2
has backtest/says_which_years_there_are err 'the data run from 2008-01 to 2013-07'
run backtest county --years 2012-
expect backtest/broken_list 64
has backtest/says_what_a_list_is err '3,6,7'
run backtest county --months 12
expect backtest/a_whole_year_is_no_forecast 64
run backtest
expect backtest/no_folder 64
finish
