#!/bin/sh
# Hostile texts through the real pandoc, weasyprint and Chromium: no canary fires, only the programs
# that a report needs are started, the texts stand literally in docx, pptx, html and pdf.
# shellcheck disable=SC1091,SC2016,SC2034,SC2154 # hostile texts are not to be expanded
. "${0%/*}/../cli/support.sh"

for program in gnuplot pandoc weasyprint chromium strace unzip pdftotext; do
    if ! command -v $program >/dev/null; then
        skip hostile "no $program"
        finish
    fi
done

# Names of three towns, of a target and of the place; each would make a file or ask the net.
cat >names <<'END'
`touch canary1`$(touch canary2)|touch canary3
<img src=x onerror="document.title='canary'"><b>
![x](http://canary.invalid/a.png)`touch`{=openxml}
END
make_workspace hostile
awk -F, 'NR == FNR { name[NR] = $0; next }
    /^C[1-3],/ { gsub(/"/, "\"\"", name[++n]); print $1 ",\"" name[n] "\"," $3; next }
    { print }' names hostile/units.csv >units && mv units hostile/units.csv
sed -i 's/^births,/"\\input{\/etc\/passwd}<script>document.title=2<\/script>",/' hostile/targets.csv
cat >hostile/workspace.yaml <<'END'
name: '../../<i>x</i>|touch canary4'
source: '</style><script>document.title=3</script>@import url(http://canary.invalid/b)'
synthetic: yes
language: en
sources:
  '<svg onload="document.title=2">$(touch canary5)': {births: {ratio: 1, sd: 0}}
END
awk -F, 'NR == 1 { print "source,unit,month,births"; next }
    { print "\"<svg onload=\"\"document.title=2\"\">$(touch canary5)\"," $1 "," $2 "," 5 * ($3 + $4) + 5 }' \
    hostile/monthly.csv >hostile/sources.csv
run project hostile --as-of 2013-07 --draws 100 --quiet
expect hostile/project 0
strace -f -qq -e trace=execve,connect -o trace "$vitalcast" report hostile/runs/*.h5 \
    --to html,docx,pptx,pdf --output evil >out 2>err </dev/null
code=$?
expect hostile/report 0

# Programs that were started; weasyprint looks for its libraries with those of the system.
expected='vitalcast gnuplot fc-match fc-list pandoc weasyprint python3 hb-subset ldconfig ldconfig.real sh dash gcc cc
collect2 ld objdump'
sed -n 's/.*execve("\([^"]*\)".* = 0$/\1/p' trace | sed 's,.*/,,; s/^python3\..*/python3/' | sort -u >started
strange=$(echo "$expected" | tr ' ' '\n' | sort -u | comm -13 - started | tr '\n' ' ')
if [ -z "$strange" ] && grep -qx pandoc started; then
    pass hostile/programs
else
    fail hostile/programs "$strange; started: $(tr '\n' ' ' <started)"
fi
if grep -E 'connect\(.*AF_INET' trace >net; then fail hostile/asks_the_net "$(cat net)"; else pass hostile/asks_nothing_of_the_net; fi
if [ -z "$(find . -name 'canary[0-9]')" ] && [ "$(find evil -type f | wc -l)" = 4 ] && [ "$(find evil | wc -l)" = 5 ]; then
    pass hostile/canary
else
    fail hostile/canary "$(find . -name 'canary[0-9]'; find evil)"
fi

# Text of each document without line breaks and blanks, as lines are broken anywhere.
plain() { sed 's/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&#39;/'"'"'/g; s/&amp;/\&/g' | tr -d ' \n\r\f' | sed 's/\xc2\xa0//g'; }
unzip -p evil/*.docx word/document.xml | plain >docx.txt
unzip -p evil/*.pptx 'ppt/slides/slide*.xml' | plain >pptx.txt
plain <"$(ls evil/*.html)" >html.txt
pdftotext evil/*.pdf - | tr -d ' \n\r\f' | sed 's/\xc2\xa0//g' >pdf.txt
for format in docx html pdf pptx; do
    missing=
    while IFS= read -r name; do
        # Office documents of the meeting name no unit but those beyond chance: the place stands there.
        [ $format = pptx ] && name='../../<i>x</i>|touch canary4'
        grep -qF -e "$(printf '%s' "$name" | tr -d ' ')" $format.txt || missing="$missing $name"
    done <names
    [ $format = pptx ] || grep -qF '<svgonload="document.title=2">$(touchcanary5)' $format.txt || missing="$missing source"
    if [ -z "$missing" ]; then pass hostile/literal_in_$format; else fail hostile/literal_in_$format "$missing"; fi
done

# In Chromium no script of a text runs: the title stays.
cp evil/*.html look.html
timeout 300 chromium --headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update \
    --user-data-dir="$scratch/chromium" --dump-dom "file://$scratch/look.html" >dom 2>log
title=$(sed -n 's,.*<title>\(.*\)</title>.*,\1,p' dom)
case $title in
'' | 2 | 3 | canary) fail hostile/title "$title" ;;
*) pass hostile/title ;;
esac
finish
