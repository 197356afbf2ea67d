# Exponential smoothing of each unit by itself, scored as `vitalcast backtest` scores: the total of
# an assessment year, from the months known at an origin. What an analyst with R would run today.
#
#   Rscript ets.R SERIES YEARS MONTHS >SCORES
#
# SERIES  CSV with the columns unit, month (YYYY-MM), y; every unit has all months, no gaps
# YEARS   2019-2022; MONTHS  3,6,7,9,11: as the options of `vitalcast backtest`
#
# The model is ETS(A,N,A): additive errors and season, no trend, whose total of the rest of the year
# is normal: month k ahead is its point forecast plus e_k plus the sum over j < k of c_(k-j) e_j,
# c_i = alpha, with gamma added where i is a whole number of years. Source: Hyndman et al. (2008),
# Forecasting with Exponential Smoothing, section 6.1; package forecast 8.20, R 4.2.2. The CRPS is
# that of 1,000 quantiles, rounded and not below 0, as in src/score/score.c.
# Output: CSV year, months_observed, n, crps (mean over the units).
suppressMessages(library(forecast))
arguments <- commandArgs(trailingOnly = TRUE)
series <- read.csv(arguments[1], colClasses = c("character", "character", "numeric"))
range_of <- function(text) {
  part <- as.integer(strsplit(text, "-")[[1]])
  if (length(part) == 2) part[1]:part[2] else part
}
years <- unlist(lapply(strsplit(arguments[2], ",")[[1]], range_of))
months <- unlist(lapply(strsplit(arguments[3], ",")[[1]], range_of))
at <- (seq_len(1000) - 0.5) / 1000

crps <- function(draw, y) {
  s <- sort(draw)
  n <- length(s)
  mean(abs(s - y)) - sum((2 * seq_len(n) - n - 1) * s) / n^2
}

score <- function(y, first, year, observed) {
  n <- (year - first[1]) * 12 + observed - first[2] + 1
  left <- 12 - observed
  actual <- sum(y[(n - observed + 1):(n + left)])
  known <- sum(y[(n - observed + 1):n])
  history <- ts(y[1:n], start = first, frequency = 12)
  fit <- suppressWarnings(ets(history, model = "ANA"))
  mean <- sum(pmax(0, forecast(fit, h = left, PI = FALSE)$mean))
  c <- fit$par["alpha"] + ifelse(seq_len(left) %% 12 == 0, fit$par["gamma"], 0)
  weight <- 1 + c(rev(cumsum(c[seq_len(left - 1)])), 0)
  sd <- sqrt(fit$sigma2 * sum(weight^2))
  crps(known + pmax(0, round(qnorm(at, mean, sd))), actual)
}

result <- expand.grid(months_observed = months, year = years)
result$n <- 0
result$crps <- 0
for (unit in unique(series$unit)) {
  one <- series[series$unit == unit, ]
  one <- one[order(one$month), ]
  first <- as.integer(strsplit(one$month[1], "-")[[1]])
  for (i in seq_len(nrow(result))) {
    value <- score(one$y, first, result$year[i], result$months_observed[i])
    result$crps[i] <- result$crps[i] + value
    result$n[i] <- result$n[i] + 1
  }
}
result$crps <- result$crps / result$n
write.csv(result[, c("year", "months_observed", "n", "crps")], row.names = FALSE, quote = FALSE)
