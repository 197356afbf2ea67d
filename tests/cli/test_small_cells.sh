#!/bin/sh
# Small cells: every number that show, --json and the exports print is known here with the counts
# that it tells, and one pass decides for all of them. That nothing withheld can be worked out is
# tests/unit/assess/test_suppression.c's business, which attacks what the pass lets through.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

# Members of the JSON document that are numbers, by what they tell. A new one belongs into one of
# these lists, and through vitalcast/suppression.h unless it stands in `free`.
free='draws seed level quota periods pace p_met p_before p_all_met p_open p_total_open
p_veto p_veto_open p_first p_quota p_ranked monte_carlo_se history points decimals p_movement
p_met_base p_met_difference p_quota_before p_quota_change p_quota_moved p_winners_change peers quota_percent weights_percent runs_fitted
runs_simulated'
services='amount denominator done goal remaining'
to_date='annual_basis change current gap p_undefined same_period_last_year to_date so_far average average_high
target target_high mock_points mock_total least most years'
# Of many units together, in years that are over: the track record.
track='below bin crps crps_model difference false_alarms frequency mean_p members met missed months_ahead n_bin
observed p_below se_by_year silent_misses years_better'
grade='alpha beta n needed normal off p_value p_beyond figure pooled_3 pooled_5'
forecast='expected median median_base median_before median_difference q025 q10 q90 q975 at_stake total_if_met total_if_missed'
ranks='mean_rank median_rank rank_q025 rank_q10 rank_q90 rank_q975 rank_set_high rank_set_low
rank_before rank_now'
echo "$free $services $to_date $track $grade $forecast $ranks" | tr ' ' '\n' | sort -u >known
grep -ohE '\b(vci_json_number|vci_json_whole|figure|rank_member|amount|put|pooled_member)\(json, "[a-z0-9_]+"' \
    "$source_tree"/src/cli/*sheet*.c | sed 's/.*"\(.*\)"/\1/' | sort -u >printed
if new=$(comm -13 known printed) && [ -z "$new" ]; then
    pass small_cells/every_number_is_known
else
    fail small_cells/every_number_is_known "which counts do these tell? $new"
fi
if gone=$(comm -23 known printed) && [ -z "$gone" ]; then
    pass small_cells/no_number_is_gone
else
    fail small_cells/no_number_is_gone "$gone"
fi

# Columns of the tables of show and of the CSV lists.
{
    printf '%s\n' UNIT INDICATOR MONTH QUARTER YEAR TO_DATE LAST_YEAR CHANGE TARGET PACE GAP P_MET MEDIAN HALF \
        80 95 RUN CREATED WORKSPACE BYTES STATE | sed 's/^/CLI_COLUMN_/'
    printf '%s\n' N N_TERM LEVEL ALPHA BETA NEEDED YEARS POOLED_3 POOLED_5 P RECORD | sed 's/^/GRADE_COLUMN_/'
    printf '%s\n' BASIS SO_FAR FROM REQUIRED VERDICT DEPARTMENT DONE GOAL REMAINING STATUS |
        sed 's/^/LISTS_COLUMN_/'
    printf '%s\n' 95 SET QUOTA BAND CHANGE MOVED NEW OLD | sed 's/^/RANKS_COLUMN_/'
    printf '%s\n' BEFORE NOW MEDIAN | sed 's/^/CHANGE_COLUMN_/'
    printf '%s\n' BASE_MEDIAN SO CHANGE | sed 's/^/SCENARIO_COLUMN_/'
    printf '%s\n' LEVEL BEFORE SINCE REASON YEAR_END | sed 's/^/WARNING_COLUMN_/'
} | sort -u >known
grep -ohE 'X\(VCI_TEXT_(CHANGE|CLI|GRADE|LISTS|RANKS|SCENARIO|WARNING)_COLUMN_[A-Z0-9_]+' "$source_tree"/src/core/text/*.def |
    sed 's/X(VCI_TEXT_//' | sort -u >printed
if new=$(comm -13 known printed) && [ -z "$new" ]; then
    pass small_cells/every_column_is_known
else
    fail small_cells/every_column_is_known "which counts do these tell? $new"
fi

# Two births a month in C3: those of the month may not be told, and neither may those of C2, the
# smaller one of its siblings, as they could be worked out from it.
make_workspace county
run project county --as-of 2013-07 --draws 200 --json --quiet
expect small_cells/projects 0
tr -d ' \n' <out | sed 's/{"target_id"/\n&/g' >rows
# member UNIT TARGET NAME
member() {
    grep -F "\"target_id\":\"$2\",\"unit\":\"$1\"" rows | head -n 1 | grep -o "\"$3\":[^,}]*" | head -n 1 |
        sed 's/.*://'
}
for unit in C2 C3; do
    case "$(member $unit births current)" in
    null) pass "small_cells/${unit}_is_withheld" ;;
    *) fail "small_cells/${unit}_is_withheld" "$(member $unit births current)" ;;
    esac
done
for unit in C C1; do
    case "$(member $unit births current)" in
    '' | null) fail "small_cells/${unit}_is_told" "$(member $unit births current)" ;;
    *) pass "small_cells/${unit}_is_told" ;;
    esac
done
stored=$(ls county/runs/*.h5)
cp rows first
run show "$stored" --json --quiet
tr -d ' \n' <out | sed 's/{"target_id"/\n&/g' | grep '"current"' >shown
grep '"current"' first >projected
if cmp -s shown projected; then pass small_cells/show_tells_the_same; else
    fail small_cells/show_tells_the_same "$(diff shown projected | head -4)"
fi
run runs export "$stored" --what problems
if awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; bad = !("gap" in at) }
        NR > 1 && $at["unit"] == "C3" && $at["gap"] != "" { bad = 1 } END { exit bad }' out; then
    pass small_cells/export_leaves_them_empty
else
    fail small_cells/export_leaves_them_empty "$(cat out)"
fi
run show "$stored" --quiet
if awk '/^小乡/ && / births / { print $3 }' out | grep -qE '^(<10|\*)$'; then
    pass small_cells/the_table_has_marks
else
    fail small_cells/the_table_has_marks "$(grep -E '^小乡' out)"
fi
finish
