#!/bin/sh
# The command line: what is wrong ends with 64 and says so on stderr; help in both languages.
# shellcheck disable=SC1091,SC2034,SC2154 # support.sh sets and reads what seems unused here
. "${0%/*}/support.sh"

# wrong NAME TEXT ARGUMENT...: exit 64, nothing on stdout, the text on stderr.
wrong() {
    name=$1 text=$2
    shift 2
    run "$@"
    expect "command_line/$name" 64
    has "command_line/${name}_is_explained" err "$text"
    empty "command_line/${name}_leaves_stdout" out
}

wrong no_argument "Usage: vitalcast VERB"
wrong unknown_verb 'no verb "forecast"' forecast
wrong no_directory "DIR is missing" project
wrong too_many "one argument too many" check one two
wrong unknown_option "--frob" project . --frob
wrong option_of_another_verb "--seed" show RUN --seed 2
wrong negative_seed '"-1"' project . --seed=-1
wrong seed_too_large "18446744073709551615" project . --seed 18446744073709551616
wrong seed_with_rest '"1x"' project . --seed 1x
wrong too_few_draws "100" project . --draws 99
wrong bad_language "zh or en" project . --lang fr
wrong bad_format "svg|png|pdf|emf" plot RUN --format jpg
wrong bad_kind "verdict|fan|caterpillar|" plot RUN --kind pie
wrong bad_action "list, verify, clean, export or diff" runs remove
wrong chinese_message '没有“预测”这个命令' --lang zh 预测

make_workspace county
wrong as_of_month_13 "2013-07" project county --as-of 2013-13
wrong as_of_with_day '"2013-07-01"' check county --as-of 2013-07-01
no_run command_line/wrong_calls_store_nothing county/runs

run project "$(printf 'a\033[31mb')"
if grep -q "$(printf '\033')" err; then
    fail command_line/no_control_characters "escape sequence on stderr"
else
    pass command_line/no_control_characters
fi

run help
expect command_line/help 0
has command_line/help_is_on_stdout out "project DIR"
for verb in init check project show plot runs; do
    run $verb --help
    expect "command_line/help_of_$verb" 0
    has "command_line/help_of_${verb}_shows_language" out "--lang=zh|en"
    run help $verb --lang zh
    has "command_line/chinese_help_of_$verb" out "用法：vitalcast $verb"
done
run --lang zh help
has command_line/chinese_help out "达标可能性"
LC_ALL=zh_CN.UTF-8 "$vitalcast" help >out
has command_line/language_of_the_environment out "用法"

run --version
expect command_line/version 0
version=$(sed -n 's/^#define VC_VERSION_STRING "\(.*\)"/\1/p' "$source_tree/include/vitalcast/api.h")
has command_line/version_number out "vitalcast $version"
for library in GSL OpenBLAS HDF5 libyaml; do
    has "command_line/version_of_$library" out "$library "
done
finish
