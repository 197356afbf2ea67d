/* The manual page: the help of every verb, and what holds for all of them. */
#include <string.h>

#include "cli/generate_internal.h"
#include "cli/options_internal.h"

/* Everything that scdoc takes for markup stands behind a backslash. */
static void print_plain(FILE *out, const char *text) {
    for (; *text; text++) {
        if (strchr("\\_*#[]|~", *text)) fputc('\\', out);
        fputc(*text, out);
    }
}

static void print_text(FILE *out, vci_text text, vc_language language) {
    print_plain(out, vci_text_get(text, language));
}

static void print_heading(FILE *out, vci_text text, vc_language language) {
    fprintf(out, "\n# %s\n\n", vci_text_get(text, language));
}

/* A term in bold with its explanation below it. */
static void print_item(FILE *out, const char *term, const char *value, vci_text text,
                       vc_language language) {
    fputc('*', out);
    print_plain(out, term);
    fputc('*', out);
    if (value) {
        fputs(" _", out);
        print_plain(out, value);
        fputc('_', out);
    }
    fputs("\n\t", out);
    print_text(out, text, language);
    fputs("\n\n", out);
}

static void print_option(FILE *out, vci_option option, vc_language language) {
    char term[40];
    snprintf(term, sizeof term, "--%s", vci_option_name(option));
    print_item(out, term, vci_option_value(option), vci_option_help(option), language);
}

static void print_verb(FILE *out, const vci_verb *verb, vc_language language) {
    fprintf(out, "## vitalcast %s ", verb->name);
    print_plain(out, verb->arguments);
    fputs("\n\n", out);
    print_text(out, verb->about, language);
    fputs("\n\n", out);
    for (int i = 0; i < VCI_OPTIONS; i++)
        if (verb->options & VCI_BIT(i)) print_option(out, (vci_option)i, language);
    print_item(out, "--help", NULL, VCI_TEXT_CLI_HELP_HELP, language);
}

static void print_help_verb(FILE *out, vc_language language) {
    fputs("## vitalcast help \\[VERB\\]\n\n", out);
    print_text(out, VCI_TEXT_CLI_ABOUT_HELP, language);
    fputc('\n', out);
}

static void print_exits(FILE *out, vc_language language) {
    static const struct {
        const char *code;
        vci_text text;
    } exits[] = {
        {"0", VCI_TEXT_MANUAL_EXIT_0},   {"1", VCI_TEXT_MANUAL_EXIT_1},
        {"2", VCI_TEXT_MANUAL_EXIT_2},   {"3", VCI_TEXT_MANUAL_EXIT_3},
        {"4", VCI_TEXT_MANUAL_EXIT_4},   {"5", VCI_TEXT_MANUAL_EXIT_5},
        {"64", VCI_TEXT_MANUAL_EXIT_64}, {"130, 143", VCI_TEXT_MANUAL_EXIT_130},
    };
    print_heading(out, VCI_TEXT_MANUAL_EXIT, language);
    for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
        print_item(out, exits[i].code, NULL, exits[i].text, language);
}

void vci_manual_print(FILE *out, vc_language language) {
    fprintf(out, "vitalcast(1) \"vitalcast %s\" \"%s\"\n", VC_VERSION_STRING,
            vci_text_get(VCI_TEXT_MANUAL_SECTION, language));
    print_heading(out, VCI_TEXT_MANUAL_NAME, language);
    fputs("vitalcast - ", out);
    print_text(out, VCI_TEXT_MANUAL_PURPOSE, language);
    fputc('\n', out);
    print_heading(out, VCI_TEXT_MANUAL_SYNOPSIS, language);
    fputs("*vitalcast* _VERB_ \\[_OPTION_...\\] \\[_ARGUMENT_...\\]\n", out);
    print_heading(out, VCI_TEXT_MANUAL_DESCRIPTION, language);
    print_text(out, VCI_TEXT_CLI_ABOUT, language);
    fputs("\n\n", out);
    print_text(out, VCI_TEXT_CLI_NOTE_BOUNDARY, language);
    fputc('\n', out);
    print_heading(out, VCI_TEXT_MANUAL_VERBS, language);
    for (size_t i = 0; i < vci_n_verbs; i++) print_verb(out, &vci_verbs[i], language);
    print_help_verb(out, language);
    print_exits(out, language);
    print_heading(out, VCI_TEXT_MANUAL_ENVIRONMENT, language);
    print_item(out, "VITALCAST_DATADIR", NULL, VCI_TEXT_MANUAL_DATADIR, language);
    print_item(out, "NO_COLOR", NULL, VCI_TEXT_MANUAL_NO_COLOR, language);
    print_heading(out, VCI_TEXT_MANUAL_FILES, language);
    print_item(out, "workspace.yaml", NULL, VCI_TEXT_MANUAL_WORKSPACE, language);
    print_item(out, "runs/", NULL, VCI_TEXT_MANUAL_RUNS, language);
}
