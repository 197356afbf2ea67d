#!/bin/sh
# The page for leaders is one page, in Word's form (by LibreOffice) and as PDF, in both languages, also
# where it says what changed since an earlier run.
# shellcheck disable=SC1091,SC2154 # support.sh sets what seems unset here
. "${0%/*}/../cli/support.sh"

for program in gnuplot pandoc weasyprint soffice pdftotext; do
    if ! command -v $program >/dev/null; then
        skip leaders "no $program"
        finish
    fi
done

example_county county
run project county --as-of 2013-06 --draws 400 --quiet
expect leaders/before 0
run project county --as-of 2013-07 --draws 400 --quiet --since county/runs/2013-06-*.h5
expect leaders/now 0

# one_page NAME PDF LAST NEXT: the last sentence stands on page 1, the figure behind it on page 2.
one_page() {
    pdftotext -f 1 -l 1 "$2" - | tr -d ' \n\f' >first
    pdftotext -f 2 -l 2 "$2" - | tr -d ' \n\f' >second
    if grep -qF "$3" first && grep -qF "$4" second; then pass "leaders/$1"; else fail "leaders/$1" "$(tail -c 300 first)"; fi
}

for language in zh en; do
    last=偶然波动能够解释的差距不是工作失误 next='图1'
    [ $language = en ] && last=Whatchanceexplainsisnotfailure next='Figure1'
    run report county/runs/2013-07-*.h5 --to docx,pdf --lang $language --output $language --quiet
    expect leaders/$language/report 0
    one_page $language/pdf "$(ls $language/*.pdf)" $last $next
    mkdir -p $language/office
    cp $language/*.docx $language/office/report.docx
    timeout 300 soffice --headless "-env:UserInstallation=file://$scratch/office" --convert-to pdf --outdir $language/office \
        $language/office/report.docx >/dev/null 2>&1
    one_page $language/docx $language/office/report.pdf $last $next
done
finish
