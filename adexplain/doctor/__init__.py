"""Where a NaN, an infinite or a zero derivative began, why, and the usual remedy."""
