"""Officials with duties, by post and day: whoever guards a water, checks it, or signs an article."""
