#!/bin/sh
# Speed of the fits: make bench. Every figure is wall time on this machine, now; ratios are of runs
# side by side. What is not at hand prints SKIPPED. Results also go to build/bench/results.txt.
set -eu
source_tree=${VCT_SOURCE:-$(pwd)}
build=${VCT_BUILD:-$source_tree/build}
shared=${VITALCAST_SHARED:-$source_tree/../shared}
out=$build/bench
failures=0
mkdir -p "$out"
: >"$out/results.txt"
say() { echo "$*" | tee -a "$out/results.txt"; }

now() { date +%s.%N; }

# --- births of 182 townships, 69 months: at most 10 s on two cores --------------------------------
taiwan() {
    data=$shared/data/taiwan_township_monthly/townships_dev.csv
    [ -r "$data" ] || { say "SKIPPED taiwan: no data/taiwan_township_monthly"; return; }
    rm -rf "$out/townships"
    mkdir "$out/townships"
    cp "$data" "$out/townships/monthly.csv"
    cat >"$out/townships/workspace.yaml" <<'END'
name: 182 townships
language: en
units: {from_columns: [county_code, town_code], names: [county, town]}
tables:
  monthly:
    columns: {month: ym, births: [births_m, births_f], population: [pop_m, pop_f]}
END
    cat >"$out/townships/targets.csv" <<'END'
id,year_end,unit,indicator,direction,value
births,2019-12,*,births,at_most,previous_year
END
    best=
    for _ in 1 2 3; do
        begin=$(now)
        "$build/vitalcast" fit "$out/townships" --as-of 2019-12 --threads 2 --quiet >/dev/null
        best=$(echo "$begin $(now) ${best:-9999}" |
            awk '{s = $2 - $1; printf "%.2f", s < $3 ? s : $3}')
    done
    say "births of 182 townships x 69 months, read, fitted, integrated, described: $best s (best of 3)"
    awk "BEGIN {exit !($best <= 10)}" || { say "MISSED: more than 10 s"; failures=1; }
}

# --- time per unit from 182 to 5,000 units: ratio at most 1.2 ---------------------------------------
scaling() {
    OMP_NUM_THREADS=2 "$build/tests/bench/bench_fit" scaling >"$out/scaling.txt" || failures=1
    say "$(cat "$out/scaling.txt")"
}

# --- 100 series x 96 months beside glmmTMB, one thread each, in turn --------------------------------
peers() {
    bench=$shared/bench/peers
    if ! Rscript -e 'library(glmmTMB)' >/dev/null 2>&1; then
        say "SKIPPED peers: no R with glmmTMB"
        return
    fi
    [ -r "$bench/gen_series.py" ] || { say "SKIPPED peers: no bench/peers"; return; }
    python=
    for candidate in python3 /usr/bin/python3; do
        if "$candidate" -c 'import numpy' 2>/dev/null; then python=$candidate; fi
    done
    [ -n "$python" ] || { say "SKIPPED peers: no numpy"; return; }
    "$python" "$bench/gen_series.py" "$out/series.csv"
    export OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1
    for _ in 1 2 3; do
        ours=$(taskset -c 1 "$build/tests/bench/bench_fit" series "$out/series.csv")
        theirs=$(taskset -c 1 Rscript "$bench/glmmtmb_hier.R" "$out/series.csv" 100 96 1)
        say "$ours"
        say "$theirs"
        ours=$(echo "$ours" | sed 's/.*: \([0-9.]*\) s wall.*/\1/')
        theirs=$(echo "$theirs" | sed 's/.*: \([0-9.]*\) s (cpu.*/\1/')
        say "$(echo "$ours $theirs" | awk '{printf "glmmTMB / vitalcast: %.2f", $2 / $1}')"
        awk "BEGIN {exit !($ours < $theirs)}" || { say "MISSED: not faster"; failures=1; }
    done
}

taiwan
peers
scaling
exit "$failures"
