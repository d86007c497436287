"""Letters of warning with receipt and reply, warning meetings with commitments, and the tasks of work plans."""
