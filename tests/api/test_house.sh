#!/bin/sh
# The tools that judge everything else can say no: the test runner, the layer check, the library check.
set -u
cd "${VCT_SOURCE:-.}" || exit 1
scratch=$(mktemp -d "${TMPDIR:-/tmp}/vitalcast-test-XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
status=0

# expect NAME WANTED-STATUS WANTED-TEXT: compares with $got and $scratch/log
expect() {
    if [ "$got" = "$2" ] && grep -qF -- "$3" "$scratch/log"; then
        echo "ok api/house/$1"
    else
        echo "not ok api/house/$1: status $got, want $2 and \"$3\"; got: $(cat "$scratch/log")"
        status=1
    fi
}

# program NAME LINES STATUS: a test program that prints lines and ends with a status
program() {
    printf '#!/bin/sh\nprintf "%s"\nexit %s\n' "$2" "$3" >"$scratch/$1"
    chmod +x "$scratch/$1"
}
program good 'ok a\nok b\n' 0
program skips 'ok a\nskipped b: no data\n' 0
program fails 'ok a\nnot ok b: 1 is not 2\n' 1
program silent '' 0
program crashes 'ok a\n' 139

# runs NAME WANTED-STATUS WANTED-TEXT STRICT PROGRAM...
runs() {
    name=$1 wanted=$2 text=$3 strict=$4
    shift 4
    for p in "$@"; do
        set -- "$@" "$scratch/$p"
        shift
    done
    STRICT=$strict tests/run "$@" >"$scratch/log" 2>/dev/null
    got=$?
    expect "$name" "$wanted" "$text"
}
runs runner_counts 0 '3 passed, 0 failed, 1 skipped' 0 good skips
runs runner_is_strict 1 '1 passed, 0 failed, 1 skipped' 1 skips
runs runner_shows_a_failure 1 'not ok b: 1 is not 2' 0 good fails
runs runner_wants_a_test 1 'no test ran' 0 silent
runs runner_sees_a_crash 1 '1 passed, 1 failed, 0 skipped' 0 crashes
runs runner_wants_a_program 1 '0 passed, 0 failed, 0 skipped' 0

# offends NAME CHECK TEXT FOLDER LINE: one line of code in src/FOLDER that CHECK must refuse
mkdir -p "$scratch/include/vitalcast"
offends() {
    rm -rf "$scratch/src"
    mkdir -p "$scratch/src/$4"
    printf '%s\n' "$5" >"$scratch/src/$4/x.c"
    if "tools/$2" "$scratch/src" >"$scratch/log" 2>&1; then got=accepted; else got=refused; fi
    expect "$1" refused "$3"
}
offends layers_are_one_way check-layers 'core must not include data/table_internal.h' core \
    '#include "data/table_internal.h"'
offends layers_know_public_headers check-layers 'fit must not include vitalcast/run.h' fit \
    '#include "vitalcast/run.h"'
offends hdf5_is_for_the_store check-layers 'hdf5.h is for src/store only' chart '#include <hdf5.h>'
offends xlsx_is_for_the_workbook check-layers 'xlsxwriter.h is for src/report/workbook*.c only' report \
    '#include <xlsxwriter.h>'
offends folders_are_known check-layers 'not in the table' misc '#include "core/text_internal.h"'
offends library_does_not_print check-library 'does not print' num 'void f(void) { printf("1"); }'
offends library_does_not_exit check-library 'does not end' num 'void f(void) { exit(1); }'
offends library_memory_is_counted check-library 'memory comes from' num 'void *f(void) { return malloc(1); }'
offends library_has_no_state check-library 'no global state' num 'void f(void) { setlocale(0, ""); }'

# keeps_no NAME TEXT LINE: a notebook with such a line is refused
keeps_no() {
    printf '{"cells": [{\n%s\n}]}\n' "$3" >"$scratch/x.ipynb"
    if tools/check-notebooks "$scratch/x.ipynb" >"$scratch/log" 2>&1; then got=accepted; else got=refused; fi
    expect "$1" refused "$2"
}
keeps_no notebooks_have_no_outputs 'a cell with outputs' '"outputs": ['
keeps_no notebooks_were_not_executed 'a cell that was executed' '"execution_count": 3,'

# The pictures of both READMEs are there, and no larger than 200 kB.
for readme in README.md README.zh-CN.md; do
    got=$(grep -o 'docs/pictures/[^)]*' "$readme" | while read -r picture; do
        size=$(wc -c <"$picture" 2>/dev/null || echo 0)
        [ "$size" -gt 0 ] && [ "$size" -le 200000 ] && echo sound
    done | wc -l)
    echo "$got pictures" >"$scratch/log"
    got=$((got >= 3))
    expect "pictures_of_$readme" 1 pictures
done

# The top level holds what the customer ordered; a run's folder left behind there is a mistake.
top='.ci .clang-format .gitignore CHANGELOG.md LICENSE Makefile README.md README.zh-CN.md datasets docs include models'
top="$top notebooks plots quickstart src tests tools vitalcast.map vitalcast.pc.in "
if git rev-parse --git-dir >/dev/null 2>&1; then
    git ls-files | cut -d/ -f1 | sort -u | tr '\n' ' ' >"$scratch/log"
    got=same
    [ "$(cat "$scratch/log")" = "$top" ] || got=other
    expect top_level same CHANGELOG.md
else
    echo "skipped api/house/top_level: not a git checkout"
fi
exit $status
