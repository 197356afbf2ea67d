#!/bin/sh
# What the accuracy scripts share; sourced as `. "${0%/*}/support.sh"`. Real data from the shared
# folder ($VITALCAST_SHARED, or ../shared beside the source tree) become a workspace in $scratch;
# where they are missing the script is SKIPPED. Tables go to stdout as lines `# ...`.
# shellcheck disable=SC2034 # used by the scripts that source it
set -u
LC_ALL=C.UTF-8
export LC_ALL
unset LANGUAGE VITALCAST_DATADIR 2>/dev/null || :
source_tree=${VCT_SOURCE:-$(pwd)}
vitalcast=${VCT_BUILD:-$source_tree/build}/vitalcast
shared=${VITALCAST_SHARED:-$source_tree/../shared}/data
# VCT_KEEP=DIR keeps the workspaces and the runs of all origins: a second call goes on there.
if [ -n "${VCT_KEEP:-}" ]; then
    scratch=$VCT_KEEP
    mkdir -p "$scratch" || exit 1
else
    scratch=$(mktemp -d "${TMPDIR:-/tmp}/vitalcast-accuracy-XXXXXX") || exit 1
    trap 'rm -rf "$scratch"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
fi
cd "$scratch" || exit 1
failures=0

pass() { echo "ok accuracy/$1"; }
fail() {
    echo "not ok accuracy/$1: $2"
    failures=$((failures + 1))
}

# need NAME FILE: the script ends here, SKIPPED, without the file.
need() {
    [ -f "$shared/$2" ] && return
    echo "skipped accuracy/$1: no $2"
    exit 0
}

# backtest DIR OPTION...: DIR.json; ends the script when it fails.
backtest() {
    dir=$1
    shift
    if ! "$vitalcast" backtest "$dir" "$@" --json --quiet >"$dir.json" 2>"$dir.err"; then
        fail "$dir" "$(tail -1 "$dir.err")"
        exit 1
    fi
}

# score FILE FIELD MODEL INDICATOR LEVEL YEAR MONTHS: a number of a row of "scores"; year and
# months are numbers or all.
score() {
    awk -v field="\"$2\": " -v model="\"model\": \"$3\"," -v indicator="\"indicator\": \"$4\"," \
        -v level="\"level\": $5," -v year="$6" -v months="$7" '
        function named(x) { return x == "all" ? "\"all\"" : x }
        /^ "by_size"/ { exit }
        index($0, model) && index($0, indicator) && index($0, level) &&
            index($0, "\"year\": " named(year) ",") &&
            index($0, "\"months_observed\": " named(months) ",") {
            split(substr($0, index($0, field) + length(field)), part, /[,}]/)
            print part[1]
            exit
        }' "$1"
}

# at_most NAME NUMBER LIMIT
at_most() {
    if awk -v x="$2" -v limit="$3" 'BEGIN { exit !(x != "" && x + 0 <= limit + 0) }'; then
        pass "$1"
    else
        fail "$1" "$2 is more than $3"
    fi
}

# share A B: A / B
share() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.4f\n", a / b }'; }

# uniformity FILE INDICATOR LEVEL: the p value
uniformity() {
    awk -v indicator="\"indicator\": \"$2\"," -v level="\"level\": $3," '
        /^ "uniformity"/ { on = 1 }
        on && index($0, indicator) && index($0, level) {
            split(substr($0, index($0, "\"p_value\": ") + 11), part, /[,}]/)
            print part[1]
            exit
        }' "$1"
}

# rank_uniformity FILE INDICATOR LEVEL: the same of ranks
rank_uniformity() {
    grep '"figure": "rank"' "$1" >"$1.ranks"
    sed -i '1i\ "uniformity"' "$1.ranks"
    uniformity "$1.ranks" "$2" "$3"
}

# reliability FILE INDICATOR LEVEL TARGET: a table, then `all N MEAN_P FREQUENCY WORST`, the last one
# the largest distance of a tenth with 100 cases in standard errors (by year, at least binomial).
reliability() {
    awk -v indicator="\"indicator\": \"$2\"," -v level="\"level\": $3," -v target="\"target\": \"$4\"," '
        function member(name,    part) {
            split(substr($0, index($0, "\"" name "\": ") + length(name) + 4), part, /[,}]/)
            return part[1]
        }
        /^ "reliability"/ { on = 1 }
        /^ "skill"/ { on = 0 }
        on && index($0, indicator) && index($0, level) && index($0, target) {
            n = member("n"); p = member("mean_p"); f = member("frequency"); se = member("se_by_year")
            least = sqrt(p * (1 - p) / n)
            if (se == "null" || se < least) se = least
            z = se > 0 ? (f > p ? f - p : p - f) / se : 0
            printf "#   %3d %% %7d %8.3f %8.3f %7.3f\n", 100 * member("bin") + 0.5, n, p, f, se
            if (n >= 100 && z > worst) worst = z
            all += n; sum += n * p; met += n * f
        }
        END { if (all) printf "all %d %.4f %.4f %.2f\n", all, sum / all, met / all, worst }' "$1"
}

# table FILE INDICATOR LEVEL YEAR...: mean CRPS of every forecaster, pooled and by year.
table() {
    table_file=$1 table_indicator=$2 table_level=$3
    shift 3
    printf '# %s, level %s: CRPS\n#   %-16s %9s' "$table_indicator" "$table_level" model all
    printf ' %9s' "$@"
    echo
    for model in vitalcast pace own_share shared_share persistence seasonal_naive climatology; do
        whole=$(score "$table_file" crps "$model" "$table_indicator" "$table_level" all all)
        [ -n "$whole" ] || continue
        printf '#   %-16s %9.3f' "$model" "$whole"
        for year in "$@"; do
            printf ' %9.3f' "$(score "$table_file" crps "$model" "$table_indicator" \
                "$table_level" "$year" all)"
        done
        echo
    done
}

finish() {
    [ "$failures" -eq 0 ]
    exit
}
