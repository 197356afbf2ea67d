#!/bin/sh
# init: the templates make a workspace that checks without a fault.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

for language in en zh; do
    run init "made-$language" --lang $language
    expect "init/$language" 0
    has "init/${language}_says_what_to_type_next" out "vitalcast check made-$language"
    for file in workspace.yaml units.csv monthly.csv targets.csv; do
        if [ -s "made-$language/$file" ]; then
            pass "init/${language}_has_$file"
        else
            fail "init/${language}_has_$file" "$(ls "made-$language" 2>&1)"
        fi
    done
    run check "made-$language"
    expect "init/${language}_has_no_fault" 0
done

mkdir empty full
run init empty
expect init/an_empty_folder_will_do 0
echo mine >full/notes.txt
run init full
expect init/a_full_folder_is_refused 2
has init/a_full_folder_is_explained err "full"
if [ "$(ls full)" = notes.txt ]; then
    pass init/a_full_folder_is_left_alone
else
    fail init/a_full_folder_is_left_alone "$(ls full)"
fi
echo mine >file
run init file
expect init/a_file_is_refused 2
run init nowhere/below
expect init/a_missing_parent_is_reported 4
finish
