/* Completion of shells: what may be typed next, from the tables of verbs and options. */
#include <ctype.h>
#include <string.h>

#include "cli/generate_internal.h"
#include "cli/options_internal.h"

void vci_fixed_words(const char *alternatives, char words[VC_DIM(VCI_FIXED_WORDS)]) {
    size_t used = 0;
    words[0] = '\0';
    for (const char *at = alternatives; *at;) {
        size_t n = strcspn(at, "| []");
        bool small = n > 0 && islower((unsigned char)*at);
        if (small && used + n + 2 < VCI_FIXED_WORDS)
            used += (size_t)snprintf(words + used, VCI_FIXED_WORDS - used, "%s%.*s",
                                     used ? " " : "", (int)n, at);
        at += n + (at[n] != '\0');
    }
}

bool vci_names_folder(const char *alternatives) {
    return strstr(alternatives, "DIR") != NULL;
}

bool vci_names_file(const char *alternatives) {
    return strstr(alternatives, "FILE") != NULL || strstr(alternatives, "RUN") != NULL;
}

static const char *const OUTSIDE[] = {"help", "--help", "--version", "--lang"};

/* --- bash ------------------------------------------------------------------------------
 */

static const char BASH_BEGIN[] =
    "# bash completion of vitalcast; made by `vitalcast generate bash`\n"
    "_vitalcast() {\n"
    "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
    "    local verb='' argument=0 options='' words='' kind='' i\n"
    "    if [ \"$current\" = = ]; then\n"
    "        current=''\n"
    "    elif [ \"$before\" = = ]; then\n"
    "        before=${COMP_WORDS[COMP_CWORD - 2]}\n"
    "    fi\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        case ${COMP_WORDS[i]} in\n"
    "        --lang) [ -z \"$verb\" ] && ((i++)) ;;\n"
    "        -* | =) ;;\n"
    "        *) if [ -z \"$verb\" ]; then verb=${COMP_WORDS[i]}; else ((argument++)); fi "
    ";;\n"
    "        esac\n"
    "    done\n";

static const char BASH_END[] =
    "    COMPREPLY=()\n"
    "    case $kind:$current in\n"
    "    :-*) mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$current\") ;;\n"
    "    none:*) ;;\n"
    "    folder:* | file:*)\n"
    "        compopt -o filenames 2>/dev/null\n"
    "        if [ \"$kind\" = folder ]; then i=-d; else i=-f; fi\n"
    "        mapfile -t COMPREPLY < <(compgen $i -- \"$current\")\n"
    "        ;;\n"
    "    *) mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\") ;;\n"
    "    esac\n"
    "}\n"
    "complete -F _vitalcast vitalcast\n";

static void bash_outside(FILE *out) {
    fputs("    case $verb in\n    '')\n        words='", out);
    for (size_t i = 0; i < vci_n_verbs; i++) fprintf(out, "%s ", vci_verbs[i].name);
    fprintf(out, "%s'\n        options='", OUTSIDE[0]);
    for (size_t i = 1; i < sizeof OUTSIDE / sizeof *OUTSIDE; i++)
        fprintf(out, "%s%s", i > 1 ? " " : "", OUTSIDE[i]);
    fputs("'\n        ;;\n    help)\n        words='", out);
    for (size_t i = 0; i < vci_n_verbs; i++)
        fprintf(out, "%s%s", i ? " " : "", vci_verbs[i].name);
    fputs("'\n        ;;\n", out);
}

/* What stands in place of an argument: words at first, then what they act on. */
static void bash_verb(FILE *out, const vci_verb *verb) {
    char words[VCI_FIXED_WORDS];
    const char *kind = vci_names_folder(verb->arguments) ? "folder" : "file";
    vci_fixed_words(verb->arguments, words);
    if (vci_names_file(verb->arguments)) kind = "file";
    fprintf(out, "    %s)\n        options='", verb->name);
    for (int i = 0; i < VCI_OPTIONS; i++)
        if (verb->options & VCI_BIT(i))
            fprintf(out, "--%s ", vci_option_name((vci_option)i));
    fputs("--help'\n", out);
    if (words[0])
        fprintf(out,
                "        words='%s'\n        ((argument > 0)) && [[ $current != -* ]] && "
                "kind='%s'\n",
                words, kind);
    else
        fprintf(out, "        [[ $current == -* ]] || kind='%s'\n", kind);
    fputs("        ;;\n", out);
}

/* An option's value: its words, a file, or what nobody can guess. */
static void bash_value(FILE *out, vci_option option) {
    char words[VCI_FIXED_WORDS];
    const char *value = vci_option_value(option);
    if (!value) return;
    vci_fixed_words(value, words);
    fprintf(out, "    --%s) ", vci_option_name(option));
    if (words[0])
        fprintf(out, "kind='words' words='%s' ;;\n", words);
    else
        fprintf(out, "kind='%s' ;;\n",
                vci_names_folder(value) ? "folder"
                : vci_names_file(value) ? "file"
                                        : "none");
}

void vci_completion_bash(FILE *out) {
    fputs(BASH_BEGIN, out);
    bash_outside(out);
    for (size_t i = 0; i < vci_n_verbs; i++) bash_verb(out, &vci_verbs[i]);
    fputs("    esac\n    case $before in\n", out);
    for (int i = 0; i < VCI_OPTIONS; i++) bash_value(out, (vci_option)i);
    fputs("    esac\n", out);
    fputs(BASH_END, out);
}

/* --- zsh -------------------------------------------------------------------------------
 */

/* Text between single quotes, where the characters of `special` have a meaning too. */
static void print_quoted(FILE *out, const char *text, const char *special) {
    for (; *text; text++) {
        if (*text == '\'') {
            fputs("'\\''", out);
            continue;
        }
        if (strchr(special, *text)) fputc('\\', out);
        fputc(*text, out);
    }
}

static void zsh_option(FILE *out, vci_option option, vc_language language) {
    char words[VCI_FIXED_WORDS];
    const char *value = vci_option_value(option);
    fprintf(out, "            '--%s%s[", vci_option_name(option), value ? "=" : "");
    print_quoted(out, vci_text_get(vci_option_help(option), language), "[]\\:");
    fputc(']', out);
    if (value) {
        vci_fixed_words(value, words);
        fprintf(out, ":%s:", vci_option_name(option));
        if (words[0])
            fprintf(out, "(%s)", words);
        else if (vci_names_folder(value))
            fputs("_files -/", out);
        else if (vci_names_file(value))
            fputs("_files", out);
    }
    fputs("' \\\n", out);
}

static void zsh_verb(FILE *out, const vci_verb *verb, vc_language language) {
    char words[VCI_FIXED_WORDS];
    bool file = vci_names_file(verb->arguments);
    vci_fixed_words(verb->arguments, words);
    fprintf(out, "    %s)\n        _arguments \\\n", verb->name);
    for (int i = 0; i < VCI_OPTIONS; i++)
        if (verb->options & VCI_BIT(i)) zsh_option(out, (vci_option)i, language);
    fputs("            '--help[", out);
    print_quoted(out, vci_text_get(VCI_TEXT_CLI_HELP_HELP, language), "[]\\:");
    fputs("]' \\\n", out);
    if (words[0]) fprintf(out, "            '1:word:(%s)' \\\n", words);
    fprintf(out, "            '*:file:_files%s'\n        ;;\n", file ? "" : " -/");
}

void vci_completion_zsh(FILE *out, vc_language language) {
    fputs("#compdef vitalcast\n"
          "# zsh completion of vitalcast; made by `vitalcast generate zsh`\n"
          "_vitalcast() {\n    local -a verbs\n    verbs=(\n",
          out);
    for (size_t i = 0; i < vci_n_verbs; i++) {
        fprintf(out, "        '%s:", vci_verbs[i].name);
        print_quoted(out, vci_text_get(vci_verbs[i].about, language), "\\:");
        fputs("'\n", out);
    }
    fputs("        'help:", out);
    print_quoted(out, vci_text_get(VCI_TEXT_CLI_ABOUT_HELP, language), "\\:");
    fputs("'\n    )\n    if ((CURRENT == 2)); then\n        _describe verb verbs\n"
          "        return\n    fi\n    shift words\n    ((CURRENT--))\n"
          "    case $words[1] in\n    help) _describe verb verbs ;;\n",
          out);
    for (size_t i = 0; i < vci_n_verbs; i++) zsh_verb(out, &vci_verbs[i], language);
    fputs("    esac\n}\n_vitalcast \"$@\"\n", out);
}

/* --- fish ------------------------------------------------------------------------------
 */

static void fish_verb(FILE *out, const vci_verb *verb, vc_language language) {
    char words[VCI_FIXED_WORDS];
    fprintf(out, "complete -c vitalcast -n __fish_use_subcommand -f -a %s -d '",
            verb->name);
    print_quoted(out, vci_text_get(verb->about, language), "\\");
    fputs("'\n", out);
    for (int i = 0; i < VCI_OPTIONS; i++) {
        const char *value = vci_option_value((vci_option)i);
        if (!(verb->options & VCI_BIT(i))) continue;
        fprintf(out, "complete -c vitalcast -n '__fish_seen_subcommand_from %s' -l %s -d '",
                verb->name, vci_option_name((vci_option)i));
        print_quoted(out, vci_text_get(vci_option_help((vci_option)i), language), "\\");
        fputc('\'', out);
        if (value) vci_fixed_words(value, words);
        if (value && words[0])
            fprintf(out, " -x -a '%s'", words);
        else if (value)
            fputs(vci_names_folder(value) || vci_names_file(value) ? " -r" : " -x", out);
        fputc('\n', out);
    }
    vci_fixed_words(verb->arguments, words);
    if (words[0])
        fprintf(out, "complete -c vitalcast -n '__fish_seen_subcommand_from %s' -a '%s'\n",
                verb->name, words);
}

void vci_completion_fish(FILE *out, vc_language language) {
    fputs("# fish completion of vitalcast; made by `vitalcast generate fish`\n", out);
    for (size_t i = 0; i < vci_n_verbs; i++) fish_verb(out, &vci_verbs[i], language);
    fputs("complete -c vitalcast -n __fish_use_subcommand -f -a help -d '", out);
    print_quoted(out, vci_text_get(VCI_TEXT_CLI_ABOUT_HELP, language), "\\");
    fputs("'\n", out);
}
