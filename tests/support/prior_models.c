#include "support/prior_models.h"

#define FIXED(value)                                                                       \
    { .kind = VC_SCALE_FIXED, .start = (value) }
#define PC(most)                                                                           \
    { .kind = VC_SCALE_PC, .start = 0.25 * (most), .upper = (most), .probability = 0.05 }
#define HALF_NORMAL(scale)                                                                 \
    { .kind = VC_SCALE_HALF_NORMAL, .start = 0.5 * (scale), .upper = (scale) }
#define MIXTURE(narrow, wide)                                                              \
    {                                                                                      \
        .kind = VC_SCALE_MIXTURE, .start = 0.25 * (wide), .upper = (wide),                 \
        .spike = (narrow), .weight = 0.5                                                   \
    }

/* The births of which boys are a share. */
#define BIRTHS                                                                             \
    {                                                                                      \
        .family = VC_POISSON, .exposure = VC_EXPOSURE_POPULATION, .level_mean = -7.2,      \
        .level_sd = 0.3, .season = FIXED(0.07), .trend_block = 1, .trend_order = 1,        \
        .shock = FIXED(0.04), .leaf_level = FIXED(0.25), .block = 12                       \
    }

const vct_prior vct_priors[VCT_PRIORS] = {
    {
        .name = "poisson",
        .population = 200000,
        .model = {.family = VC_POISSON,
                  .exposure = VC_EXPOSURE_POPULATION,
                  .level_mean = -7.2,
                  .level_sd = 0.3,
                  .drift_sd = FIXED(0.1),
                  .season = PC(0.3),
                  .trend = PC(0.05),
                  .trend_block = 3,
                  .trend_order = 1,
                  .shock = PC(0.15),
                  .calendar = {true},
                  .calendar_mean = {0.5},
                  .calendar_sd = {0.5},
                  .middle_level = HALF_NORMAL(0.3),
                  .middle_step = FIXED(0.08),
                  .leaf_level = PC(0.5),
                  .leaf_step = PC(0.3),
                  .block = 6,
                  .full_step = true},
    },
    {
        .name = "negative_binomial",
        .population = 60000,
        .model = {.family = VC_NEGATIVE_BINOMIAL,
                  .exposure = VC_EXPOSURE_POPULATION,
                  .level_mean = -7.2,
                  .level_sd = 0.3,
                  .drift_sd = PC(0.05),
                  .season = HALF_NORMAL(0.15),
                  .trend = PC(0.03),
                  .trend_block = 1,
                  .trend_order = 1,
                  .shock = HALF_NORMAL(0.08),
                  .calendar = {true},
                  .calendar_mean = {0.5},
                  .calendar_sd = {0.5},
                  .middle_level = PC(1),
                  .middle_step = PC(0.15),
                  .leaf_level = PC(0.7),
                  .leaf_step = MIXTURE(0.02, 0.15),
                  .block = 12,
                  .dispersion = PC(0.4)},
    },
    {
        .name = "binomial",
        .population = 200000,
        .model = {.family = VC_BINOMIAL,
                  .level_mean = 0.06,
                  .level_sd = 0.1,
                  .trend = PC(0.1),
                  .trend_block = 12,
                  .trend_order = 1,
                  .middle_level = MIXTURE(0.005, 0.1),
                  .leaf_level = MIXTURE(0.01, 0.1),
                  .leaf_step = HALF_NORMAL(0.05),
                  .block = 12},
        .trials = BIRTHS,
    },
    {
        .name = "beta_binomial",
        .population = 200000,
        .model = {.family = VC_BETA_BINOMIAL,
                  .level_mean = 0.06,
                  .level_sd = 0.1,
                  .trend = FIXED(0.02),
                  .trend_block = 12,
                  .trend_order = 1,
                  .middle_level = HALF_NORMAL(0.1),
                  .leaf_level = PC(0.3),
                  .block = 12,
                  .dispersion = PC(0.2)},
        .trials = BIRTHS,
    },
    {
        .name = "normal",
        .model = {.family = VC_NORMAL,
                  .level_mean = 5,
                  .level_sd = 1,
                  .drift_sd = FIXED(1),
                  .season = PC(2),
                  .trend = HALF_NORMAL(0.2),
                  .trend_block = 1,
                  .trend_order = 1,
                  .block = 12,
                  .dispersion = PC(0.6)},
    },
    {
        .name = "log_normal",
        .model = {.family = VC_LOG_NORMAL,
                  .level_mean = 3,
                  .level_sd = 0.5,
                  .drift_sd = FIXED(0.2),
                  .season = PC(0.3),
                  .trend = PC(0.2),
                  .trend_block = 2,
                  .trend_order = 1,
                  .shock = FIXED(0.1),
                  .block = 12,
                  .dispersion = PC(0.2)},
    },
};
