# Reads the data sets on stdin (JSON) and writes R's results for them to stdout. Run by record.py.
# Debian: r-base-core r-cran-jsonlite r-cran-clubsandwich r-cran-survey
suppressPackageStartupMessages({
  library(jsonlite)
  library(clubSandwich)
  library(survey)
})
options(survey.lonely.psu = "fail", digits = 17)
input <- fromJSON(file("stdin"), simplifyVector = FALSE)
numbers <- function(list) as.numeric(unlist(list))
words <- function(list) as.character(unlist(list))

paired <- lapply(input$paired, function(set) {
  test <- t.test(numbers(set$values), conf.level = set$level)
  list(estimate = unname(test$estimate), standardError = test$stderr, df = unname(test$parameter),
       p = test$p.value, lower = test$conf.int[1], upper = test$conf.int[2])
})

# clubSandwich's CR2 with Satterthwaite degrees of freedom.
clustered <- lapply(input$clustered, function(set) {
  data <- data.frame(y = numbers(set$values), g = factor(words(set$clusters)))
  fit <- lm(y ~ 1, data)
  cr2 <- coef_test(fit, vcov = "CR2", cluster = data$g, test = "Satterthwaite")
  interval <- conf_int(fit, vcov = "CR2", cluster = data$g, test = "Satterthwaite", level = 0.95)
  list(estimate = unname(coef(fit)), standardError = cr2$SE, df = cr2$df_Satt,
       p = cr2$p_Satt, lower = interval$CI_L, upper = interval$CI_U)
})

slopes <- lapply(input$slopes, function(set) {
  data <- data.frame(x = numbers(set$x), y = numbers(set$y), g = factor(words(set$clusters)))
  fit <- lm(y ~ x, data)
  v <- vcovCR(fit, cluster = data$g, type = "CR2")
  test <- coef_test(fit, vcov = v, test = "Satterthwaite")
  list(intercept = unname(coef(fit)[1]), slope = unname(coef(fit)[2]), standardError = test$SE[2],
       interceptVariance = v[1, 1], covariance = v[1, 2], df = test$df_Satt[2], p = test$p_Satt[2])
})

# The survey package has C/(C-1) and no finite population.
ratios <- lapply(input$ratios, function(set) {
  data <- data.frame(above = numbers(set$above), below = numbers(set$below), g = words(set$clusters))
  ratio <- svyratio(~above, ~below, svydesign(ids = ~g, weights = rep(1, nrow(data)), data = data))
  list(estimate = unname(coef(ratio)), standardError = unname(SE(ratio)))
})

result <- list(
  paired = paired, clustered = clustered, slopes = slopes, ratios = ratios,
  holm = lapply(input$holm, function(p) I(p.adjust(numbers(p), "holm"))),
  # SciPy 1.10 has only nine digits here.
  studentQuantile = lapply(input$studentQuantile, function(pair) {
    pair <- numbers(pair)
    c(pair, qt(pair[1], pair[2]))
  }))
cat(toJSON(result, digits = NA, auto_unbox = TRUE))
