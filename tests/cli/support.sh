#!/bin/sh
# What the test scripts of the program share; sourced as `. "${0%/*}/support.sh"`. Prints
# `ok cli/NAME`, `not ok cli/NAME: why` or `skipped cli/NAME: why`; works in $scratch.
set -u
LC_ALL=C.UTF-8
export LC_ALL
unset LANGUAGE VITALCAST_DATADIR 2>/dev/null || :
source_tree=${VCT_SOURCE:-$(pwd)}
vitalcast=${VCT_BUILD:-$source_tree/build}/vitalcast
scratch=$(mktemp -d "${TMPDIR:-/tmp}/vitalcast-test-XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cd "$scratch" || exit 1
failures=0

pass() { echo "ok cli/$1"; }

# fail NAME WHY: the why goes on one line.
fail() {
    printf 'not ok cli/%s: %s\n' "$1" "$(printf '%s' "$2" | tr '\n' '|' | cut -c1-400)"
    failures=$((failures + 1))
}

skip() { echo "skipped cli/$1: $2"; }

# run ARGUMENT...: the program; its output is in files out and err, its exit code in $code.
run() {
    "$vitalcast" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null
    code=$?
}

# expect NAME CODE: the last run ended with this exit code.
expect() {
    if [ "$code" = "$2" ]; then
        pass "$1"
    else
        fail "$1" "exit code $code instead of $2: $(cat "$scratch/out" "$scratch/err")"
    fi
}

# has NAME FILE TEXT: FILE (out, err, ...) holds the text.
has() {
    if grep -qF -e "$3" "$2"; then pass "$1"; else fail "$1" "no \"$3\" in $2: $(cat "$2")"; fi
}

# lacks NAME FILE TEXT
lacks() {
    if grep -qF -e "$3" "$2"; then fail "$1" "\"$3\" in $2: $(cat "$2")"; else pass "$1"; fi
}

# empty NAME FILE
empty() {
    if [ -s "$2" ]; then fail "$1" "$2 is not empty: $(cat "$2")"; else pass "$1"; fi
}

# no_run NAME STORE: nothing was stored, whole or half.
no_run() {
    if [ -d "$2" ] && [ -n "$(ls -A "$2")" ]; then
        fail "$1" "in $2: $(ls -A "$2")"
    else
        pass "$1"
    fi
}

# fixed_models DIR: the shipped models of events with their sds fixed where the search begins, in
# DIR/models. To integrate over them is not what the command line's tests are about, and takes most
# of their time.
fixed_models() {
    mkdir -p "$1/models"
    for model in births deaths sex compliance migration quota stock_ratio survey; do
        sed -E 's/upper: [0-9.]+, probability: [0-9.]+, (block: [0-9]+, )?start: ([0-9.]+)/\1fixed: \2/
            s/mixture: \{[^}]*\}, weight: [0-9.]+, start: ([0-9.]+)/fixed: \1/' \
            "$source_tree/models/$model.yaml" >"$1/models/$model.yaml"
    done
}

# example_county DIR: a copy of the example county with such models.
example_county() {
    cp -r "$source_tree/datasets/example-county" "$1"
    fixed_models "$1"
}

# make_workspace DIR [LANGUAGE]: a county of three towns of different size, 2008-01 to 2013-07,
# with targets for the year 2013. Counts follow a fixed rule, so that every run is the same.
make_workspace() {
    mkdir -p "$1" || exit 1
    fixed_models "$1"
    cat >"$1/workspace.yaml" <<END
name: 测试县
synthetic: yes
language: ${2:-en}
END
    cat >"$1/units.csv" <<'END'
code,name,parent
C,测试县,
C1,东镇,C
C2,西镇,C
C3,小乡,C
END
    awk 'BEGIN {
        print "unit,month,births_male,births_female,deaths,population"
        split("60 40 2", size); split("60000 40000 2000", people)
        for (u = 1; u <= 3; u++)
            for (t = 0; t < 67; t++) {
                swing = (t * 7 + u * 5) % 11 - 5
                m = int(size[u] * (1 + swing / 40) * 0.53)
                f = int(size[u] * (1 - swing / 50) * 0.47)
                printf "C%d,%d-%02d,%d,%d,%d,%d\n", u, 2008 + int(t / 12), t % 12 + 1, m, f,
                    int(size[u] * 0.6 + swing / 3), people[u] + 10 * t
            }
    }' >"$1/monthly.csv"
    cat >"$1/targets.csv" <<'END'
id,year_end,unit,indicator,direction,value,decimals
births,2013-12,*,births,at_most,previous_year,
growth,2013-12,C,natural_growth_rate,at_least,4.5,2
ratio,2013-12,*,sex_ratio_at_birth,at_most,112.5,1
END
}

# finish: ends the script.
finish() {
    [ "$failures" -eq 0 ]
    exit
}
