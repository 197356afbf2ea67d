#!/bin/sh
# Stored runs: listed, verified, cleaned up.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

make_workspace county
run project county --as-of 2013-06 --draws 100
run project county --as-of 2013-07 --draws 100
run runs list --store county/runs
expect runs/list 0
has runs/list_has_the_first out 2013-06-
has runs/list_has_the_second out 2013-07-
has runs/list_names_the_workspace out 测试县
run runs list county/runs --json
has runs/list_as_json out '"run": "2013-07-'
run runs verify county/runs
expect runs/verify 0
has runs/verify_counts out "2 runs verified, 0 damaged"
run runs verify county/runs --lang zh
has runs/verify_in_chinese out "核验 2 个测算结果"

file=$(ls county/runs/2013-07-*.h5)
printf 'x' | dd of="$file" bs=1 seek=4000 conv=notrunc 2>/dev/null
run runs verify --store county/runs
expect runs/a_changed_byte_is_found 3
has runs/a_changed_byte_is_counted out "1 damaged"
run runs verify county/runs --json
expect runs/a_changed_byte_is_found_in_json 3
has runs/the_damaged_run_has_a_state out VC_STORE_DAMAGED
run show "$file"
expect runs/a_damaged_run_is_not_shown 3
empty runs/a_damaged_run_prints_nothing out

run runs clean county/runs
expect runs/clean 0
has runs/clean_counts out "removed"
run runs list county/runs
has runs/clean_removes_no_run out 2013-06-

mkdir nothing
run runs list nothing
expect runs/an_empty_store 0
has runs/an_empty_store_is_said out "No runs in nothing"
finish
