"""What a plan has to be, who belongs to which category, and which address lies in which catchment: without a database."""
