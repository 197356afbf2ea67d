#!/bin/sh
# The HTML report in Chromium: tables sort, no request leaves the page, no error on the console, and
# an accessibility check (language, headings, alternative texts, tables, contrast, links).
# shellcheck disable=SC1091,SC2154 # support.sh sets what seems unset here
. "${0%/*}/../cli/support.sh"

if ! command -v chromium >/dev/null || ! command -v gnuplot >/dev/null; then
    skip page "no chromium or no gnuplot"
    finish
fi

# look PAGE: what page.js finds, in `found`; what Chromium says, in `log`.
look() {
    script=$(cat "$source_tree/tests/long/page.js")
    SCRIPT="<script>$script</script></body>" awk '{
        at = index($0, "</body>")
        if (at) $0 = substr($0, 1, at - 1) ENVIRON["SCRIPT"] substr($0, at + 7)
        print
    }' "$1" >look.html
    timeout 300 chromium --headless --no-sandbox --disable-gpu --disable-background-networking \
        --disable-component-update --disable-sync --no-first-run --enable-logging=stderr --user-data-dir="$scratch/chromium" \
        --virtual-time-budget=20000 --dump-dom "file://$scratch/look.html" >dom 2>log
    sed 's/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' dom | grep -aE '^(ok|not ok) |pictures' >found
}

make_workspace county
sed -i 's/^C3,\([^,]*\),[0-9]*,[0-9]*,[0-9]*,/C3,\1,1,0,3,/' county/monthly.csv
run project county --as-of 2013-07 --draws 100 --quiet
for language in zh en; do
    run report county/runs/*.h5 --lang $language --output page.html
    expect page/$language/report 0
    look page.html
    if [ "$(grep -c . found)" != 13 ]; then fail page/$language/checks "$(cat found; tail -3 log)"; fi
    sed -n 's,^ok ,,p' found >good
    while read -r name; do pass "page/$language/$name"; done <good
    sed -n 's,^not ok ,,p' found >bad
    while IFS=: read -r name why; do fail "page/$language/$name" "$why"; done <bad
    if grep -q 'CONSOLE' log; then fail page/$language/console "$(grep CONSOLE log)"; else pass page/$language/console; fi
done

# Each of them can fail.
sed -e 's/<h3/<h5/g; s/ alt="[^"]*"/ alt=""/; s/#595959/#aaaaaa/g' \
    -e 's/return a\.number - b\.number/return b.number - a.number/' \
    -e 's,</body>,<a href="#nowhere">?</a><script src="https://canary.invalid/x.js"></script></body>,' \
    page.html >faulty.html
look faulty.html
for name in headings alt_texts contrast links sorting requests; do
    if grep -q "^not ok $name:" found; then pass "page/finds_$name"; else fail "page/finds_$name" "$(cat found)"; fi
done
if grep -q CONSOLE log; then pass page/finds_console; else fail page/finds_console "$(tail -5 log)"; fi
finish
