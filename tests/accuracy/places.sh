#!/bin/sh
# Births of many places, beside rules of thumb and exponential smoothing (tests/known/ets.R).
# Sourced by the scripts of the places after support.sh.
# shellcheck disable=SC2154 # support.sh

# ets NAME SERIES YEARS: NAME.ets, scores of R's ets; nothing without R and its package forecast.
ets() {
    if ! Rscript -e 'library(forecast)' >/dev/null 2>&1; then
        echo "skipped accuracy/$1_ets: no R with the package forecast"
        return 1
    fi
    [ -s "$1.ets" ] || Rscript "$source_tree/tests/known/ets.R" "$2" "$3" 3,6,7,9,11 >"$1.ets"
}

# ets_mean FILE YEAR: mean CRPS of a year, or of all.
ets_mean() {
    awk -F, -v year="$2" 'NR > 1 && (year == "all" || $1 == year) { n += $3; sum += $3 * $4 }
        END { if (n) printf "%.4f\n", sum / n }' "$1"
}

# judge NAME LEVEL FIRST LAST: ours at most 0.9 of two rules of thumb and not worse than ets, pooled
# and in two thirds of the years.
judge() {
    years=$(seq "$3" "$4")
    # shellcheck disable=SC2086 # words
    table "$1.json" births "$2" $years
    for model in pace seasonal_naive ets; do
        limit=0.9
        [ "$model" != ets ] || limit=1
        [ "$model" != ets ] || [ -s "$1.ets" ] || continue
        won=0 of=0
        for year in $years all; do
            ours=$(score "$1.json" crps vitalcast births "$2" "$year" all)
            if [ "$model" = ets ]; then
                other=$(ets_mean "$1.ets" "$year")
            else
                other=$(score "$1.json" crps "$model" births "$2" "$year" all)
            fi
            ratio=$(share "$ours" "$other")
            echo "# $year: $ours against $other of $model, $ratio"
            if [ "$year" = all ]; then
                at_most "$1/pooled_against_$model" "$ratio" "$limit"
            else
                of=$((of + 1))
                won=$((won + $(awk -v r="$ratio" -v l="$limit" 'BEGIN { print r <= l }')))
            fi
        done
        echo "# at most $limit of $model in $won of $of years"
        at_most "$1/two_thirds_of_years_against_$model" "$((2 * of))" "$((3 * won))"
    done
}
