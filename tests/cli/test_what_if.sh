#!/bin/sh
# Scenarios and goal seek: the example county as of July 2013, in both languages.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

county=county
example_county $county
run project "$county" --as-of 2013-07 --draws 2000 --store store
expect what_if/project 0
base=$(ls store/*.h5)
id=$(basename "$base" .h5)

# supposed NAME: makes NAME.yaml of the effects on stdin.
supposed() { { printf 'name: %s\neffects:\n' "$1"; cat; } >"$1.yaml"; }

# --- a scenario ---
run what-if "$base" --scenario "$county/scenario.yaml" --lang en
expect what_if/scenario 0
for text in 'SCENARIO, not a forecast: 补录加强' 'were 3 points higher than expected from 2013-08 to 2013-12' \
    'if birth rate (‰) (common level of all units) were 2 % higher' '20 % more were done in each period' \
    "Measured against run $id" 'nothing of causes' 'not a basis for birth quotas'; do
    has "what_if/says_$(echo "$text" | tr -dc 'a-zA-Z' | cut -c1-24)" out "$text"
done
lacks what_if/no_causes out 'because'
if grep -qE '^示例县 +身份证号录入率 \(%\) +≥ 95\.00 +86\.[0-9]+ +89\.[0-9]+ +\+3\.00 ' out; then
    pass what_if/a_stock_moves_by_its_points
else
    fail what_if/a_stock_moves_by_its_points "$(cat out)"
fi
# Vital events are told of the county, not of townships whose record cannot decide.
vital='(birth rate|natural growth rate) \(‰\) +≤'
if [ "$(grep -cE "^示例县 +$vital" out)" = 4 ] && [ "$(grep -cE "$vital" out)" = 4 ]; then
    pass what_if/vital_events_of_the_top_only
else
    fail what_if/vital_events_of_the_top_only "$(grep rate out)"
fi
scenario=$(sed -n 's/^Run .* stored in //p' out)
run what-if "$base" --scenario "$county/scenario.yaml" --lang zh
expect what_if/again 0
has what_if/the_same_again_is_there_already out 此前已存入
has what_if/chinese out '若出生率（‰）（全部单位的共同水平）较预期高 2%'
has what_if/chinese_heading out '情景测算（不是预测）：补录加强'
has what_if/chinese_note out 不说明原因

# --- the stored scenario ---
run runs list store --lang en
expect what_if/list 0
if [ "$(grep -c 补录加强 out)" = 1 ]; then pass what_if/list_marks_it; else fail what_if/list_marks_it "$(cat out)"; fi
run runs verify store
expect what_if/verify 0
run show "$scenario" --lang en
expect what_if/show 0
if sed -n 3p out | grep -q '^SCENARIO, not a forecast'; then
    pass what_if/show_says_so_first
else
    fail what_if/show_says_so_first "$(head -5 out)"
fi
lacks what_if/nobody_is_warned out 'Warnings (runs'
run runs export "$scenario" --what tasks
expect what_if/no_lists_to_work_by 64
run what-if "$scenario" --scenario "$county/scenario.yaml"
expect what_if/not_on_a_scenario 64
has what_if/names_the_base err "$id"
# A later run does not remember the scenario, although that was made last.
make_workspace small
run project small --as-of 2013-06 --draws 200 --quiet
expect what_if/project_june 0
june=$(ls small/runs/*.h5)
run project small --as-of 2013-07 --draws 200 --quiet
expect what_if/project_july 0
july=$(ls small/runs/2013-07*.h5)
run show "$july" --json
cp out remembered
printf -- '  - {indicator: births, from: 2013-07, to: 2013-12, times: 3}\n' | supposed tripled
sleep 1
run what-if "$june" --scenario tripled.yaml
expect what_if/tripled 0
run show "$july" --json
if cmp -s out remembered; then
    pass what_if/warnings_forget_scenarios
else
    fail what_if/warnings_forget_scenarios "$(diff out remembered)"
fi

# --- nothing changed, JSON, nothing stored ---
printf -- '  - {indicator: births, from: 2013-08, to: 2013-12, times: 1}\n' | supposed neutral
run what-if "$base" --scenario neutral.yaml --no-store --json --all
expect what_if/neutral 0
cp out neutral.json
count=$(find store -name '*.h5' | wc -l)
if [ "$count" = 2 ]; then pass what_if/no_store; else fail what_if/no_store "$count runs"; fi
run what-if "$base" --scenario "$county/scenario.yaml" --json
cp out scenario.json
run show "$scenario" --json
cp out shown.json
if command -v python3 >/dev/null; then
    cat >look.py <<'END'
import json
n, d, s = (json.load(open(f + ".json")) for f in ("neutral", "scenario", "shown"))
assert n["run"] is None and n["file"] is None and n["results"]
for r in n["results"]:
    assert r["p_met_difference"] == 0 and not r["median_difference"], r
assert [e["indicator"] for e in d["scenario"]["effects"]] == ["身份证号录入率", "孕检完成率", "birth_rate"]
assert d["scenario"]["effects"][0]["add"] == 3 and d["scenario"]["effects"][2]["times"] == 1.02
assert d["scenario"] == s["scenario"] and d["run"] == s["run"]
shown = {(r["target_id"], r["unit"]): r for r in s["results"]}
for r in d["results"]:
    assert shown[r["target_id"], r["unit"]]["p_met"] == r["p_met"], r
    services = r["indicator"] in ("身份证号录入率", "孕检完成率")
    assert services or r["unit"] == "990101", r
    assert r["indicator"] not in ("重复率", "sex_ratio_at_birth") or not services
    if r["indicator"] == "身份证号录入率":
        assert abs(r["median_difference"] - 3) < 0.02, r
    if r["indicator"] == "birth_rate":
        assert r["p_met_difference"] <= 0 < r["median_difference"], r
assert all("warning" not in r for r in s["results"])
END
    if problem=$(python3 look.py 2>&1); then pass what_if/json; else fail what_if/json "$problem"; fi
fi

# --- what is refused, all in one pass, with both places ---
supposed bad <<'END'
  - {indicator: birth_rate, unit: "990101001", from: 2013-08, to: 2013-12, times: 1.02}
  - {indicator: sex_ratio_at_birth, unit: "990101001", from: 2013-08, to: 2013-12, add: -3}
  - {indicator: 重复率, from: 2013-07, to: 2013-12, add: 1}
  - {indicator: 重复率, from: 2013-08, to: 2013-12}
  - {indicator: 身份证号录入率, from: 2013-08, to: 2013-10, add: 1}
  - {indicator: 身份证号录入率, unit: "990101002", from: 2013-10, to: 2013-12, add: 1}
END
run what-if "$base" --scenario bad.yaml --lang en --store refused
expect what_if/faults 2
has what_if/birth_rate_of_a_township err 'bad.yaml:3:35: fault S14'
has what_if/sex_ratio_of_a_township err 'bad.yaml:4:43: fault S14'
has what_if/boundary_is_said err 'boundary 2'
has what_if/dates_outside err 'bad.yaml:5:28: fault S14'
has what_if/no_size err 'bad.yaml:6:5: fault S14: this effect has no size'
has what_if/overlap err 'bad.yaml:8:5: fault S14'
has what_if/overlap_names_both err 'line 7, column 5'
empty what_if/faults_print_nothing out
no_run what_if/faults_store_nothing refused
run what-if "$base" --scenario nowhere.yaml
expect what_if/no_file 2
run what-if "$base"
expect what_if/needs_one_of_both 64
run what-if "$base" --scenario neutral.yaml --goal-seek entry-12-county
expect what_if/takes_one_of_both 64

# --- goal seek ---
run what-if "$base" --goal-seek entry-12-county --lang en
expect what_if/goal 0
has what_if/goal_is_said out 'P(met) would be 8'
points=$(sed -n 's/.* were \([0-9.]*\) points higher .*/\1/p' out)
printf -- '  - {indicator: 身份证号录入率, from: 2013-08, to: 2013-12, add: %s}\n' "$points" | supposed goal
run what-if "$base" --scenario goal.yaml --no-store --json
less=$(awk -v p="$points" 'BEGIN { printf "%.2f", p - 0.01 }')
p_of() { sed -n 's/.*"target_id": "entry-12-county".*"p_met": \([0-9.e-]*\).*/\1/p' out; }
enough=$(p_of)
printf -- '  - {indicator: 身份证号录入率, from: 2013-08, to: 2013-12, add: %s}\n' "$less" | supposed goal
run what-if "$base" --scenario goal.yaml --no-store --json
if awk -v a="$enough" -v b="$(p_of)" 'BEGIN { exit !(a >= 0.8 && b < 0.8) }'; then
    pass what_if/the_goal_is_the_smallest_change
else
    fail what_if/the_goal_is_the_smallest_change "$points: $enough, $less: $(p_of)"
fi
for target in birth-rate-12-county natural-growth-12-county sex-ratio-12-county birth-rate-12-towns; do
    run what-if "$base" --goal-seek $target --lang en
    expect "what_if/no_goal_of_$target" 64
    has "what_if/why_no_goal_of_$target" err 'services and records only'
    empty "what_if/nothing_of_$target" out
done
run what-if "$base" --goal-seek entry-12-towns --unit 990101009 --probability 0.9 --json
expect what_if/goal_of_a_township 0
has what_if/goal_in_json out '"state": "found"'
run what-if "$base" --goal-seek nothing
expect what_if/goal_of_nothing 64
run what-if "$base" --goal-seek entry-12-towns --unit 990101
expect what_if/goal_of_another_unit 64
for p in 0 1 1.5 x -0.1 0.5x nan; do
    run what-if "$base" --goal-seek entry-12-county --probability=$p
    expect "what_if/probability_$p" 64
done
if command -v gnuplot >/dev/null; then
    run plot "$scenario" --kind fan --target entry-12-county --out charts
    expect what_if/plot 0
    if grep -qF '不是预测' charts/fan-*.svg; then pass what_if/charts_say_so; else fail what_if/charts_say_so "$(ls charts)"; fi
else
    skip what_if/plot "no gnuplot"
fi
finish
