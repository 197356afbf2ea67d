#!/bin/sh
# Does calibration find faults? Plants ten of them, one at a time, in a copy of src/ and demands
# that checks which pass without the fault fail with it.
#   tests/sbc/plants.sh [NAME ...]      all when none is named
# A plant must change as many lines as it says, else its code has gone and the plant is to be
# written anew: that is a failure too.
set -u

worlds=${VCT_SIMULATIONS:-300}
copy=$(mktemp -d "${TMPDIR:-/tmp}/vitalcast-plants-XXXXXX") || exit 1
trap 'rm -rf "$copy"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
cp -R src include tests Makefile vitalcast.pc.in "$copy" && cd "$copy" || exit 1

passed=0 failed=0 crashed=program wanted=" $* "

fail() {
    echo "not ok sbc/plants/$1: $2"
    failed=$((failed + 1))
}

build() {
    "${MAKE:-make}" -s BUILD=build build/tests/sbc/test_sbc >build.log 2>&1
}

# calibrate FAMILY SDS OUTPUT: names of the checks that fail, one a line
calibrate() {
    VCT_SIMULATIONS=$worlds VCT_SDS=$2 build/tests/sbc/test_sbc "$1" >output 2>/dev/null
    grep -q ' passed, ' output || echo "not ok sbc/$crashed: did not end" >output
    sed -n 's,^not ok sbc/\([^:]*\):.*,\1,p' output | sort >"$3"
}

# What fails without a fault is run once for each family and kind.
without_fault() {
    [ -f "clean-$1-$2" ] || calibrate "$1" "$2" "clean-$1-$2"
}

# plant NAME FAMILY SDS LINES FILE SED: SDS is `known` or `free`, LINES how many change
plant() {
    name=$1 family=$2 sds=$3 lines=$4 file=$5 script=$6
    case $wanted in
    "  " | *" $name "*) ;;
    *) return ;;
    esac
    without_fault "$family" "$sds"
    cp -p "$file" original
    sed "$script" original >"$file"
    changed=$(diff original "$file" | grep -c '^>')
    if [ "$changed" -ne "$lines" ]; then
        fail "$name" "changes $changed lines of $file, not $lines"
    elif ! build; then
        fail "$name" "does not compile: $(grep -m 1 error build.log)"
    else
        calibrate "$family" "$sds" found
        found=$(comm -13 "clean-$family-$sds" found | tr '\n' ' ')
        if [ "$found" = "$crashed " ]; then
            fail "$name" 'the program did not end'
        elif [ -n "$found" ]; then
            echo "ok sbc/plants/$name: found by $found"
            passed=$((passed + 1))
        else
            fail "$name" "no check of $family finds it"
        fi
    fi
    cp original "$file"
    build || fail "$name" 'the copy does not build without it'
}

build || {
    cat build.log
    exit 1
}

plant calendar_off_by_a_month poisson known 1 src/fit/calendar.c \
    's/month = first + (vc_period)t;/month = first + 1 + (vc_period)t;/'
plant sd_taken_for_variance negative_binomial known 2 src/simulate/batch.c \
    's/size = 1 \/ (sd \* sd)/size = 1 \/ sd/'
plant jacobian_dropped normal free 2 src/model/scale.c \
    's/return theta + log(rate)/return log(rate)/; s/return 1 + log(scale->prob/return log(scale->prob/'
plant future_season_off_by_a_month poisson known 1 src/fit/term_season.c \
    's/walk\[o->season\[field->n + j\]\]/walk[(o->season[field->n + j] + 1u) % f]/'
plant future_drift_turned_round normal known 1 src/simulate/sampler.c \
    's/sum += \(f->design\[a \* (f->n + f->h) + f->n + j\]\)/sum += (a == 1 ? -1 : 1) * \1/'
plant future_offset_forgotten negative_binomial known 1 src/simulate/batch.c \
    's/rate\[d\] = vci_exp(off + eta\[d\])/rate[d] = vci_exp(eta[d])/'
plant future_shock_forgotten log_normal known 1 src/fit/term_shock.c \
    's/+= sd \* z\[d\];/+= 0 * sd;/'
plant future_walk_stands_still poisson known 1 src/simulate/sampler.c \
    's/if (sd > 0) value\[d\] += .*;/(void)sd;/'
plant gamma_factor_dropped negative_binomial known 1 src/simulate/batch.c \
    's/rate\[d\] \*= factor\[d\] \/ size/rate[d] *= 1/'
plant county_not_shared negative_binomial known 1 src/simulate/sampler.c \
    's/if (!w->log_weight) node_future(/if (!w->log_weight \&\& leaf != VC_NO_UNIT) node_future(/'

echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
