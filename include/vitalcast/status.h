/* The outcome of every call that can fail, and the text that goes with it. */
#ifndef VITALCAST_STATUS_H
#define VITALCAST_STATUS_H

#include "vitalcast/api.h"
#include "vitalcast/text.h"

VC_BEGIN_DECLS

/*
 * One list makes codes, names, exit codes and texts: X(name, value, exit code, English,
 * Chinese). Values are ranges by module: 1-19 core, 20-39 num, 40-59 data, 60-79 model,
 * 80-99 fit, 100-119 simulate and assess, 120-139 store, 140-159 chart, 160-179 report,
 * 180-199 office. Exit codes (DESIGN.md section 4): 1 our bug, 2 input at fault, 3 stored
 * file at fault, 4 machine at fault, 5 not converged, 130 interrupted.
 */
#define VC_STATUS_LIST(X)                                                                  \
    X(VC_OK, 0, 0, "done", "完成")                                                         \
    X(VC_BAD_ARGUMENT, 1, 1, "a function was called with a bad argument", "函数参数无效")  \
    X(VC_NO_MEMORY, 2, 4, "not enough memory", "内存不足")                                 \
    X(VC_IO_FAILED, 3, 4, "a file or folder could not be read or written",                 \
      "文件或文件夹无法读写")                                                              \
    X(VC_NO_SPACE, 4, 4, "no space left where the result is to be stored",                 \
      "存放结果的磁盘空间不足")                                                            \
    X(VC_INTERRUPTED, 5, 130, "interrupted", "已中断")                                     \
    X(VC_BUG, 6, 1, "internal inconsistency (a bug of vitalcast)", "内部错误（程序缺陷）") \
    X(VC_OVERFLOW, 7, 1, "a number is too large to be held exactly",                       \
      "数值过大，无法精确表示")                                                            \
    X(VC_SINGULAR, 20, 5, "a matrix is not positive definite", "矩阵非正定")               \
    X(VC_BAD_INPUT, 40, 2, "the input has faults", "输入数据有误")                         \
    X(VC_BAD_MODEL, 60, 2, "the model specification has faults", "模型说明文件有误")       \
    X(VC_NOT_CONVERGED, 80, 5, "the fit did not converge", "模型拟合未收敛")               \
    X(VC_TOO_FEW_DATA, 81, 2, "too few data for this model", "数据太少，无法拟合该模型")   \
    X(VC_NO_RUN, 120, 2, "no such run", "没有这个测算结果")                                \
    X(VC_STORE_DAMAGED, 121, 3, "a stored run is damaged or incomplete",                   \
      "已存测算文件损坏或不完整")                                                          \
    X(VC_STORE_FOREIGN, 122, 3, "the file is not a run of this program",                   \
      "该文件不是本程序的测算文件")                                                        \
    X(VC_CHART_FAILED, 140, 4, "gnuplot could not make the chart", "gnuplot 绘图失败")     \
    X(VC_NO_GNUPLOT, 141, 4, "gnuplot is not installed (package gnuplot-nox)",             \
      "未安装 gnuplot（软件包 gnuplot-nox）")                                              \
    X(VC_REPORT_FAILED, 160, 4, "the report could not be made", "无法生成报告")            \
    X(VC_NO_PANDOC, 161, 4, "pandoc is not installed (package pandoc)",                    \
      "未安装 pandoc（软件包 pandoc）")                                                    \
    X(VC_NO_WEASYPRINT, 162, 4, "weasyprint is not installed (package weasyprint)",        \
      "未安装 weasyprint（软件包 weasyprint）")                                            \
    X(VC_NO_XLSX2CSV, 180, 4, "xlsx2csv is not installed (package xlsx2csv)",              \
      "未安装 xlsx2csv（软件包 xlsx2csv）")

typedef enum vc_status {
#define X(name, value, exit_code, en, zh) name = value,
    VC_STATUS_LIST(X)
#undef X
} vc_status;

/** The name of a status, such as "VC_NO_MEMORY"; "unknown status" for any other number. */
VC_API const char *vc_status_name(vc_status status);

/** What a status means, in a language. */
VC_API const char *vc_status_text(vc_status status, vc_language language);

/** The exit code that a command-line program should end with. */
VC_API int vc_status_exit_code(vc_status status);

/**
 * The values behind the last failure on this thread ("alpha must be in (0, 1), got 1.4",
 * or "runs/x.h5: No space left on device"); "" if there are none. Borrowed until the next
 * failure.
 */
VC_API const char *vc_status_detail(void);

VC_END_DECLS

#endif
