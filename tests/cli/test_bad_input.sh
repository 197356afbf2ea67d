#!/bin/sh
# Faults of the input: exit 2, each with file:line:column, all in one pass, nothing stored.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

# refused NAME PLACE: check and project of workspace `county` name the place and end with 2.
refused() {
    run check county
    expect "bad_input/check_refuses_$1" 2
    has "bad_input/check_places_$1" out "$2"
    run project county --draws 100
    expect "bad_input/project_refuses_$1" 2
    has "bad_input/project_places_$1" err "$2"
    empty "bad_input/project_prints_no_result_of_$1" out
    no_run "bad_input/project_stores_nothing_of_$1" county/runs
}

# spoil FILE LINE SED: county is made anew and one line of a file edited.
spoil() {
    rm -rf county
    make_workspace county
    sed -i "$2s/$3/" "county/$1"
}

make_workspace county
run check county
expect bad_input/a_good_workspace_passes 0
has bad_input/a_good_workspace_is_summed_up out "No faults."
run check county --lang zh
has bad_input/the_summary_in_chinese out "没有错误"

spoil monthly.csv 5 '[0-9]*,[0-9]*$/x,100'
refused a_word_for_a_number monthly.csv:5:
spoil monthly.csv 9 '^C1/C9'
refused an_unknown_unit monthly.csv:9:1
spoil monthly.csv 7 '^\(C1,[^,]*\),[0-9]*/\1,-3'
refused negative_births monthly.csv:7:
spoil workspace.yaml 2 'synthetic/sinthetic'
refused an_unknown_key workspace.yaml:2:1
spoil targets.csv 3 'at_least/upwards'
refused a_target_without_direction targets.csv:3:
spoil units.csv 3 ',C$/,C1'
refused a_unit_that_is_its_own_parent units.csv:3:

spoil monthly.csv 5 '[0-9]*$/x'
sed -i '11s/^C1/C9/' county/monthly.csv
run check county
has bad_input/first_of_two_faults out monthly.csv:5:
has bad_input/second_of_two_faults out monthly.csv:11:

run check county --json
expect bad_input/json_keeps_the_exit_code 2
has bad_input/json_counts_faults out '"faults": 2'
has bad_input/json_places_faults out '"line": 11'

run check nowhere
expect bad_input/no_such_folder 2

rm -rf county
make_workspace county
for as_of in 2007-12 2013-08; do
    run project county --as-of $as_of --draws 100
    expect "bad_input/as_of_${as_of}_is_outside" 2
    has "bad_input/as_of_${as_of}_is_explained" err "$as_of"
    run check county --as-of $as_of
    expect "bad_input/check_as_of_${as_of}_is_outside" 2
done
no_run bad_input/as_of_outside_stores_nothing county/runs
finish
