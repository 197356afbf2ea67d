# Writes datasets/denmark-births/monthly.csv from B.dk of the package Epi (Debian: r-cran-epi).
#   Rscript tools/extract_denmark_births.R >datasets/denmark-births/monthly.csv
# Years before 2002 are left out: B.dk splits them by sex in a fixed proportion, 1957-69 apart.
data(B.dk, package = "Epi")
births <- B.dk[B.dk$year >= 2002 & B.dk$year <= 2018, ]
births <- births[order(births$year, births$month), ]
cat("unit,month,births_male,births_female\n")
cat(sprintf("DK,%d-%02d,%d,%d\n", as.integer(births$year), as.integer(births$month),
            as.integer(births$m), as.integer(births$f)), sep = "")
