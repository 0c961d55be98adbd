"""Who lives here and who decides for whom, as the population register knows."""
