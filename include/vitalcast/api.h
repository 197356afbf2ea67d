/* What every public header needs: visibility, must-use results, array lengths. */
#ifndef VITALCAST_API_H
#define VITALCAST_API_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VC_API __attribute__((visibility("default")))
#define VC_CHECKED __attribute__((warn_unused_result))

/* The length of an array argument: checked by C compilers, plain pointer in C++. */
#ifdef __cplusplus
#define VC_DIM(n)
#define VC_BEGIN_DECLS extern "C" {
#define VC_END_DECLS }
#else
#define VC_DIM(n) static(n)
#define VC_BEGIN_DECLS
#define VC_END_DECLS
#endif

#define VC_VERSION_MAJOR 0
#define VC_VERSION_MINOR 1
#define VC_VERSION_PATCH 0
#define VC_VERSION_STRING "0.1.0"

#endif
