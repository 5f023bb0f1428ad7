# First ranks by the R package smaa, for benchmarks/others.py: Rscript others.R FILE FUNCTIONS DRAWS OPTIONS CRITERIA
# FILE holds doubles: the weights of every draw, then for each function the partial values; draws run fastest, then options.
# Prints how often each option comes first, a line for each function, and last the seconds spent inside smaa() alone.
suppressMessages(library(smaa))
given <- commandArgs(trailingOnly = TRUE)
size <- as.integer(given[-1])
functions <- size[1]; draws <- size[2]; options <- size[3]; criteria <- size[4]
from <- file(given[1], "rb")
weights <- matrix(readBin(from, "double", draws * criteria), draws, criteria)
spent <- 0
for (i in seq_len(functions)) {
  values <- array(readBin(from, "double", draws * options * criteria), c(draws, options, criteria))
  start <- Sys.time()
  found <- smaa(values, weights)
  spent <- spent + as.numeric(difftime(Sys.time(), start, units = "secs"))
  cat(round(found$ra[, 1] * draws), "\n")
}
cat(spent, "\n")
