#!/bin/sh
# report: formats, languages, every figure from the run, small cells, hostile texts, missing programs.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
# shellcheck disable=SC2016,SC2094 # hostile texts are not to be expanded; "page" is another file
. "${0%/*}/support.sh"

if ! command -v gnuplot >/dev/null; then
    skip report "no gnuplot"
    finish
fi

# visible FILE: the text of an HTML page as a reader sees it, a table's cell on a line of its own.
visible() {
    awk '{ text = text $0 "\n" }
        END {
            gsub(/<style>[^<]*<\/style>/, "", text)
            sub(/<script>.*<\/script>/, "", text)
            gsub(/<[^>]*>/, "\n", text)
            gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text)
            gsub(/&#39;/, "\047", text); gsub(/&amp;/, "\\&", text)
            gsub(/−/, "-", text)
            print text
        }' "$1"
}

# strangers JSON TEXT: decimal numbers of the text that are no number of the JSON, or hundred times
# one, rounded to as many digits.
strangers() {
    awk '
        FNR == NR {
            line = $0
            while (match(line, /-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?/)) {
                number = substr(line, RSTART, RLENGTH) + 0
                if (number < 0) number = -number
                for (digits = 1; digits < 4; digits++) {
                    known[sprintf("%.*f", digits, number)] = 1
                    known[sprintf("%.*f", digits, 100 * number)] = 1
                }
                line = substr(line, RSTART + RLENGTH)
            }
            next
        }
        {
            line = $0
            gsub(/vitalcast [0-9.]+|^[0-9]+\.[0-9]+ /, "", line) # version, number of a heading
            gsub(/[<>] ?[0-9.]+%|低于0\.1%|高于99\.9%|less than 0\.1%|more than 99\.9%/, "", line)
            while (match(line, /[0-9]+\.[0-9]+/)) {
                number = substr(line, RSTART, RLENGTH)
                if (!(number in known)) print number
                line = substr(line, RSTART + RLENGTH)
            }
        }' "$1" "$2" | sort -u | tr '\n' ' '
}

example_county county
# At the end of June, and a month later with what changed.
run project county --as-of 2013-06 --draws 100 --quiet
run project county --as-of 2013-07 --draws 100 --since last --quiet
expect report/project 0
run_file=$(ls county/runs/2013-07-*.h5)
run show "$run_file" --all --json
cp out show.json

# --- HTML ------------------------------------------------------------------------------------------
for language in zh en; do
    case $language in
    zh) name=示例县2013年1月至7月人口形势分析 boundary=不作为下达生育数量 ;;
    en) name='示例县 population situation Jan to Jul 2013' boundary='not a basis for birth quotas' ;;
    esac
    run report "$run_file" --lang $language
    expect report/html_$language 0
    has report/names_it_$language out "reports/$name.html"
    visible "reports/$name.html" >page
    has report/boundary_$language page "$boundary"
    if [ "$(strangers show.json page)" = "" ]; then
        pass report/figures_are_the_runs_$language
    else
        fail report/figures_are_the_runs_$language "$(strangers show.json page)"
    fi
    # The test can fail: a run of other figures does not have them.
    echo '{"p": 0.5}' >other.json
    if [ "$(strangers other.json page | wc -w)" -gt 100 ]; then
        pass report/figures_can_be_strangers_$language
    else
        fail report/figures_can_be_strangers_$language "$(strangers other.json page)"
    fi
    lacks report/asks_nothing_of_the_net_$language "reports/$name.html" '//www'
done
has report/says_what_changed page "2013-06"
if grep -qE '<img alt="[^"]{20,}" src="data:image/svg' "reports/$name.html"; then
    pass report/pictures_have_words
else
    fail report/pictures_have_words "$(grep -o '<img alt="[^"]*"' "reports/$name.html" | head -3)"
fi
run report "$run_file" --lang en --output one.html --json
expect report/a_file 0
has report/as_json out '"one.html"'
if cmp -s one.html "reports/$name.html"; then pass report/same_bytes; else fail report/same_bytes differs; fi

# What the workspace reads is not written over: a table, a workbook that was imported.
cp -r county guarded
mv guarded/monthly.csv guarded/monthly.html
printf 'tables: {monthly: {file: monthly.html}}\n' >>guarded/workspace.yaml
echo workbook >月报.xlsx
printf 'sheets:\n  - {file: 月报.xlsx, sha256: %s}\n' "$(sha256sum 月报.xlsx | cut -c1-64)" >guarded/import.yaml
for output in guarded/monthly.html 月报.xlsx; do
    cp $output kept
    run report guarded/runs/2013-07-*.h5 --to ${output##*.} --output $output --lang zh
    expect report/own_input_is_refused_$output 64
    has report/own_input_is_named_$output err $output
    if cmp -s $output kept; then pass report/own_input_is_kept_$output; else fail report/own_input_is_kept_$output changed; fi
done

run report "$run_file" --lang zh --to xlsx,html --output two
expect report/two_formats 0
if [ "$(find two -name '*.html' -o -name '*.xlsx' | wc -l)" = 2 ]; then pass report/two_files; else fail report/two_files "$(ls two)"; fi

run report 2013-06 --store county/runs --to html --output half
expect report/no_such_id 2
run report "$(ls county/runs/2013-06-*.h5)" --output half
has report/half_a_year out "half/示例县2013年上半年人口形势分析.html"

# --- small cells -----------------------------------------------------------------------------------
make_workspace towns
sed -i 's/^C3,\([^,]*\),[0-9]*,[0-9]*,[0-9]*,/C3,\1,1,0,3,/' towns/monthly.csv
run project towns --as-of 2013-07 --draws 100 --quiet
small=$(ls towns/runs/*.h5)
run report "$small" --output small.html
expect report/small_cells 0
visible small.html >page
# 7 births since January, and the 273 of the town beside it, which tell them by difference.
awk '/^小乡$/ { for (i = 0; i < 14; i++) { getline; if ($0 != "") printf "%s ", $0 } print "" }' page >rows
has report/small_cells_are_marked rows '* * * *'
# No girls there: the dash of a ratio without a denominator would tell that.
awk '/^小乡$/ { for (i = 0; i < 14; i++) { getline; if ($0 == "—") print } }' page >rows
empty report/small_cells_have_no_dash rows
if grep -qE '^(7|273|273\.0)$' page; then
    fail report/small_cells_are_not_told "$(grep -nE '^(7|273|273\.0)$' page)"
else
    pass report/small_cells_are_not_told
fi
if grep -qx 694 page; then pass report/large_cells_are_told; else fail report/large_cells_are_told "$(grep -x '69.' page)"; fi
run show "$small" --all --quiet
grep '^小乡 .*sex ratio' out | head -n 1 >rows
lacks report/small_cells_have_no_dash_in_show rows '—'
lacks report/small_cells_have_no_note_of_it out "no denominator"
run show "$small" --all --json
cp out small.json
if [ "$(strangers small.json page)" = "" ]; then
    pass report/small_cells_as_in_show
else
    fail report/small_cells_as_in_show "$(strangers small.json page)"
fi

# --- hostile texts -----------------------------------------------------------------------------------
make_workspace hostile
evil='"</title><script>document.title=1</script>`touch canary`$(touch canary)=cmd|x'
quoted=$(printf '%s' "$evil" | sed 's/"/""/g')
sed -i "s/^C1,东镇,/C1,\"$(printf '%s' "$quoted" | sed 's/[\/&|]/\\&/g')\",/" hostile/units.csv
cat >hostile/workspace.yaml <<'END'
name: '../../<b>x</b>|touch canary'
source: '</style><script>alert(1)</script>`touch canary`'
language: en
END
sed -i 's/^births,/"<img src=x onerror=alert(1)>",/' hostile/targets.csv
run project hostile --as-of 2013-07 --draws 100 --quiet
run report hostile/runs/*.h5 --output evil
expect report/hostile 0
page=$(ls evil/*.html)
if [ "$(grep -c '<script>' "$page")" = 1 ]; then pass report/hostile_script; else fail report/hostile_script "$(grep -c '<script>' "$page")"; fi
lacks report/hostile_element "$page" '<img src=x'
visible "$page" >page
has report/hostile_text_is_literal page '"</title><script>document.title=1</script>`touch canary`'
if [ -z "$(find . -name 'canary*')" ] && [ "$(ls evil)" = "$(basename "$(ls evil/*.html)")" ]; then
    pass report/hostile_canary
else
    fail report/hostile_canary "$(find . -name 'canary*'; ls evil)"
fi

# --- sentences that a person edited ---------------------------------------------------------------------
mkdir -p county/plots/report
sed 's/^summary = /summary = 按本局口径，/' "$source_tree/plots/report/zh.txt" >county/plots/report/zh.txt
run report "$run_file" --lang zh --output edited.html
expect report/own_sentences 0
has report/own_sentences_are_used edited.html 按本局口径
sed 's/^summary = .*/summary = {plaze}/' "$source_tree/plots/report/zh.txt" >county/plots/report/zh.txt
line=$(grep -n '^summary = ' county/plots/report/zh.txt | cut -d: -f1)
run report "$run_file" --lang zh --output faulty.html
expect report/faulty_sentence 2
has report/faulty_sentence_has_its_place err "county/runs/../plots/report/zh.txt:$line:11"
if [ -e faulty.html ]; then fail report/faulty_writes_nothing "$(ls)"; else pass report/faulty_writes_nothing; fi
rm -r county/plots

# --- wrong command lines -----------------------------------------------------------------------------------
run report "$run_file" --to odt
expect report/unknown_format 64
run report "$run_file" --to html,
expect report/empty_format 64

# --- office documents; without a program the message and the rest ---------------------------------------------
if [ -x /usr/bin/pandoc ] || [ -x /usr/local/bin/pandoc ]; then
    run report "$run_file" --to docx,pptx --lang zh --output office
    expect report/office 0
    for kind in docx pptx; do
        if [ "$(head -c 2 office/*.$kind)" = PK ]; then pass report/$kind; else fail report/$kind "$(ls office)"; fi
    done
    if command -v unzip >/dev/null; then
        unzip -p office/*.docx word/document.xml >document.xml
        unzip -p office/*.docx word/footer1.xml >footer.xml
        unzip -p office/*.docx word/styles.xml >styles.xml
        visible document.xml >page
        has report/docx_boundary footer.xml 不作为下达生育数量
        has report/docx_fonts styles.xml 仿宋_GB2312
        if [ "$(strangers show.json page)" = "" ]; then
            pass report/docx_figures
        else
            fail report/docx_figures "$(strangers show.json page)"
        fi
        unzip -p office/*.pptx 'ppt/slideMasters/slideMaster1.xml' >master.xml
        has report/pptx_boundary master.xml 不作为下达生育数量
    else
        skip report/docx_contents "no unzip"
    fi
else
    run report "$run_file" --to docx,html --lang en --output partly
    expect report/no_pandoc 4
    has report/no_pandoc_says_what_to_install err "package pandoc"
    has report/no_pandoc_writes_the_rest out ".html"
    skip report/office "no pandoc"
fi
if [ -x /usr/bin/weasyprint ] || [ -x /usr/local/bin/weasyprint ]; then
    if [ -n "${STRICT-}" ]; then # subsets of Chinese fonts take their time
        run report "$run_file" --to pdf --lang en --output office
        expect report/pdf 0
        if [ "$(head -c 5 office/*.pdf)" = %PDF- ]; then pass report/pdf_file; else fail report/pdf_file "$(ls office)"; fi
    fi
else
    run report "$run_file" --to pdf,html --lang en --output partly
    expect report/no_weasyprint 4
    has report/no_weasyprint_says_what_to_install err "package weasyprint"
    has report/no_weasyprint_writes_the_rest out ".html"
    skip report/pdf "no weasyprint"
fi
if [ -z "$(find . -name '.*.tmp.*')" ]; then pass report/no_litter; else fail report/no_litter "$(find . -name '.*.tmp.*')"; fi
finish
