#!/bin/sh
# What changed since an earlier run: `project --since`, `show`, `runs diff`.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

make_workspace county
# Standard deviations that are given: fits take no time.
mkdir county/models
for event in births deaths; do
    cat >county/models/$event.yaml <<END
name: $event
family: poisson
exposure: population
level: {mean: auto, sd: 2}
drift: {sd: 0.05}
units: {leaf: {level: {fixed: 0.5}, step: {fixed: 0.05}}}
END
done
cat >county/models/sex.yaml <<'END'
name: sex
family: binomial
level: {mean: 0.06, sd: 0.1}
units: {leaf: {level: {fixed: 0.05}}}
END

id_of() { sed -n 's/^Run \(.*\) stored in .*/\1/p' out; }

run project county --quiet --draws 1000 --as-of 2013-06 --store runs --since last
expect changes/first_run 0
has changes/nothing_before err "--since last: the store has no earlier run"
june=$(id_of)
run project county --quiet --draws 1200 --as-of 2013-06 --store runs
more=$(id_of)

# May of the east town is corrected, July is new.
sed 's/^C1,2013-05,[0-9]*,/C1,2013-05,44,/' county/monthly.csv >corrected
mv corrected county/monthly.csv
run project county --quiet --draws 1000 --as-of 2013-07 --store runs --since "$june"
expect changes/since_a_run 0
july=$(id_of)
has changes/heading out "What changed since run $june (data as of 2013-06)"
has changes/columns out "P(met) before  late corrections  re-blocking  new month"
has changes/zero_steps out "Exactly 0, because nothing differs there: sampling, targets, model, revised population."
has changes/order out "in the order of the columns"
has changes/cost out "Runs computed in between: 2 with fits, 0 without."
has changes/news out "2013-07, 测试县: births 99, expected "
sed -n '/^What changed/,/^Runs computed/p' out >computed
run project county --quiet --draws 1000 --as-of 2013-07 --store runs --since "$june"
has changes/same_again out "$july"
if [ "$(find runs -name "2013-07-*.h5" | wc -l)" = 1 ]; then pass changes/stored_once; else fail changes/stored_once "$(ls runs)"; fi

run show "$july" --store runs --lang en
sed -n '/^What changed/,/^Runs computed/p' out >shown
if cmp -s computed shown; then pass changes/show_has_them; else fail changes/show_has_them "$(diff computed shown)"; fi
run show "$july" --store runs --lang zh
has changes/chinese out "变动构成：与测算 $june（数据截至 2013-06）相比"
has changes/chinese_columns out "补报更正"
has changes/chinese_news out "2013-07 测试县：出生 99，原预期 "
run show "$june" --store runs --lang en
lacks changes/none_where_none_was_asked out "What changed"

# From two stored runs alone, the inputs deleted: the same table.
run project county --quiet --draws 1000 --as-of 2013-07 --store runs
plain=$(id_of)
mv county gone
run runs diff "$june" "$plain" --store runs --lang en --quiet
expect changes/diff 0
sed -n '/^What changed/,/^Runs computed/p' out >diffed
if cmp -s computed diffed; then pass changes/diff_is_the_same; else fail changes/diff_is_the_same "$(diff computed diffed)"; fi
mv gone county

# Steps add up to the change, in every result.
run runs diff "$june" "$july" --store runs --json
expect changes/json 0
has changes/json_differs out '"differs": ["corrections", "blocks", "periods"]'
grep '"p_steps"' out >results
bad=$(awk '{
    line = $0; match(line, /"p_steps": {[^}]*}/); steps = substr(line, RSTART + 12, RLENGTH - 13)
    n = split(steps, part, ", "); sum = 0
    for (i = 1; i <= n; i++) { sub(/.*: /, "", part[i]); sum += part[i] }
    match(line, /"p_before": [^,]*/); before = substr(line, RSTART + 12, RLENGTH - 12)
    match(line, /"p_met": [^,]*/); now = substr(line, RSTART + 9, RLENGTH - 9)
    d = before + sum - now
    if (n != 9 || d > 1e-12 || d < -1e-12) print
} END { if (NR != 9) print NR " results" }' results)
if [ -z "$bad" ]; then pass changes/steps_add_up; else fail changes/steps_add_up "$bad"; fi
# Small cells: no median of the small village, its probability is there.
if grep '"unit": "C3"' results | grep -q '"p_before": [0-9].*"median_before": null.*"median": null'; then
    pass changes/small_cells
else
    fail changes/small_cells "$(grep '"unit": "C3"' results)"
fi
has changes/json_news out '"event": "births", "observed": 99,'

run runs diff "$june" "$more" --store runs --lang en
has changes/draws_are_sampling out "P(met) before  sampling"
lacks changes/no_run_in_between out "Runs computed in between"
run runs diff "$june" "$june" --store runs --lang en
has changes/itself out "Nothing differs from that run"

# The top unit alone, or all.
run runs diff "$june" "$july" --store runs --lang en
lacks changes/top_unit out "东镇"
run runs diff "$june" "$july" --store runs --lang en --all
has changes/all_units out "东镇"

# Refused, before anything is fitted.
run runs diff "$july" "$june" --store runs --lang en
expect changes/wrong_order 2
has changes/wrong_order_said err "run $july has data as of 2013-07, later than 2013-06"
run project county --quiet --as-of 2013-06 --store fresh --since "runs/$july.h5"
expect changes/later_run 2
no_run changes/later_run_stored_nothing fresh
cp -r county other
sed -i 's/^name: .*/name: elsewhere/' other/workspace.yaml
run project other --quiet --store fresh --since "runs/$june.h5"
expect changes/other_workspace 2
has changes/other_workspace_said err 'is of workspace "测试县", not of "elsewhere"'
lacks changes/no_faults_counted err "faults"
run project county --quiet --store runs --since 2013-01-000000000000
expect changes/no_such_run 2
run runs diff "$june" --store runs
expect changes/diff_takes_two 64
run runs list runs runs
expect changes/list_takes_one 64
run project county --quiet --store runs --since "$june" --basis both --lang en
expect changes/both_bases 64
has changes/both_bases_said err "with both bases, --since takes only"

finish
