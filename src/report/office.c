/*
 * DOCX and PPTX by pandoc, from the document tree and a reference document that is put
 * together from the readable parts in plots/report/docx and plots/report/pptx.
 */
#include "core/folder_internal.h"
#include "core/memory_internal.h"
#include "report/tree_internal.h"
#include "report/zip_internal.h"

/* A file of plots/report/, for English texts another one, and its name in the reference. */
typedef struct part {
    const char *file, *english, *name;
} part;

static const part DOCX[] = {
    {"docx/content_types.xml", NULL, "[Content_Types].xml"},
    {"docx/rels.xml", NULL, "_rels/.rels"},
    {"docx/document_zh.xml", "docx/document_en.xml", "word/document.xml"},
    {"docx/document_rels.xml", NULL, "word/_rels/document.xml.rels"},
    {"docx/styles_zh.xml", "docx/styles_en.xml", "word/styles.xml"},
    {"docx/fontTable.xml", NULL, "word/fontTable.xml"},
    {"docx/settings.xml", NULL, "word/settings.xml"},
    {"docx/footer1.xml", NULL, "word/footer1.xml"},
};

static const part PPTX[] = {
    {"pptx/content_types.xml", NULL, "[Content_Types].xml"},
    {"pptx/rels.xml", NULL, "_rels/.rels"},
    {"pptx/presentation.xml", NULL, "ppt/presentation.xml"},
    {"pptx/presentation_rels.xml", NULL, "ppt/_rels/presentation.xml.rels"},
    {"pptx/presProps.xml", NULL, "ppt/presProps.xml"},
    {"pptx/viewProps.xml", NULL, "ppt/viewProps.xml"},
    {"pptx/tableStyles.xml", NULL, "ppt/tableStyles.xml"},
    {"pptx/theme.xml", NULL, "ppt/theme/theme1.xml"},
    {"pptx/master.xml", NULL, "ppt/slideMasters/slideMaster1.xml"},
    {"pptx/master_rels.xml", NULL, "ppt/slideMasters/_rels/slideMaster1.xml.rels"},
    {"pptx/layout_title_slide.xml", NULL, "ppt/slideLayouts/slideLayout1.xml"},
    {"pptx/layout_rels.xml", NULL, "ppt/slideLayouts/_rels/slideLayout1.xml.rels"},
    {"pptx/layout_title_content.xml", NULL, "ppt/slideLayouts/slideLayout2.xml"},
    {"pptx/layout_rels.xml", NULL, "ppt/slideLayouts/_rels/slideLayout2.xml.rels"},
    {"pptx/layout_section.xml", NULL, "ppt/slideLayouts/slideLayout3.xml"},
    {"pptx/layout_rels.xml", NULL, "ppt/slideLayouts/_rels/slideLayout3.xml.rels"},
    {"pptx/layout_two_content.xml", NULL, "ppt/slideLayouts/slideLayout4.xml"},
    {"pptx/layout_rels.xml", NULL, "ppt/slideLayouts/_rels/slideLayout4.xml.rels"},
    {"pptx/layout_comparison.xml", NULL, "ppt/slideLayouts/slideLayout5.xml"},
    {"pptx/layout_rels.xml", NULL, "ppt/slideLayouts/_rels/slideLayout5.xml.rels"},
    {"pptx/layout_caption.xml", NULL, "ppt/slideLayouts/slideLayout6.xml"},
    {"pptx/layout_rels.xml", NULL, "ppt/slideLayouts/_rels/slideLayout6.xml.rels"},
    {"pptx/layout_blank.xml", NULL, "ppt/slideLayouts/slideLayout7.xml"},
    {"pptx/layout_rels.xml", NULL, "ppt/slideLayouts/_rels/slideLayout7.xml.rels"},
};

/* Texts of the report that a part may have: {boundary}, {notice} of invented data. */
static void add_filled(const vci_document *d, const char *text, vci_markup *out) {
    static const char boundary[] = "{boundary}", notice[] = "{notice}";
    for (const char *brace; (brace = strchr(text, '{')); text = brace + 1) {
        vci_markup_raw(out, text, (size_t)(brace - text));
        if (!strncmp(brace, boundary, strlen(boundary))) {
            vci_markup_escape(out, d->boundary);
            brace += strlen(boundary) - 1;
        } else if (!strncmp(brace, notice, strlen(notice))) {
            vci_markup_escape(out, d->notice ? d->notice : "");
            brace += strlen(notice) - 1;
        } else {
            vci_markup_raw(out, brace, 1);
        }
    }
    vci_markup_raw(out, text, strlen(text));
}

static vc_status add_part(const vci_writing *w, const part *p, vci_zip *zip) {
    vc_status st = VC_OK;
    char *text = NULL;
    size_t n;
    vci_markup filled = {0};
    bool english = w->document->language == VC_ENGLISH && p->english;
    VC_TRY(vci_report_file(w->options, english ? p->english : p->file, &text, &n));
    add_filled(w->document, text, &filled);
    VC_TRY(vci_markup_check(&filled));
    vci_zip_add(zip, p->name, filled.text, filled.n);
out:
    vci_markup_free(&filled);
    vci_free(text);
    return st;
}

static vc_status write_pictures(const vci_document *d, const char *folder) {
    vc_status st = VC_OK;
    char *name = NULL;
    for (size_t i = 0; i < d->n; i++) {
        const vci_drawn *figure = &d->blocks[i].figure;
        if (d->blocks[i].kind != VCI_BLOCK_FIGURE) continue;
        for (size_t page = 0; page < figure->n_pages[VCI_FIGURE_PNG]; page++) {
            const vci_figure_bytes *picture = &figure->page[VCI_FIGURE_PNG][page];
            vci_free(name);
            name = vci_tree_picture(i, page);
            if (!name) VC_FAIL(VC_NO_MEMORY, "text");
            VC_TRY(vci_folder_write(folder, name, picture->bytes, picture->n));
        }
    }
out:
    vci_free(name);
    return st;
}

static vc_status run_pandoc(const vci_writing *w, const char *folder, const char *to,
                            vci_markup *out) {
    vc_status st = VC_OK;
    char *program = NULL, *format = NULL;
    char from[] = "--from=json", reference[] = "--reference-doc=reference",
         output[] = "--output=report", input[] = "report.json", level[] = "--slide-level=2";
    VC_COPY_TEXT(program, w->options->pandoc ? w->options->pandoc : "pandoc");
    format = vci_text_format("--to=%s", to);
    if (!format) VC_FAIL(VC_NO_MEMORY, "text");
    char *arguments[] = {program, from, format, reference, level, output, input, NULL};
    vci_tool tool = {arguments, folder, "report", w->options->timeout_seconds,
                     VC_NO_PANDOC};
    VC_TRY(vci_tool_run(&tool, out));
out:
    vci_free(program);
    vci_free(format);
    return st;
}

static vc_status convert(const vci_writing *w, const char *to, vci_markup *tree,
                         vci_zip *zip, vci_markup *out) {
    vc_status st = VC_OK;
    char *folder = NULL;
    VC_TRY(vci_markup_check(tree));
    VC_TRY(vci_zip_end(zip));
    VC_TRY(vci_folder_create(&folder));
    VC_TRY(vci_folder_write(folder, "report.json", tree->text, tree->n));
    VC_TRY(vci_folder_write(folder, "reference", zip->bytes.text, zip->bytes.n));
    VC_TRY(write_pictures(w->document, folder));
    VC_TRY(run_pandoc(w, folder, to, out));
out:
    vci_folder_remove(folder);
    vci_free(folder);
    return st;
}

static vc_status write(const vci_writing *w, const char *to, size_t n, const part *parts,
                       vc_status (*make)(const vci_document *, vci_markup *),
                       vci_markup *out) {
    vc_status st = VC_OK;
    vci_markup tree = {0};
    vci_zip zip = {0};
    for (size_t i = 0; i < n; i++) VC_TRY(add_part(w, &parts[i], &zip));
    VC_TRY(make(w->document, &tree));
    VC_TRY(convert(w, to, &tree, &zip, out));
out:
    vci_markup_free(&tree);
    vci_zip_free(&zip);
    return st;
}

vc_status vci_write_docx(const vci_writing *w, vci_markup *out) {
    return write(w, "docx", sizeof DOCX / sizeof *DOCX, DOCX, vci_tree_document, out);
}

vc_status vci_write_pptx(const vci_writing *w, vci_markup *out) {
    return write(w, "pptx", sizeof PPTX / sizeof *PPTX, PPTX, vci_tree_slides, out);
}
