#!/bin/sh
# What the records of the example county can say: beyond chance and coloured, or neither.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"
red=$(printf '\033[31m')
escape=$(printf '\033')

example_county example
run project example --as-of 2013-07 --draws 500 --quiet --store store
expect grade/projects 0
id=$(basename store/*.h5 .h5)

# is NAME GOT WANT
is() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "\"$2\" instead of \"$3\""; fi; }

# tables LANGUAGE LEVEL BEYOND INDICATOR: verdicts and grades of the year that ends in 2013-12.
tables() {
    run show "$id" --store store --quiet --lang "$1" --color always
    expect "grade/shows_$1" 0
    awk '/20[0-9][0-9]-[0-9][0-9]/ { on = /2013-01/ && /2013-12/ && /2013-07/ } on' out |
        grep -F "$4" >rows
    grep -E '^示例县 ' rows >county
    grep -vE '^示例县 ' rows >townships
    is "grade/no_unit_is_decidable_$1" "$(grep -cF "$2" rows)" 14
    is "grade/no_township_is_beyond_chance_$1" "$(grep -cF "$3" townships)" 0
    is "grade/no_township_is_coloured_$1" "$(grep -cF "$escape" townships)" 0
    is "grade/the_county_is_beyond_chance_$1" "$(grep -cF "$3" county)" 1
    is "grade/the_county_is_coloured_$1" "$(grep -cF "$red" county)" 2
}
tables en "not decidable" "beyond chance" "sex ratio at birth"
tables zh 样本量不足以判断 超出随机波动 出生人口性别比

# Colours only on a terminal, or when asked for.
run show "$id" --store store --quiet
lacks grade/no_colours_in_a_file out "$escape"
run show "$id" --store store --quiet --color never
lacks grade/no_colours_when_not_wanted out "$escape"
run show "$id" --store store --color sometimes
expect grade/another_word_is_refused 64

# member CODE YEAR_END INDICATOR MEMBER: of the JSON object `grade`.
run show "$id" --store store --quiet --json
cp out county.json
member() {
    grep -F "\"unit\": \"$1\"" county.json | grep -F "\"year_end\": \"$2\"" |
        grep -F "\"indicator\": \"$3\"" | grep -o '"grade": {.*' | grep -o "\"$4\": [^,}]*" | head -n 1 | sed 's/.*: //'
}

is grade/json_county_level "$(member 990101 2013-12 sex_ratio_at_birth level)" '"not_decidable"'
is grade/json_county_beyond "$(member 990101 2013-12 sex_ratio_at_birth beyond_chance)" true
is grade/json_county_coloured "$(member 990101 2013-12 sex_ratio_at_birth coloured)" true
is grade/json_county_rate "$(member 990101 2013-12 birth_rate level)" '"decidable"'
for unit in 01 02 03 04 05 06 07 08 09 10 11 12 13; do
    is "grade/json_township_${unit}_level" "$(member 9901010$unit 2013-12 sex_ratio_at_birth level)" '"not_decidable"'
    is "grade/json_township_${unit}_coloured" "$(member 9901010$unit 2013-12 sex_ratio_at_birth coloured)" false
done
# 703 boys among 1,263 births and p = 106/206: R 4.2.2, pbeta and twice the upper pbinom.
is grade/json_county_p_beyond "$(member 990101 2013-12 sex_ratio_at_birth p_beyond | cut -c1-7)" 0.99862
is grade/json_county_p_value "$(member 990101 2013-12 sex_ratio_at_birth p_value | cut -c1-7)" 0.00302
has grade/services_have_no_grade county.json '"indicator": "重复率"'
if grep -F '"indicator": "重复率"' county.json | grep -qF '"grade"'; then
    fail grade/services_have_no_grade "a grade of 重复率"
fi

# Small cells say nothing of their size, and what is normal can be set.
make_workspace small
echo 'grade: {sex_ratio_at_birth: {normal: 105, off: 120}, births: {margin: 10}}' >>small/workspace.yaml
run project small --as-of 2013-07 --draws 500 --quiet --json
expect grade/settings_are_read 0
cp out county.json
is grade/normal_is_set "$(member C 2013-12 sex_ratio_at_birth normal)" 105
is grade/off_is_set "$(member C 2013-12 sex_ratio_at_birth off)" 120
is grade/a_small_cell_has_a_level "$(member C3 2013-12 sex_ratio_at_birth level)" '"not_decidable"'
for name in n alpha beta p_value p_beyond pooled_3; do
    case $(member C3 2013-12 sex_ratio_at_birth $name) in
    null | '{"figure": null') pass "grade/a_small_cell_hides_$name" ;;
    *) fail "grade/a_small_cell_hides_$name" "$(member C3 2013-12 sex_ratio_at_birth $name)" ;;
    esac
done
run show "$(ls small/runs/*.h5)" --json --quiet
if [ "$(sed 1,3d out)" = "$(sed 1,3d county.json)" ]; then
    pass grade/a_stored_run_has_the_same_grades
else
    fail grade/a_stored_run_has_the_same_grades "$(diff out county.json | head -4)"
fi

# refused NAME LINE PLACE TEXT: the line in workspace.yaml is a fault at line:column.
refused() {
    cp small/workspace.yaml kept.yaml
    printf 'name: A\n%s\n' "$2" >small/workspace.yaml
    run check small --lang en
    expect "grade/$1" 2
    has "grade/$1_says_where" out "workspace.yaml:$3: fault S01"
    has "grade/$1_says_what" out "$4"
    cp kept.yaml small/workspace.yaml
}
refused an_unknown_indicator_is_a_fault 'grade: {sex_ratio: {off: 115}}' 2:9 sex_ratio_at_birth
refused an_unknown_key_is_a_fault 'grade: {births: {margn: 5}}' 2:18 margin
refused a_wide_margin_is_a_fault 'grade: {births: {margin: 60}}' 2:26 margin
refused off_below_normal_is_a_fault 'grade: {sex_ratio_at_birth: {normal: 115, off: 106}}' 2:48 'must be above'
finish
