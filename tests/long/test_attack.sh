#!/bin/sh
# An attack on the small cells of whole reports: whoever has the workbook, the page and the charts of
# a run, and knows that parts add up, works out no withheld count. Without complementary
# suppression the same attack does. 3 worlds times $VC_TEST_MULTIPLIER.
# shellcheck disable=SC1091,SC2154 # support.sh sets what seems unset here
. "${0%/*}/../cli/support.sh"

python=/usr/bin/python3
worlds=$((3 * ${VC_TEST_MULTIPLIER:-1}))
unprotected=${VCT_BUILD:-$source_tree/build}/tests/long/unprotected
attack=$source_tree/tests/long/attack.py

if ! command -v gnuplot >/dev/null; then
    skip attack "no gnuplot"
    finish
fi
if ! $python -c 'import scipy.optimize' 2>/dev/null; then
    skip attack "no python3-scipy"
    finish
fi
if [ ! -x "$unprotected" ]; then
    skip attack "$unprotected is not built (make test-long)"
    finish
fi
VITALCAST_DATADIR=$source_tree
export VITALCAST_DATADIR

# world SEED: a workspace whose charts leave their data in charts/.
world() {
    rm -rf world charts
    mkdir -p world/plots charts
    fixed_models world
    $python "$attack" world "$1" world
    cp "$source_tree/plots/frame.gp" world/plots/
    echo "system 'cp chart.gp \$(mktemp $scratch/charts/chart-XXXXXX)'" >>world/plots/frame.gp
}

# report SEED PROGRAM: what it tells of the world, and what the attack finds, in `found`.
report() {
    world "$1"
    vitalcast=$2
    run project world --draws 100 --threads 1 --quiet
    [ "$code" = 0 ] || fail attack/project "$(cat err)"
    rm -rf book.xlsx page.html
    run report world/runs/*.h5 --lang en --to xlsx --output book.xlsx
    run report world/runs/*.h5 --lang en --to html --output page.html
    [ "$code" = 0 ] || fail attack/report "$(cat err)"
    $python "$attack" attack world book.xlsx page.html charts >found 2>&1 || echo "no answer" >>found
}

# sum WHAT: over the lines of what was found in all worlds.
sum() { sed -n "s/^attacked .*$1 \([0-9][0-9]*\).*/\1/p" all | awk '{ n += $1 } END { print n + 0 }'; }

protected=$vitalcast
: >all
seed=3 # the third of these has a funnel
while [ $seed -lt $((3 + worlds)) ]; do
    report $seed "$protected"
    if grep -q 'narrowed 0, recovered 0;' found; then
        cat found >>all
    else
        fail attack/world_$seed "$(cat found)"
    fi
    seed=$((seed + 1))
done
echo "# $worlds reports: $(sed -n 's/^attacked \([0-9]*\).*/\1/p' all | awk '{ n += $1 } END { print n }') withheld counts attacked"
if [ "$(wc -l <all)" = $worlds ]; then pass attack/nothing_is_recovered; fi

# Every kind of output was read: else nothing would have been told.
for what in 'workbook verdict' 'workbook periods' 'workbook paths' 'workbook ranks' 'workbook required average' \
    'page' 'chart year' 'chart seasonal' 'chart trend' 'chart funnel'; do
    if [ "$(sum "$what")" -gt 0 ]; then pass "attack/reads_$(echo "$what" | tr ' ' _)"; else fail "attack/reads_$what" "$(tail -3 all)"; fi
done

: >all
for seed in 1 2 4; do
    report $seed "$unprotected"
    cat found >>all
done
if [ "$(sum recovered)" -gt 0 ] && [ "$(sum narrowed)" -gt 0 ]; then
    pass attack/without_complements_counts_are_recovered
else
    fail attack/without_complements_counts_are_recovered "$(cat all)"
fi
finish
