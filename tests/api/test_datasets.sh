#!/bin/sh
# The synthetic county is what its generator writes, byte by byte, and stands where its README says.
set -u
cd "${VCT_SOURCE:-.}" || exit 1
scratch=$(mktemp -d "${TMPDIR:-/tmp}/vitalcast-test-XXXXXX") || exit 1
trap 'rm -rf "$scratch"' EXIT
county=datasets/example-county
status=0

check() {
    if [ "$2" = "$3" ]; then
        echo "ok api/datasets/$1"
    else
        echo "not ok api/datasets/$1: got \"$2\", want \"$3\""
        status=1
    fi
}

"${CC:-cc}" -std=c17 -D_GNU_SOURCE -ffp-contract=off tools/make_example_county.c -lm -o "$scratch/make" &&
    mkdir "$scratch/county" && "$scratch/make" "$scratch/county"
for table in units monthly progress; do
    check "county_${table}_is_generated" \
        "$(cmp "$scratch/county/$table.csv" "$county/$table.csv" 2>&1 && echo same)" same
done

check county_sex_ratio_is_125.5 "$(awk -F , '
    $2 >= "2013-01" && $2 <= "2013-07" { males += $3; females += $4 }
    END { printf "%.1f", 100 * males / females }' $county/monthly.csv)" 125.5

# share INDICATOR: county's percentage, lowest township's, townships below 80
share() {
    awk -F , -v indicator="$1" '
        $2 == "2013-07" && $3 == indicator {
            done += $5; all += $6; p = 100 * $5 / $6
            if (lowest == "" || p < lowest) lowest = p
            below += p < 80
        }
        END { printf "%.2f %.2f %d", 100 * done / all, lowest, below }' $county/progress.csv
}
check county_entry_is_84.71 "$(share 身份证号录入率)" '84.71 73.15 1'
check county_duplicates_are_0.86 "$(share 重复率 | cut -d ' ' -f 1)" 0.86
check county_check_ups_are_low_in_two "$(share 孕检完成率 | cut -d ' ' -f 3)" 2
exit $status
