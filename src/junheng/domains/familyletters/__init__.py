"""Letters to parents (告家长书): written once, sent to the schools they concern, answered by each family, counted by nobody's hand."""
