#!/bin/sh
# A county that reports late: the table of revisions, the share that has been reported, and the
# back-test, which knows at each origin what was known then, with and without the nowcast.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

mkdir county || exit 1
printf 'name: County\nsynthetic: yes\n' >county/workspace.yaml
printf 'code,name,parent\n1,County,\nA,Upper,1\nB,Lower,1\nC,Mill,1\n' >county/units.csv
printf 'id,year_end,unit,indicator,direction,value\nb,2013-12,*,births,at_most,9000\n' \
    >county/targets.csv
# Four years of 60 births a month and more; 80 of 100 are booked in time, the others a month later.
awk 'function normal() { return sqrt(-2 * log(1 - rand())) * cos(6.2831853 * rand()) }
    function month(t) { return sprintf("%d-%02d", 2010 + int(t / 12), t % 12 + 1) }
    BEGIN {
        srand(7)
        print "unit,month,births,reported"
        for (t = 0; t < 43; t++) {
            share = 0.8 + 0.03 * normal()
            for (u = 0; u < 3; u++) {
                n = int(60 + 30 * u + sqrt(60 + 30 * u) * normal() + 0.5)
                seen = int(n * share + sqrt(n * share * (1 - share)) * normal() + 0.5)
                if (seen > n) seen = n
                name = substr("ABC", u + 1, 1)
                print name "," month(t) "," seen "," month(t + 1)
                if (t < 42) print name "," month(t) "," n "," month(t + 2)
            }
        }
    }' >county/monthly.csv
fixed_models county

run check county
expect vintages/check 0
has vintages/says_that_there_are_several out 'rows of an earlier or later report'
run check county --revisions --lang en
expect vintages/table 0
has vintages/table_has_reports out 'Upper  2010-01  births'
run check county --revisions --json
has vintages/json out '"unit": "A", "period": "2010-01", "event": "births", "first": '
run check county --revisions --as-of 2010-01 --lang zh
has vintages/nothing_was_revised_by_then out '没有修订过的数据'
printf 'unit,month,births,reported\nA,2013-01,3,2013-02\nA,2013-01,14,2013-03\n' >small
mkdir tiny && cp county/units.csv county/targets.csv tiny/ && cp small tiny/monthly.csv
printf 'name: County\nsynthetic: yes\n' >tiny/workspace.yaml
run check tiny --revisions --lang en
has vintages/small_figures_are_withheld out '2013-02: <10, 2013-03: 14'
lacks vintages/small_figures_are_not_told out ': 3'

run project county --draws 500 --lang en
expect vintages/project 0
has vintages/says_that_it_is_estimated out \
    'Share of births that has been reported, estimated from how earlier months were revised: 2013-07'
run project county --draws 500 --json
has vintages/json_says_so out '"completeness": {"source": "estimated", "births": [{"period": "2013-07"'
run show "$(ls county/runs/*.h5)" --lang zh
has vintages/the_run_knows_it out '出生人数已上报比例（根据以往各期修订情况估计）：2013-07'

# score DIR: total CRPS of the births in the back-test.
score() {
    run backtest "$1" --months 5,9 --years 2011-2012 --draws 300 --quiet --json
    sed -n 's/.*"model": "vitalcast", "indicator": "births", "level": 0, "year": "all".*"crps": \([0-9.]*\).*/\1/p' out |
        head -1
}
mkdir without && cp -r county/*.csv county/workspace.yaml county/models without/
printf 'reporting_completeness: [1, 0]\n' >>without/workspace.yaml
run project without --draws 500 --json
has vintages/what_is_declared_wins out '"completeness": {"source": "declared"'
with=$(score county)
none=$(score without)
if awk -v a="$with" -v b="$none" 'BEGIN { exit !(a > 0 && a < 0.95 * b) }'; then
    pass vintages/nowcast_beats_none_in_the_back_test
else
    fail vintages/nowcast_beats_none_in_the_back_test "CRPS $with, without $none"
fi

finish
