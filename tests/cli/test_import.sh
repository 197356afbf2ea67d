#!/bin/sh
# import: workbooks as offices keep them, made by import/make_books.py together with the tidy
# tables that they are laid out from; accepted unread they must give exactly these, or ask.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

if ! command -v xlsx2csv >/dev/null || ! command -v python3 >/dev/null; then
    skip import/books "no xlsx2csv"
    exit 0
fi
python3 "$source_tree/tests/cli/import/make_books.py" books || exit 1

# same NAME WANTED GOT
same() {
    if cmp -s "$2" "$3"; then pass "$1"; else fail "$1" "$(diff "$2" "$3")"; fi
}

# tidy NAME TRUTH DIR: the tables are the truth, and a workspace without a fault.
tidy() {
    same "import/$1_units" "$2/units.csv" "$3/units.csv"
    same "import/$1_monthly" "$2/monthly.csv" "$3/monthly.csv"
    [ -e "$3/targets.csv" ] || printf '%s\n' id,year_end,unit,indicator,direction,value \
        "t,2024-12,*,$(head -1 "$3/monthly.csv" | grep -o 'births$\|arrivals\|deaths' | head -1),at_most,9999" >"$3/targets.csv"
    run check "$3"
    expect "import/$1_reads_without_settings" 0
}

# absent NAME FILE...
absent() {
    name=$1
    shift
    for file in "$@"; do
        [ ! -e "$file" ] || { fail "$name" "$file is there"; return; }
    done
    pass "$name"
}

# The proposal alone writes no table; the same call with --accept does, once.
run import books/a/出生死亡月报.xlsx --into a --lang en
expect import/a_proposal_is_no_fault 0
has import/a_proposal_shows_its_evidence out 'C: births_male  # C4 出生人数男'
has import/a_proposal_names_totals out 'B9 "合 计": a total, not read'
has import/a_proposal_counts_what_it_would_give out 'monthly.csv 12 rows'
has import/a_proposal_is_not_accepted a/import.yaml 'accepted: no'
absent import/a_proposal_writes_no_table a/monthly.csv a/units.csv a/import-record.csv a/workspace.yaml
run import books/a/出生死亡月报.xlsx --into a --accept --lang zh
expect import/accepted 0
tidy merged_headers books/a/truth a
has import/the_record_names_the_cell a/import-record.csv \
    'monthly,990102,2024-02,,deaths,'
has import/the_record_names_the_sheet a/import-record.csv ',read,1,出生死亡月报.xlsx,2月,F6,,,'
cp a/monthly.csv before
run import books/a/出生死亡月报.xlsx --into a --accept --lang en
expect import/nothing_is_overwritten 2
has import/what_is_there_is_named err 'a/monthly.csv: fault I15'
same import/what_is_there_stays before a/monthly.csv

for letter in b c d e; do
    run import books/$letter/*.xlsx --into $letter --accept --quiet
    expect "import/${letter}_accepted_unread" 0
    tidy $letter books/$letter/truth $letter
done
has import/a_difference_names_both_cells b/import-record.csv \
    ',difference,1,2024年累计表.xlsx,1-7月,C4,2024年累计表.xlsx,1-6月,C4'
run import books/d/names/出生.xlsx --into names --accept --quiet
expect import/a_former_name_in_brackets 0
tidy former_name books/d/names/truth names

# GB18030, and figures that may be sums: asked, and either answer is taken.
run import books/f/出生.csv --into f --accept --quiet --lang en
expect import/f_is_asked 2
has import/f_question err 'f/import.yaml:10:17: fault I07'
has import/f_answers err 'cumulative: yes | no'
has import/f_encoding f/import.yaml 'encoding: gb18030'
absent import/f_gives_nothing_before_the_answer f/monthly.csv
sed -i 's/cumulative: "?"/cumulative: yes/; s/accepted: no/accepted: yes/' f/import.yaml
run import books/f/出生.csv --into f --quiet
expect import/f_answered 0
tidy answered books/f/truth f
echo >>books/f/出生.csv
rm f/monthly.csv f/import-record.csv
run import books/f/出生.csv --into f --quiet
expect import/a_changed_file_is_refused 2
has import/a_changed_file_is_named err 'I08'

# Questions, each with its cell and its answers.
# asks BOOK KIND TEXT
asks() {
    run import "books/small/$1.xlsx" --into "small-$1" --accept --quiet --lang en
    expect "import/${1}_is_asked" 2
    has "import/${1}_says_where" err "$2"
    has "import/${1}_says_what" err "$3"
    absent "import/${1}_writes_nothing" "small-$1/monthly.csv"
}
asks joint "joint.xlsx:3:2: fault I12: 1-2月!B3" "joint_months: leave_out"
asks negative "negative.xlsx:3:2: fault I13: 1-3月!B3 makes 2024-03 negative: -5" "negative: earlier_months"
asks twice "fault I11: 1月!B3 says 30 and 又!B3 says 31" "leave one of them out"
asks doubt "import.yaml:9:13: fault I07" "period: 2013-07"
asks mark "fault I07" "—: missing | zero"
asks error 'error.xlsx:3:2: fault I09: 3月!B3 "#REF!"' 'B4 "2.5" is not a whole number'
asks unknown "fault I07: \`C\` is still a question" "ignore | unit"
asks percent "\`times\`" "times: 1 | 100"
asks rename "fault I14: 柳林镇 begins in 2024-03, when 柳林乡 ends" "renamed: {柳林镇: 柳林乡}"

# answered BOOK LINE ROWS: the answer at the top of import.yaml, and the rows that it gives.
answered() {
    sed -i "1i $2" "small-$1/import.yaml"
    run import "books/small/$1.xlsx" --into "small-$1" --accept --quiet
    expect "import/${1}_answered" 0
    tail -n +2 "small-$1/monthly.csv" >got
    printf '%b' "$3" >want
    same "import/${1}_gives" want got
}
# 59 by 31 and 29 days: 30.48 and 28.52.
answered joint 'joint_months: split' '松河镇,2024-01,30\n松河镇,2024-02,29\n松河镇,2024-03,31\n'
answered negative 'negative: earlier_months' '松河镇,2024-01,30\n松河镇,2024-02,15\n松河镇,2024-03,0\n'
answered rename 'renamed: {柳林镇: 柳林乡}' \
    '松河镇,2024-01,31\n柳林镇,2024-01,21\n松河镇,2024-02,32\n柳林镇,2024-02,22\n松河镇,2024-03,33\n柳林镇,2024-03,23\n松河镇,2024-04,34\n柳林镇,2024-04,24\n'

# Damaged and hostile files: a finding, never a crash; what can still be read is right.
run import books/small/doubt.xlsx books/hostile/old.xls --into old --lang zh
expect import/an_old_workbook_is_refused 2
has import/an_old_workbook_gets_advice err '另存为 .xlsx'
absent import/nothing_is_proposed_then old
printf '松河镇,2024-03,31\n' >want
for book in books/hostile/*.xlsx; do
    name=$(basename "$book" .xlsx)
    # These two are stopped by the time limit.
    case $name in far | laughs) [ "${VC_TEST_MULTIPLIER:-1}" -gt 1 ] || continue ;; esac
    # Some of the plain faults are enough for a quick run.
    case $name in cut[13] | bit[234567] | without[134]) [ "${VC_TEST_MULTIPLIER:-1}" -gt 1 ] || continue ;; esac
    run import "$book" --into "into-$name" --accept --quiet --lang en
    if [ "$code" = 0 ]; then
        tail -n +2 "into-$name/monthly.csv" >got
        same "import/${name}_is_read_right" want got
    else
        expect "import/${name}_is_refused" 2
        has "import/${name}_says_why" err 'fault '
    fi
done
run import books/hostile/links.xlsx --into links --lang en
has import/links_to_other_files err 'fault I03'
run import books/hostile/bomb.xlsx --into bomb --lang en
has import/a_bomb_is_not_unpacked err 'fault I02'

run import books/a/出生死亡月报.xlsx
expect import/needs_into 64
finish
