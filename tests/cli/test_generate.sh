#!/bin/bash
# The manual page and the completions name every verb and option of --help, and bash completes.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

run help
verbs=$(awk '/^Verbs:/ { inside = 1; next } /^$/ { inside = 0 } inside && $1 != "help" { print $1 }' out)
if [ "$(printf '%s\n' "$verbs" | wc -l)" -ge 9 ]; then pass generate/verbs; else fail generate/verbs "$verbs"; fi

# options VERB: those of its help.
options() { "$vitalcast" "$1" --help | grep -o '^  --[a-z-]*' | tr -d ' '; }

for language in en zh; do
    run generate man --lang $language
    expect generate/man_$language 0
    cp out page
    if scdoc <page >roff 2>err && [ -s roff ]; then
        pass generate/scdoc_reads_$language
    else
        fail generate/scdoc_reads_$language "$(cat err)"
    fi
    missing=''
    for verb in $verbs; do
        awk -v head="## vitalcast $verb " 'index($0, head) == 1 { inside = 1; next } /^#/ { inside = 0 } inside' \
            page >section
        for option in $(options "$verb"); do
            grep -qxE -e "\*$option\*( _.*_)?" section || missing="$missing $verb$option"
        done
    done
    if [ -z "$missing" ]; then
        pass generate/man_has_every_option_$language
    else
        fail generate/man_has_every_option_$language "$missing"
    fi
done
run help project
about=$(sed -n 2p out)
run generate man --lang en
has generate/man_tells_what_a_verb_does out "$about"

# completed WORD...: what bash offers for the last word, with blanks between.
"$vitalcast" generate bash >completion
completed() {
    bash -c '. ./completion; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _vitalcast; echo "${COMPREPLY[*]}"' \
        bash vitalcast "$@"
}

# offers NAME WANTED WORD...
offers() {
    name=$1 wanted=$2
    shift 2
    got=$(completed "$@")
    if [ "$got" = "$wanted" ]; then pass "generate/$name"; else fail "generate/$name" "\"$got\" instead of \"$wanted\""; fi
}

mkdir county charts
touch county.h5
offers verb project proj
offers verb_after_language project --lang zh proj
offers option --scenario what-if --sc
offers option_behind_arguments --scenario what-if county.h5 --sc
offers value 'zh en' show --lang ''
offers value_behind_equals zh show --lang = z
offers folder county project cou
offers file county.h5 show county.
offers word verify runs ver
offers file_behind_a_word county.h5 runs diff county.h5 county.
offers words_of_generate 'bash' generate b
offers nothing_for_numbers '' project --seed ''
offers folder_of_charts charts plot --out char
for verb in $verbs; do
    got=$(completed "$verb" -- | tr ' ' '\n' | sort)
    want=$(options "$verb" | sort)
    [ "$got" = "$want" ] || fail "generate/bash_options_of_$verb" "$got"
done
pass generate/bash_options

for shell in zsh fish; do
    run generate $shell
    expect generate/$shell 0
    missing=''
    for verb in $verbs; do
        for option in $(options "$verb" | grep -v '^--help$'); do
            grep -qE -e "${option}[=[]|-l ${option#--} " out || missing="$missing $verb$option"
        done
    done
    if [ -z "$missing" ]; then pass "generate/${shell}_options"; else fail "generate/${shell}_options" "$missing"; fi
    command -v $shell >/dev/null || continue # read it where it is at home
    if $shell -n out 2>err; then pass generate/${shell}_reads_it; else fail generate/${shell}_reads_it "$(cat err)"; fi
done
run generate tcsh
expect generate/other_shell 64
finish
