"""The look of the house: base templates, style sheets, a little script, and the tags pages are written with."""
