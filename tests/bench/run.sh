#!/bin/sh
# Speed of the fits and of the assessment: make bench. Every figure is wall time on this machine, now;
# ratios are of runs side by side. What is not at hand prints SKIPPED. Results also go to
# build/bench/results.txt.
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

# --- 368 townships x 8 targets x 20,000 draws: at most 2 s on two cores beyond the draws themselves ----
# Made up: four classes, all months from 2014 to June 2019, some 2 to 200 births a month.
assessment() {
    rm -rf "$out/assessment"
    mkdir "$out/assessment"
    awk -v dir="$out/assessment" 'BEGIN {
        srand(7)
        units = dir "/units.csv"; monthly = dir "/monthly.csv"
        print "code,name,parent,class" >units
        print "0,County,," >units
        print "month,unit,births_male,births_female,deaths,population" >monthly
        for (u = 1; u <= 368; u++) {
            print u ",T" u ",0," substr("abcd", u % 4 + 1, 1) >units
            size = exp(log(1) + 4.6 * rand()); people = int(2500 * size)
            for (t = 0; t < 66; t++) {
                boys = int(size * (1.05 - 0.003 * t) * (0.8 + 0.4 * rand()) + 0.5)
                girls = int(size * (1 - 0.003 * t) * (0.8 + 0.4 * rand()) + 0.5)
                deaths = int(size * 1.5 * (0.8 + 0.4 * rand()) + 0.5)
                people += boys + girls - deaths
                printf "%d-%02d,%d,%d,%d,%d,%d\n", 2014 + int(t / 12), t % 12 + 1, u, boys, girls,
                    deaths, people >monthly
            }
        }
    }'
    cat >"$out/assessment/workspace.yaml" <<'END'
name: 368 townships
language: en
average_population: monthly_mean
scoring:
  ratio: {rule: tiers, tiers: [{to: 8, points: 10}, {to: 9, points: 5}]}
  lin: {rule: linear, deduct: 0.5, per: 10}
commendation:
  - {name: moved, class: a, by: points, better: high, rounding: down, year_end: 2019-12, quota: 30 %, weights: 10 %}
  - {name: points, class: b, by: points, better: high, rounding: down, year_end: 2019-12, quota: 30 %}
  - {name: more points, class: c, by: points, better: high, rounding: down, year_end: 2019-12, quota: 30 %}
  - {name: rate, class: d, by: birth_rate, better: low, rounding: down, year_end: 2019-12, quota: 30 %}
END
    cat >"$out/assessment/targets.csv" <<'END'
id,year_end,unit,indicator,direction,value,points,scoring,veto,decimals
t0,2019-12,*,birth_rate,at_most,8,10,ratio,,2
t1,2019-12,*,natural_growth_rate,at_most,2,10,,yes,2
t2,2019-12,*,sex_ratio_at_birth,at_most,107,10,,,
t3,2019-12,*,births,at_most,previous_year*0.95,10,lin,,
t4,2019-12,*,deaths,at_most,previous_year*1.03,10,,,
t5,2019-12,*,death_rate,at_most,9,10,,,2
t6,2019-12,*,natural_increase,at_least,0,10,,,
t7,2019-12,*,birth_rate,at_least,5,10,,,2
END
    "$build/tests/bench/bench_assess" "$out/assessment" >"$out/assessment.txt" || {
        say "MISSED: more than 2 s"
        failures=1
    }
    say "$(cat "$out/assessment.txt")"
}

taiwan
assessment
peers
scaling
exit "$failures"
