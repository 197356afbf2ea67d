#include "cli/options_internal.h"

#include <argp.h>
#include <locale.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cli/say_internal.h"
#include "core/memory_internal.h"
#include "vitalcast/chart.h"
#include "vitalcast/inspection.h"

/* The words of --kind. */
static const char chart_kinds[] =
#define X(constant, key) #key "|"
    VC_CHART_LIST(X)
#undef X
        "all";

/* Keys of argp: options follow each other from KEY on; no short letters but these. */
enum { KEY = 256, KEY_USAGE = KEY + VCI_OPTIONS, KEY_HELP = 'h' };

static const struct {
    const char *name, *value;
    vci_text help;
} described[VCI_OPTIONS] = {
#define X(constant, name, value, help) {name, value, help},
    VCI_OPTION_LIST(X)
#undef X
};

const char *vci_option_name(vci_option option) { return described[option].name; }

const char *vci_option_value(vci_option option) { return described[option].value; }

vci_text vci_option_help(vci_option option) { return described[option].help; }

/* Words of the C library (argp, strerror) follow the language where it has a catalogue. */
static void tell_library(vc_language language) {
    setenv("LANGUAGE", language == VC_CHINESE ? "zh_CN" : "en", 1);
    setlocale(LC_MESSAGES, language == VC_CHINESE ? "C.UTF-8" : "C");
}

void vci_cli_take_language(vci_cli *cli, vc_language language) {
    if (!cli->language_given) cli->language = language;
    tell_library(cli->language);
}

void vci_cli_guess_language(vci_cli *cli, int argc, char **argv) {
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    cli->language = VC_ENGLISH;
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (!value || !*value) continue;
        if (strncmp(value, "zh", 2) == 0) cli->language = VC_CHINESE;
        break;
    }
    for (int i = 1; i < argc; i++) {
        const char *word = NULL;
        if (strncmp(argv[i], "--lang=", 7) == 0) word = argv[i] + 7;
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) word = argv[i + 1];
        if (word && vc_language_parse(word, &cli->language)) cli->language_given = true;
    }
    tell_library(cli->language);
}

int vci_usage_error(const vci_cli *cli, vci_text text, ...) {
    char line[512];
    va_list arguments;
    va_start(arguments, text);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral" /* a text of the table */
    vsnprintf(line, sizeof line, vci_text_get(text, cli->language), arguments);
#pragma GCC diagnostic pop
    va_end(arguments);
    vci_say_line(stderr, cli->language, VCI_TEXT_CLI_ERROR, line);
    if (cli->verb)
        vci_say_line(stderr, cli->language, VCI_TEXT_CLI_TRY, cli->verb->name);
    else
        vci_say_line(stderr, cli->language, VCI_TEXT_CLI_TRY_HELP);
    return VCI_WRONG_COMMAND_LINE;
}

/* One number or a range; *rest is what follows. */
static bool take_range(const char *text, long *from, long *to, const char **rest) {
    char *end;
    if (*text < '0' || *text > '9') return false;
    *from = *to = strtol(text, &end, 10);
    if (*end == '-') {
        text = end + 1;
        if (*text < '0' || *text > '9') return false;
        *to = strtol(text, &end, 10);
    }
    *rest = end;
    return *to >= *from;
}

/* Inserts a number into an ascending list, once. */
static bool put(int number, size_t most, int *numbers, size_t *n) {
    size_t at = 0;
    while (at < *n && numbers[at] < number) at++;
    if (at < *n && numbers[at] == number) return true;
    if (*n == most) return false;
    memmove(numbers + at + 1, numbers + at, (*n - at) * sizeof *numbers);
    numbers[at] = number;
    ++*n;
    return true;
}

bool vci_options_list(const vci_cli *cli, vci_option option, const char *text, int low,
                      int high, size_t most, int *numbers, size_t *n) {
    const char *at = text;
    char from[24], to[24];
    *n = 0;
    while (at) {
        long first, last;
        bool good = take_range(at, &first, &last, &at) && first >= low && last <= high;
        for (long i = first; good && i <= last; i++) good = put((int)i, most, numbers, n);
        good = good && (*at == ',' || *at == '\0');
        if (good && *at == '\0') return true;
        if (good && *at++ == ',') continue;
        snprintf(from, sizeof from, "%d", low);
        snprintf(to, sizeof to, "%d", high);
        vci_usage_error(cli, VCI_TEXT_CLI_BAD_LIST, described[option].name, from, to, text);
        return false;
    }
    return true;
}

bool vci_options_period(const vci_cli *cli, vci_option option, const char *text,
                        vc_frequency frequency, vc_period *period) {
    const char *form = frequency == VC_MONTHLY     ? "2013-07"
                       : frequency == VC_QUARTERLY ? "2013-Q3"
                                                   : "2013";
    *period = VC_NO_PERIOD;
    if (!text || vc_period_parse(text, frequency, period)) return true;
    vci_usage_error(cli, VCI_TEXT_CLI_BAD_PERIOD, described[option].name, form, text);
    return false;
}

/* --- reading the words ------------------------------------------------------------- */

static uint64_t whole_number(const vci_cli *cli, vci_option option, const char *text,
                             uint64_t low, uint64_t high) {
    uint64_t number = 0;
    bool good = *text != '\0';
    for (const char *s = text; *s && good; s++) {
        unsigned digit = (unsigned)(*s - '0');
        good = *s >= '0' && *s <= '9' && number <= (UINT64_MAX - digit) / 10;
        if (good) number = number * 10 + digit;
    }
    if (good && number >= low && number <= high) return number;
    char from[24], to[24];
    snprintf(from, sizeof from, "%llu", (unsigned long long)low);
    snprintf(to, sizeof to, "%llu", (unsigned long long)high);
    exit(vci_usage_error(cli, VCI_TEXT_CLI_BAD_NUMBER, described[option].name, from, to,
                         text));
}

/* One of the words of a list such as "fan|verdict|all". */
static const char *choice(const vci_cli *cli, vci_option option, const char *text,
                          const char *words) {
    size_t n = strlen(text);
    for (const char *word = words; word; word = strchr(word, '|')) {
        word += *word == '|';
        if (n && strncmp(word, text, n) == 0 && (word[n] == '|' || !word[n])) return text;
    }
    exit(
        vci_usage_error(cli, VCI_TEXT_CLI_BAD_CHOICE, described[option].name, words, text));
}

/* Options that are kept as they were written; words: what they may be, NULL: anything. */
static const struct {
    vci_option option;
    size_t at; /* of the member */
    const char *words;
} texts[] = {
    {VCI_OPTION_AS_OF, offsetof(vci_cli, as_of), NULL},
    {VCI_OPTION_KIND, offsetof(vci_cli, kind), chart_kinds},
    {VCI_OPTION_UNIT, offsetof(vci_cli, unit), NULL},
    {VCI_OPTION_INDICATOR, offsetof(vci_cli, indicator), NULL},
    {VCI_OPTION_TARGET, offsetof(vci_cli, target), NULL},
    {VCI_OPTION_YEAR_END, offsetof(vci_cli, year_end), NULL},
    {VCI_OPTION_FORMAT, offsetof(vci_cli, format), "svg|png|pdf|emf"},
    {VCI_OPTION_OUT, offsetof(vci_cli, out), NULL},
    {VCI_OPTION_TO, offsetof(vci_cli, to), NULL},
    {VCI_OPTION_OUTPUT, offsetof(vci_cli, output), NULL},
    {VCI_OPTION_BASIS, offsetof(vci_cli, basis), "registered|resident|both"},
    {VCI_OPTION_COLOR, offsetof(vci_cli, color), "always|never|auto"},
    {VCI_OPTION_YEARS, offsetof(vci_cli, years), NULL},
    {VCI_OPTION_MONTHS, offsetof(vci_cli, months), NULL},
    {VCI_OPTION_WHAT, offsetof(vci_cli, what), "problems|tasks|responsibilities"},
    {VCI_OPTION_SINCE, offsetof(vci_cli, since), NULL},
    {VCI_OPTION_SCENARIO, offsetof(vci_cli, scenario), NULL},
    {VCI_OPTION_GOAL_SEEK, offsetof(vci_cli, goal_seek), NULL},
    {VCI_OPTION_PROBABILITY, offsetof(vci_cli, probability), NULL},
    {VCI_OPTION_OMITTED_SHARE, offsetof(vci_cli, omitted_share), NULL},
    {VCI_OPTION_CORRELATION, offsetof(vci_cli, correlation), NULL},
    {VCI_OPTION_INTO, offsetof(vci_cli, into), NULL},
    {VCI_OPTION_ENCODING, offsetof(vci_cli, encoding), NULL},
    {VCI_OPTION_STORE, offsetof(vci_cli, store), NULL},
};

/* Whole numbers of an inspection, from `low` on. */
static const struct {
    vci_option option;
    size_t at;
    uint64_t low;
} inspected[] = {
    {VCI_OPTION_VILLAGES, offsetof(vci_cli, villages), 1},
    {VCI_OPTION_SAMPLE, offsetof(vci_cli, sample), 1},
    {VCI_OPTION_AFFECTED, offsetof(vci_cli, affected), 1},
    {VCI_OPTION_FOUND, offsetof(vci_cli, found), 0},
    {VCI_OPTION_RECORDS, offsetof(vci_cli, records), 1},
};

static void *member_at(vci_cli *cli, size_t at) { return (char *)cli + at; }

static bool take_text(vci_cli *cli, vci_option option, const char *text) {
    size_t i = 0, n = sizeof texts / sizeof *texts;
    while (i < n && texts[i].option != option) i++;
    if (i == n) return false;
    const char **member = member_at(cli, texts[i].at);
    *member = texts[i].words ? choice(cli, option, text, texts[i].words) : text;
    return true;
}

static bool take_inspected(vci_cli *cli, vci_option option, const char *text) {
    for (size_t i = 0; i < sizeof inspected / sizeof *inspected; i++) {
        if (inspected[i].option != option) continue;
        int64_t *member = member_at(cli, inspected[i].at);
        *member =
            (int64_t)whole_number(cli, option, text, inspected[i].low, VC_INSPECTION_MOST);
        return true;
    }
    return false;
}

/* Flags, numbers and the language. */
static void take_option(vci_cli *cli, vci_option option, const char *text) {
    switch (option) {
    case VCI_OPTION_ALL:
        cli->all = true;
        break;
    case VCI_OPTION_SEED:
        cli->run.seed = whole_number(cli, option, text, 0, UINT64_MAX);
        break;
    case VCI_OPTION_DRAWS:
        cli->draws_given = true;
        cli->run.draws = (size_t)whole_number(cli, option, text, 100, 10000000);
        break;
    case VCI_OPTION_KEEP:
        cli->keep_given = true;
        cli->run.keep = (size_t)whole_number(cli, option, text, 0, 10000000);
        break;
    case VCI_OPTION_THREADS:
        cli->run.threads = (unsigned)whole_number(cli, option, text, 1, 1024);
        break;
    case VCI_OPTION_AHEAD:
        cli->ahead = (unsigned)whole_number(cli, option, text, 0, 50);
        break;
    case VCI_OPTION_REVISIONS:
        cli->revisions = true;
        break;
    case VCI_OPTION_NO_STORE:
        cli->no_store = true;
        break;
    case VCI_OPTION_ACCEPT:
        cli->accept = true;
        break;
    case VCI_OPTION_LANG:
        if (!vc_language_parse(text, &cli->language))
            exit(vci_usage_error(cli, VCI_TEXT_CLI_BAD_LANGUAGE, text));
        break;
    case VCI_OPTION_JSON:
        cli->json = true;
        break;
    case VCI_OPTION_QUIET:
        cli->quiet = true;
        break;
    default:
        break;
    }
}

static error_t take(int key, char *text, struct argp_state *state) {
    vci_cli *cli = state->input;
    if (key >= KEY && key < KEY + VCI_OPTIONS) {
        vci_option option = (vci_option)(key - KEY);
        if (!take_text(cli, option, text) && !take_inspected(cli, option, text))
            take_option(cli, option, text);
        return 0;
    }
    switch (key) {
    case KEY_HELP:
    case KEY_USAGE:
        vci_help_print(stdout, cli->verb, cli->language);
        exit(0);
    case ARGP_KEY_ARG:
        if (cli->n_words == cli->verb->max_words)
            exit(vci_usage_error(cli, VCI_TEXT_CLI_ARGUMENT_MORE, text));
        cli->words[cli->n_words++] = text;
        return 0;
    case ARGP_KEY_END:
        if (cli->n_words < cli->verb->min_words)
            exit(vci_usage_error(cli, VCI_TEXT_CLI_ARGUMENT_MISSING, cli->verb->arguments));
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The options of a verb in argp's form; ends with an empty one. Help is printed below. */
static void argp_options(const vci_verb *verb,
                         struct argp_option options[VC_DIM(VCI_OPTIONS + 3)]) {
    size_t n = 0;
    memset(options, 0, (VCI_OPTIONS + 3) * sizeof *options);
    for (int i = 0; i < VCI_OPTIONS; i++) {
        if (!(verb->options & VCI_BIT(i))) continue;
        options[n].name = described[i].name;
        options[n].key = KEY + i;
        options[n++].arg = described[i].value;
    }
    options[n].name = "help";
    options[n++].key = KEY_HELP;
    options[n].name = "usage"; /* named by argp's own messages */
    options[n].key = KEY_USAGE;
}

void vci_options_parse(vci_cli *cli, int argc, char **argv) {
    struct argp_option options[VCI_OPTIONS + 3];
    char name[64];
    argp_options(cli->verb, options);
    const struct argp argp = {.options = options, .parser = take};
    /* getopt and argp begin their messages with it. */
    snprintf(name, sizeof name, "vitalcast %s", cli->verb->name);
    argv[0] = name;
    argp_err_exit_status = VCI_WRONG_COMMAND_LINE;
    if (argp_parse(&argp, argc, argv, ARGP_NO_HELP, NULL, cli) != 0)
        exit(vci_say_failure(cli->language, VC_NO_MEMORY));
    argv[0] = NULL;
}

/* --- help -------------------------------------------------------------------------- */

/*
 * A line of a list: what is to be typed, then what it does. argp counts bytes, not columns.
 */
static void print_item(FILE *out, const char *typed, vci_text text, vc_language language) {
    fprintf(out, "  %-28s ", typed);
    vci_say_line(out, language, text);
}

static void print_verb_help(FILE *out, const vci_verb *verb, vc_language language) {
    vci_say_line(out, language, VCI_TEXT_CLI_USAGE_VERB, verb->name, verb->arguments);
    vci_say_line(out, language, verb->about);
    fputc('\n', out);
    vci_say_line(out, language, VCI_TEXT_CLI_OPTIONS);
    for (int i = 0; i < VCI_OPTIONS; i++) {
        char typed[64];
        if (!(verb->options & VCI_BIT(i))) continue;
        snprintf(typed, sizeof typed, "--%s%s%s", described[i].name,
                 described[i].value ? "=" : "",
                 described[i].value ? described[i].value : "");
        print_item(out, typed, described[i].help, language);
    }
    print_item(out, "--help", VCI_TEXT_CLI_HELP_HELP, language);
}

void vci_help_print(FILE *out, const vci_verb *verb, vc_language language) {
    if (verb) {
        print_verb_help(out, verb, language);
        return;
    }
    vci_say_line(out, language, VCI_TEXT_CLI_USAGE);
    vci_say_line(out, language, VCI_TEXT_CLI_ABOUT);
    fputc('\n', out);
    vci_say_line(out, language, VCI_TEXT_CLI_VERBS);
    for (size_t i = 0; i < vci_n_verbs; i++) {
        char typed[64];
        snprintf(typed, sizeof typed, "%s %s", vci_verbs[i].name, vci_verbs[i].arguments);
        print_item(out, typed, vci_verbs[i].about, language);
    }
    print_item(out, "help [VERB]", VCI_TEXT_CLI_ABOUT_HELP, language);
    fputc('\n', out);
    vci_say_line(out, language, VCI_TEXT_CLI_MORE);
}
