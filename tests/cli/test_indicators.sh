#!/bin/sh
# Declared indicators: the same boundaries as for standard ones, the department that reports,
# and a run that knows them with the workspace deleted.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

mkdir work
fixed_models work
for file in monthly progress units; do cp "$source_tree/datasets/example-county/$file.csv" work; done
cat >work/workspace.yaml <<'EOF'
name: 示例县
synthetic: yes
language: zh
basis: registered
indicators:
  birth_rate: {department: 县统计局}
  女男出生比: {kind: ratio, events: births_female, to: births_male, times: 100, department: 妇幼保健院}
  出生死亡比: {kind: ratio, events: births, to: deaths, times: 100}
  女婴人数: {kind: count, events: births_female, label: {en: girls, zh: 女婴}}
  孕检完成率: {kind: quota, cap: 100, department: 服务站}
EOF
cat >work/targets.csv <<'EOF'
id,year_end,unit,indicator,direction,value,decimals
rate,2013-12,990101,出生率,at_most,13,2
girls-to-boys,2013-12,*,女男出生比,at_least,93.46,2
births-to-deaths,2013-12,990101,出生死亡比,at_least,150,1
girls,2013-12,*,女婴人数,at_least,3000,
checkups,2013-12,*,孕检完成率,at_least,100,2
EOF
run check work
expect indicators/check 0
run project work --as-of 2013-07 --draws 1000 --store store
expect indicators/project 0
stored=$(ls store/*.h5)
rm -rf work
run show "$stored" --lang zh
expect indicators/show_without_workspace 0
cp out zh
has indicators/label zh '女婴'
lacks indicators/label_instead_of_the_name zh '女婴人数'
has indicators/reporters zh '负责上报和解释：出生率（‰）：县统计局、女男出生比（每 100）：妇幼保健院。'
has indicators/no_grade_is_said zh '以下指标不作样本量分级：出生死亡比（每 100）。'
has indicators/watched zh '不作评价）：女男出生比（每 100）：松河镇'
for list in 任务清单 责任清单; do
    awk -v h="$list" 'index($0, h) { f = 1 } f && /^$/ { exit } f' zh >rows
    has "indicators/${list}_services" rows 孕检完成率
    for word in 女男出生比 女婴 出生死亡比 出生率 统计局 妇幼保健院; do
        lacks "indicators/${list}_$word" rows "$word"
    done
done
# Villages are below the township level: nothing of births is shown for them.
run show "$stored" --lang en --all
expect indicators/show_all 0
sed -n 's/^.*村 *\(girls\|女男出生比 (per 100)\) \(.*\)≥.*/\2/p' out >cells
if [ -s cells ] && ! grep -q '[0-9]%* .*[0-9]' cells; then
    pass indicators/small_cells
else
    fail indicators/small_cells "$(head -3 cells)"
fi
run show "$stored" --json
expect indicators/json 0
tr -d '\n ' <out >json
has indicators/json_department json '"indicator":"女男出生比","department":"妇幼保健院"'
has indicators/json_no_department json '"indicator":"出生死亡比","department":null'
has indicators/json_of_a_service json '"indicator":"孕检完成率","department":"服务站"'
example_county county
run project county --as-of 2013-07 --draws 1000 --store other
if command -v h5dump >/dev/null 2>&1; then
    h5dump -n "$stored" >with
    h5dump -n other/*.h5 >without
    has indicators/stored with '/indicators'
    lacks indicators/absent_without without '/indicators'
else
    skip indicators/stored "no h5dump"
fi
finish
