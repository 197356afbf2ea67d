# Errors and p values of grades by R's own tails.
#
#   Rscript tests/known/grade.R >tests/known/grade.txt
#
# binomial KIND: males (or compliant births) of n; limit k = the most that meet the target
#   errors NAME n k normal off alpha beta      at most: P(X > k | normal), P(X <= k | off)
#   least  NAME n k normal off alpha beta      at least: P(X < k | normal), P(X >= k | off)
#   record NAME x n p p_value beyond           twice the smaller tail; Jeffreys, above p
# Poisson: the same with a mean instead of n and p.
# The limits stand in closed form here: published males per 100 females at most 107.0 means
# 2000 m < 2141 f (107.05 rounds up), births per 1,000 at most 13.00 means 200000 x < 2601 P.
options(digits = 17)
cat("source: R", paste(R.version$major, R.version$minor, sep = "."), "pbinom, ppois, pbeta, pgamma;",
    "script tests/known/grade.R\n")
say <- function(...) cat(paste(sapply(list(...), function(x) {
  if (is.character(x)) x else sprintf("%.17g", x)
}), collapse = " "), "\n", sep = "")
share <- function(ratio) ratio / (100 + ratio)
for (n in c(1, 2, 10, 50, 200, 436, 1000, 1838, 5000, 20000, 67000)) {
  m <- 0:n
  k <- max(m[2000 * m < 2141 * (n - m)], -1)
  for (pair in list(c(106, 115), c(105.5, 120), c(103, 112))) {
    p <- share(pair)
    say("sex_ratio", n, k, p[1], p[2], pbinom(k, n, p[1], lower.tail = FALSE), pbinom(k, n, p[2]))
  }
}
for (n in c(20, 300, 4000)) { # at least 90 % exactly
  k <- ceiling(0.9 * n - 1e-9)
  say("share", n, k, 0.945, 0.855, pbinom(k - 1, n, 0.945), pbinom(k - 1, n, 0.855, lower.tail = FALSE))
}
for (people in c(800, 10000, 57727, 220444, 1000000)) { # births per 1,000 at most 13.00
  x <- 0:ceiling(20 * people / 1000)
  k <- max(x[200000 * x < 2601 * people])
  mean <- 13 * people / 1000
  say("rate", people, k, 0.95 * mean, 1.05 * mean, ppois(k, 0.95 * mean, lower.tail = FALSE), ppois(k, 1.05 * mean))
}
two <- function(a, b) min(1, 2 * min(a, b))
for (case in list(c(3, 1), c(52, 52), c(66, 43), c(247, 189), c(703, 560), c(10400, 9600))) {
  m <- case[1]
  n <- sum(case)
  p <- share(106)
  say("male_record", m, n, p, two(pbinom(m, n, p), pbinom(m - 1, n, p, lower.tail = FALSE)),
      pbeta(p, m + 0.5, n - m + 0.5, lower.tail = FALSE))
}
for (case in list(c(0, 2.5), c(7, 3.1), c(212, 209), c(1070, 980.5), c(13000, 13400))) {
  x <- case[1]
  say("event_record", x, 0, case[2], two(ppois(x, case[2]), ppois(x - 1, case[2], lower.tail = FALSE)),
      pgamma(case[2], x + 0.5, lower.tail = FALSE))
}
# FEATURES.md section 5: P(observed ratio <= 107, exactly) for births and true ratios.
for (n in c(50, 200, 436, 1000, 5000, 20000)) for (ratio in c(105.5, 112, 120)) {
  k <- floor(107 * n / 207)
  say("table", n, k, share(ratio), 0, pbinom(k, n, share(ratio)), 0)
}
# The least n from which on both errors stay at most 0.10 (rule at most 107.0, normal, off; then Poisson).
stays <- function(alpha, beta) {
  bad <- which(!(alpha <= 0.1 & beta <= 0.1))
  if (length(bad)) max(bad) + 1 else 1
}
for (pair in list(c(103, 112), c(100, 120), c(104, 115), c(106, 115))) {
  n <- 1:90000
  k <- ceiling(2141 * n / 4141) - 1
  p <- share(pair)
  say("needed_ratio", 0, 0, p[1], p[2],
      stays(pbinom(k, n, p[1], lower.tail = FALSE), pbinom(k, n, p[2])), 0)
}
for (pair in list(c(94.5, 85.5), c(93, 86), c(91, 85))) { # at least 90 % exactly
  n <- 1:40000
  k <- ceiling(9 * n / 10)
  p <- pair / 100
  say("needed_share", 0, 0, p[1], p[2],
      stays(pbinom(k - 1, n, p[1]), pbinom(k - 1, n, p[2], lower.tail = FALSE)), 0)
}
for (margin in c(0.02, 0.05, 0.1, 0.3)) {
  n <- 1:20000
  say("needed_events", 0, 0, 1 - margin, 1 + margin,
      stays(ppois(n, (1 - margin) * n, lower.tail = FALSE), ppois(n, (1 + margin) * n)), 0)
}
