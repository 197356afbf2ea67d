#!/bin/sh
# Verdicts in words, what the rest of the year would have to be, problem, task and
# responsibility lists: the example county as of July 2013, in both languages.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

example_county example
run project example --as-of 2013-07 --draws 2000 --store store
expect lists/project 0
stored=$(ls store/*.h5)

# rows FILE PATTERN: how many lines there are of that form.
rows() { grep -cE -e "$2" "$1"; }

run show "$stored" --lang zh
expect lists/show 0
cp out zh
for year_end in 2013-09 2013-12; do
    for heading in 后期需达到的平均水平 问题清单 任务清单 责任清单; do
        grep -F "$heading" zh | grep -qF "截至 $year_end" || fail lists/headings "no $heading $year_end"
    done
done
[ "$failures" -gt 0 ] || pass lists/headings
# section HEADING YEAR_END: the lines of a list up to the next blank one.
section() { awk -v h="$1" -v y="$2" 'index($0, h) && index($0, y) { f = 1 } f && /^$/ { exit } f' zh; }
section 问题清单 2013-12 >problems
section 任务清单 2013-12 >tasks
section 责任清单 2013-12 >responsibilities
section 后期需达到的平均水平 2013-12 >required
for row in '示例县 +出生人口性别比 +≤ 107\.0 +125\.5 +\+18\.5 .*基本难以实现' \
    '示例县 +身份证号录入率（%） +≥ 95\.00 +84\.71 +\+10\.29 ' \
    '望山乡 +身份证号录入率（%） +≥ 95\.00 +73\.15 '; do
    if [ "$(rows problems "$row")" = 1 ]; then
        pass "lists/problem_$(echo "$row" | tr -dc '0-9')"
    else
        fail "lists/problem_$(echo "$row" | tr -dc '0-9')" "$(cat problems)"
    fi
done
lacks lists/no_township_is_a_problem_by_its_births problems '松河镇  出生'
has lists/townships_are_watched problems '观察（单个单位的样本量可能不足以判断，不作评价）：出生人口性别比：松河镇'

# 95 % of 174,767 is 166,028.65; as published 94.995 % is enough: 166,020 (rounded up).
if [ "$(rows tasks '示例县 +身份证号录入率（%） +信息科 +148045 +166020 +17975 +3595 +3595 +3595 +3595 +3595$')" = 1 ]; then
    pass lists/task_and_plan
else
    fail lists/task_and_plan "$(cat tasks)"
fi
if [ "$(rows responsibilities '信息科 +示例县 +重复率（%） +≤ 1\.00 +0\.86 .*未销号$')" = 1 ] &&
    [ "$(rows responsibilities '服务站 +示例县 +孕检完成率（%） +≥ 80\.00 +86\.67 .*已销号$')" = 1 ]; then
    pass lists/open_and_closed
else
    fail lists/open_and_closed "$(cat responsibilities)"
fi
for list in tasks responsibilities; do
    lacks "lists/${list}_without_vital_events" $list 出生
    lacks "lists/${list}_without_growth" $list 自然增长
done
if [ "$(rows required '(出生|增长)')" = 3 ]; then # the county's three, no township's
    pass lists/required_at_the_top_only
else
    fail lists/required_at_the_top_only "$(cat required)"
fi

run show "$stored" --lang en
for text in 'Required average of the rest of the year ending 2013-12' 'Problem list, year ending 2013-09' \
    'Task list (services and records), year ending 2013-12' 'Responsibility list' 'practically out of reach' \
    'Watch (the record' 'added per month' 'closed'; do
    has "lists/english_$(echo "$text" | tr -c 'a-zA-Z0-9\n' _)" out "$text"
done

run show "$stored" --json
if command -v python3 >/dev/null; then
    cat >look.py <<'END'
import json
d = json.load(open("out"))
services = {"身份证号录入率", "重复率", "孕检完成率"}
top = "990101"
assert d["tasks"] and d["responsibilities"] and d["problems"] and d["required"]
for row in d["tasks"] + d["responsibilities"]:  # boundary 2
    assert row["indicator"] in services and row["department"], row
for row in d["required"]:
    assert row["indicator"] in services or row["unit"] == top, row
for row in d["tasks"]:
    assert sum(p["amount"] for p in row["plan"]) == row["remaining"] == row["goal"] - row["done"], row
told = {(r["target_id"], r["unit"]): r["grade"]["coloured"] for r in d["results"] if "grade" in r}
for row in d["problems"]:  # what chance cannot explain is shown, however small the unit
    own = row["indicator"] in services or row["unit"] == top
    own = own or told.get((row["target_id"], row["unit"]), False)
    assert row["status"] == ("problem" if own else "watch"), row
    assert row["status"] == "problem" or not {"gap", "verdict"} & row.keys(), row
words = {r["verdict"] for r in d["results"]}
assert "practically_certain" in words and "practically_out_of_reach" in words and None not in words, words
listed = {(r["target_id"], r["unit"]) for r in d["problems"]}
for r in d["results"]:  # on the list if and only if it has to be
    gap = r["gap"] if r["gap"] is not None else float("-inf")  # a small cell
    late = r["p_met"] < 0.5 or round(gap, 6) > (0.5 if r["indicator"] == "births" else 0.05)
    assert not late or (r["target_id"], r["unit"]) in listed, r
END
    if problem=$(python3 look.py 2>&1); then pass lists/json; else fail lists/json "$problem"; fi
fi

# Small cells: 7 births in the year, and 5 a month of which the last month is incomplete, so
# that what the rest would have to be tells the months before it.
make_workspace county
printf 'code,name,parent\nC3,小乡,\n' >county/units.csv
grep -E '^(unit|C3)' county/monthly.csv >few
awk -F, -v OFS=, 'NR > 1 { $3 = 3; $4 = 2 } 1' few >five
printf 'id,year_end,unit,indicator,direction,value,decimals\nb,2013-12,*,births,at_most,90,0\n' >county/targets.csv
hidden='"state":null,"average":null,"average_high":null,"so_far":null'
# told NAME yes|no: runs, and says whether the averages are null.
told() {
    run project county --as-of 2013-07 --draws 200 --json
    expect "lists/$1_runs" 0
    if tr -d ' \n' <out | grep -qF "$hidden"; then null=yes; else null=no; fi
    if [ $null = "$2" ]; then pass "lists/$1"; else fail "lists/$1" "$(cat out)"; fi
}
cp few county/monthly.csv
told small_sums_are_not_told yes
cp five county/monthly.csv
told large_sums_are_told no
echo 'reporting_completeness: [0.9, 0.05]' >>county/workspace.yaml
told small_months_are_not_told_by_differences yes
small=$(sed -n 's/.*"file": "\([^"]*\)".*/\1/p' out | head -1)
run show "$small"
expect lists/show_of_small_cells 0
lacks lists/no_average_of_small_cells out '≤ 1'

# CSV: one list after the other, text that a spreadsheet would calculate made harmless.
cat >county/progress.csv <<'END'
unit,month,indicator,kind,numerator,denominator,cumulative,status,department
C3,2013-07,完成率,quota,31,100,yes,final,"=cmd|' /C calc'!A1"
END
echo 'p,2013-12,*,完成率,at_least,80,0' >>county/targets.csv
printf 'code,name,parent\nC3,"@小,""乡",\n' >county/units.csv
run project county --as-of 2013-07 --draws 200 --json
expect lists/export_project 0
small=$(sed -n 's/.*"file": "\([^"]*\)".*/\1/p' out | head -1)
run runs export "$small" --what tasks
expect lists/export_tasks 0
head -1 out >heading
has lists/export_heading heading 'target_id,unit,name,year_end,assessment_period,indicator,department,done,denominator,goal,remaining,period,amount'
has lists/export_row out "p,C3,\"'@小,\"\"乡\",2013-12,year,完成率,'=cmd|' /C calc'!A1,31,100,80,49,2013-08,10"
lacks lists/export_tasks_without_births out births
run runs export "$small" --what responsibilities
has lists/export_status out ',49,'
lacks lists/export_responsibilities_without_births out births
run runs export "$small" --what problems
expect lists/export_problems 0
has lists/export_problem out 'p,C3,'
run runs export "$small"
expect lists/export_needs_to_know_what 64
run runs export --what tasks
expect lists/export_needs_a_run 64
run runs export "$small" --what births
expect lists/export_knows_its_lists 64
finish
