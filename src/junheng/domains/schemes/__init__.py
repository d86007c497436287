"""申报、审核、公示、认定: one mechanism for recognitions, titles and awards. A scheme is data; opening freezes it."""
