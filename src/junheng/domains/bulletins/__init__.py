"""Published articles, their renderings, and the six sign-offs of one version."""
