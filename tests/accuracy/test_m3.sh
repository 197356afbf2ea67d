#!/bin/sh
# The 111 monthly demographic series of the M3 competition (Makridakis and Hibon 2000), 18 months
# ahead by models/value.yaml as it stands; it was chosen on the training parts alone, with their last
# 18 months held back. Bars: NAIVE2 and the median of the 24 original methods, both measures.
# shellcheck disable=SC1091,SC2154 # support.sh
. "${0%/*}/support.sh"
need m3 m3_monthly/m3_monthly_train.csv
m3=$shared/m3_monthly

mkdir -p m3
printf 'name: M3\nlanguage: en\nsource: M3 competition\n' >m3/workspace.yaml
# Series end together, in December 2000: their own dates play no part.
awk -F, '
    FILENAME ~ /info/ { sub(/ *$/, "", $3); if ($3 == "DEMOGRAPHIC") n[$1] = $(NF - 2); next }
    FNR == 1 { print "unit,period,indicator,value"; next }
    $1 in n { k = 2001 * 12 - n[$1] + $2 - 1
              printf "%s,%d-%02d,series,%s\n", $1, int(k / 12), k % 12 + 1, $4 }' \
    "$m3/m3_monthly_info.csv" "$m3/m3_monthly_train.csv" >m3/values.csv
{
    printf 'code,name,parent\nALL,all,\n'
    cut -d, -f1 m3/values.csv | tail -n +2 | sort -u | sed 's/.*/&,&,ALL/'
} >m3/units.csv
{
    echo id,year_end,unit,indicator,direction,value
    for h in 01 02 03 04 05 06 07 08 09 10 11 12; do echo "h$h,2001-$h,level:1,series,at_most,1"; done
    for h in 01 02 03 04 05 06; do echo "i$h,2002-$h,level:1,series,at_most,1"; done
} >m3/targets.csv
"$vitalcast" project m3 --as-of 2000-12 --draws 4000 --keep 0 --json --quiet >m3.json 2>m3.err ||
    { fail m3/projects "$(tail -1 m3.err)"; exit 1; }

# sMAPE 200 |e| / (|y| + |f|) and MASE (scale: seasonal naive of the training part), as the README
# of the data defines them; means over the series.
sed -n 's/.*"unit": "\(N[0-9]*\)".*"year_end": "\([0-9-]*\)".*"median": \([-0-9.e+]*\),.*/\1,\2,\3/p' \
    m3.json >m3.medians
awk -F, '
    FILENAME ~ /medians/ { split($2, date, "-"); f[$1, (date[1] - 2001) * 12 + date[2]] = $3
                           series[$1] = 1; next }
    !($1 in series) { next }
    FILENAME ~ /train/ { if ($2 > 12) { scale[$1] += abs($4 - y[$1, $2 - 12]); pairs[$1]++ }
                         y[$1, $2] = $4; next }
    { e = abs($4 - f[$1, $2 + 0]); smape += 200 * e / (abs($4) + abs(f[$1, $2 + 0])); n++
      mase += e * pairs[$1] / scale[$1] }
    function abs(x) { return x < 0 ? -x : x }
    END { printf "%d %.4f %.4f\n", n, smape / n, mase / n }' \
    m3.medians "$m3/m3_monthly_train.csv" "$m3/m3_monthly_test.csv" >m3.accuracy
read -r n smape mase <m3.accuracy
echo "# $n forecasts: sMAPE $smape, MASE $mase"
if [ "$n" = 1998 ]; then pass m3/all_series; else fail m3/all_series "$n forecasts, not 1998"; fi

# method,n,sMAPE,MASE,...: the bar of NAIVE2 and the median of all.
bar() { awk -F, -v c="$1" '$1 == "NAIVE2" { print $c }' "$m3/m3_monthly_method_accuracy.csv"; }
middle() {
    tail -n +2 "$m3/m3_monthly_method_accuracy.csv" | cut -d, -f"$1" | sort -n |
        awk '{ x[NR] = $1 } END { print (x[int((NR + 1) / 2)] + x[int(NR / 2) + 1]) / 2 }'
}
echo "# NAIVE2: $(bar 3), $(bar 4); median of 24 methods: $(middle 3), $(middle 4)"
at_most m3/smape_against_naive2 "$smape" "$(bar 3)"
at_most m3/mase_against_naive2 "$mase" "$(bar 4)"
at_most m3/smape_against_the_median_method "$smape" "$(middle 3)"
at_most m3/mase_against_the_median_method "$mase" "$(middle 4)"
finish
