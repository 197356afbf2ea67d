# What a random inspection finds, by R's own hypergeometric and beta functions.
#
#   Rscript tests/known/inspection.R >tests/known/inspection.txt
#
#   finds N D k p             at least one of D affected villages among k of N
#   needed N D p k            the smallest k with a probability of at least p (108 of 120 is 0.9, not less)
#   bounds N k f low high most   95 % bounds of D by trying every D
#   records k n share rho none   a village of n records shows no omission (k of them: none^k)
options(digits = 17)
cat("source: R", paste(R.version$major, R.version$minor, sep = "."), "phyper, lbeta;",
    "script tests/known/inspection.R\n")
say <- function(...) cat(paste(sapply(list(...), function(x) {
  if (is.character(x)) x else sprintf("%.17g", x)
}), collapse = " "), "\n", sep = "")
sizes <- list(c(120, 1, 10), c(120, 6, 10), c(120, 40, 10), c(37, 5, 36), c(50, 50, 1), c(1, 1, 1), c(3000, 17, 240),
              c(100000, 40, 5000))
for (s in sizes) say("finds", s[1], s[2], s[3], phyper(0, s[2], s[1] - s[2], s[3], lower.tail = FALSE))
for (s in list(c(120, 1), c(120, 6), c(120, 40), c(37, 5), c(3000, 17), c(1, 1)))
  for (p in c(0.5, 0.9, 0.99)) {
    k <- 0:s[1]
    say("needed", s[1], s[2], p, min(k[phyper(0, s[2], s[1] - s[2], k) <= 1 - p + 1e-12]))
  }
for (s in list(c(120, 10, 0), c(120, 10, 1), c(120, 10, 4), c(120, 10, 10), c(37, 36, 0), c(37, 36, 3), c(50, 50, 7),
               c(3000, 240, 0), c(3000, 240, 11), c(3000, 240, 239))) {
  d <- s[3]:(s[1] - s[2] + s[3])
  below <- phyper(s[3], d, s[1] - d, s[2])
  above <- phyper(s[3] - 1, d, s[1] - d, s[2], lower.tail = FALSE)
  say("bounds", s[1], s[2], s[3], min(d[above > 0.025]), max(d[below > 0.025]), max(d[below > 0.05]))
}
for (s in list(c(10, 30, 0.05, 0), c(10, 30, 0.05, 0.2), c(5, 1, 0.3, 0.5), c(12, 400, 0.01, 0.02), c(3, 25, 0.5, 0.9))) {
  a <- s[3] * (1 / s[4] - 1)
  b <- (1 - s[3]) * (1 / s[4] - 1)
  none <- if (s[4] == 0) (1 - s[3])^s[2] else exp(lbeta(a, b + s[2]) - lbeta(a, b))
  say("records", s[1], s[2], s[3], s[4], none)
}
